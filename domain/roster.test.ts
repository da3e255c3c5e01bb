import { describe, expect, test } from "vitest";
import { judgeRoster } from "./roster.ts";
import { OTHER_OWN, OWN, rosterCases } from "./roster.cases.ts";

const OWN_NUMBERS = new Set([OWN, OTHER_OWN]);
const NO_WISHES = { optOuts: new Set<string>(), doNotDisturbs: new Map<string, null>() };

describe("a roster", () => {
  test.each(rosterCases)("$title", ({ picks, optOuts = [], doNotDisturbs = [], maxParticipants = 8, expected }) => {
    const facts = { optOuts: new Set(optOuts), doNotDisturbs: new Map(doNotDisturbs) };
    const judged = judgeRoster(picks, { ...facts, ownNumbers: OWN_NUMBERS, maxParticipants });
    const shown = judged.ok
      ? { roster: judged.value.map(({ phone, contacts }) => ({ phone, contacts: contacts.map(({ id }) => id) })) }
      : { refusal: judged.refusal };
    expect(shown).toEqual(expected);
  });

  test("keeps each contact's name and owner as they are at that moment", () => {
    const { picks } = rosterCases[0]!;
    const judged = judgeRoster(picks, { ...NO_WISHES, ownNumbers: OWN_NUMBERS, maxParticipants: 8 });
    expect(judged).toMatchObject({
      value: picks.map(({ contact: { id, name } }) => ({ contacts: [{ id, name, ownerId: "u-ava" }] })),
    });
  });
});
