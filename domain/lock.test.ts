import { describe, expect, test } from "vitest";
import { lockCases, lockedRoster, tagCases, unchanged } from "./lock.cases.ts";
import { contactTag, lockCauses } from "./lock.ts";

describe("a lock", () => {
  test.each(lockCases)("$title", ({ now = [], optOuts = [], holders = [], lifts = [], causes }) => {
    const directory = new Map([...unchanged, ...now].map((contact) => [contact.id, contact]));
    const facts = {
      contacts: directory,
      optOuts: new Set(optOuts),
      doNotDisturbs: new Map(holders),
      lifts: new Map(lifts),
    };
    expect(lockCauses(lockedRoster, facts)).toEqual(causes);
  });
});

describe("a contact's tag", () => {
  test.each(tagCases)("$title", ({ now, tag }) => {
    const { phone, contacts } = lockedRoster[0]!;
    expect(contactTag({ phone, name: contacts[0]!.name }, now ?? undefined)).toEqual(tag);
  });
});
