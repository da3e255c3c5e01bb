import { describe, expect, test } from "vitest";
import { lockCases, lockedRoster, tagCases, unchanged } from "./lock.cases.ts";
import { lockCauses, participantTag } from "./lock.ts";

describe("a lock", () => {
  test.each(lockCases)("$title", ({ now = [], optOuts = [], causes }) => {
    const directory = new Map([...unchanged, ...now].map((contact) => [contact.id, contact]));
    expect(lockCauses(lockedRoster, directory, new Set(optOuts))).toEqual(causes);
  });
});

describe("a participant's tag", () => {
  test.each(tagCases)("$title", ({ now, tag }) => {
    const directory = new Map(now === null ? [] : [[now.id, now]]);
    expect(participantTag(lockedRoster[0]!, directory)).toEqual(tag);
  });
});
