import { describe, expect, test } from "vitest";
import { numberCases, sightCases, users } from "./access.cases.ts";
import { maySeeContact, maySeeGroup, mayUseNumber } from "./access.ts";

const everyUser = Object.entries(users) as [keyof typeof users, (typeof users)[keyof typeof users]][];

describe("sending from a business number", () => {
  test.each(numberCases)("$title", ({ number, refusals }) => {
    const shown = everyUser.map(([name, user]) => {
      const use = mayUseNumber(user, number);
      return [name, use.ok ? null : use.refusal];
    });
    expect(Object.fromEntries(shown)).toEqual(refusals);
  });
});

describe("seeing a group", () => {
  test.each(sightCases)("$title", ({ owners, seenBy }) => {
    const shown = everyUser.map(([name, user]) => [name, maySeeGroup(user, owners)]);
    expect(Object.fromEntries(shown)).toEqual(seenBy);
  });

  test("one contact is seen like a group of one", () => {
    expect(maySeeContact(users.cleo, { ownerId: "u-cleo" })).toBe(true);
    expect(maySeeContact(users.cleo, { ownerId: "u-ben" })).toBe(false);
    expect(maySeeContact(users.ben, { ownerId: null })).toBe(true);
  });
});
