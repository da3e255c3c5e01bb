import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DELIVERY_STATES, isSettled, joinDelivery } from "./delivery.ts";

const state = fc.constantFrom(...DELIVERY_STATES);

describe("joining delivery reports", () => {
  test("gives the same whatever their order, grouping and repeats", () => {
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        expect(joinDelivery(a, b)).toBe(joinDelivery(b, a));
        expect(joinDelivery(joinDelivery(a, b), c)).toBe(joinDelivery(a, joinDelivery(b, c)));
        expect(joinDelivery(a, a)).toBe(a);
        expect([a, b]).toContain(joinDelivery(a, b));
      }),
    );
  });

  test.each([
    ["queued", "accepted", "accepted"],
    ["sent", "accepted", "sent"],
    ["sent", "unconfirmed", "unconfirmed"],
    ["unconfirmed", "delivered", "delivered"],
    ["unconfirmed", "undelivered", "undelivered"],
    ["failed", "delivered", "delivered"],
    ["delivered", "undelivered", "delivered"],
    ["failed", "unconfirmed", "failed"],
    ["skipped", "unconfirmed", "skipped"],
  ] as const)("%s and %s is %s", (one, other, joined) => {
    expect(joinDelivery(one, other)).toBe(joined);
  });

  test("settled is what no longer keeps a person waiting", () => {
    expect(DELIVERY_STATES.filter(isSettled)).toEqual(["unconfirmed", "skipped", "failed", "undelivered", "delivered"]);
  });
});
