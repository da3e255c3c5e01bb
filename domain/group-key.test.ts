import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupKey, inboundMembers } from "./group-key.ts";

const OWN = "+14155550100";
const digits = fc.integer({ min: 2_000_000_000, max: 9_999_999_999 }).map((number) => `+1${number}`);
const members = fc.array(digits, { minLength: 1, maxLength: 9 });

describe("a group's key", () => {
  test("does not depend on the order or on repeats", () => {
    fc.assert(
      fc.property(members, fc.infiniteStream(fc.nat()), (numbers, dice) => {
        const shuffled = numbers
          .map((number) => [dice.next().value, number] as const)
          .toSorted(([a], [b]) => Number(a) - Number(b));
        const again = [...shuffled.map(([, number]) => number), ...numbers];
        expect(groupKey(OWN, again)).toBe(groupKey(OWN, numbers));
      }),
    );
  });

  test("tells different people and different business numbers apart", () => {
    fc.assert(
      fc.property(members, digits, (numbers, other) => {
        fc.pre(!numbers.includes(other) && other !== OWN);
        expect(groupKey(OWN, [...numbers, other])).not.toBe(groupKey(OWN, numbers));
        expect(groupKey(other, numbers)).not.toBe(groupKey(OWN, numbers));
      }),
    );
  });

  test("of a reply is the key of the group it answers, whoever writes and however we are listed", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(digits, { minLength: 2, maxLength: 9 }),
        fc.nat(),
        fc.boolean(),
        (roster, pick, listed) => {
          fc.pre(!roster.includes(OWN));
          const from = roster[pick % roster.length]!;
          const others = roster.filter((number) => number !== from);
          expect(groupKey(OWN, inboundMembers(OWN, from, listed ? [...others, OWN] : others))).toBe(
            groupKey(OWN, roster),
          );
        },
      ),
    );
  });
});
