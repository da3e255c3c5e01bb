import { describe, expect, test } from "vitest";
import { judgeRoster } from "./roster.ts";
import { OWN, rosterCases } from "./roster.cases.ts";

describe("a roster", () => {
  test.each(rosterCases)("$title", ({ picks, optOuts = [], maxParticipants = 8, expected }) => {
    const judged = judgeRoster(picks, { businessNumber: OWN, optOuts: new Set(optOuts), maxParticipants });
    const shown = judged.ok
      ? { roster: judged.value.map(({ phone, contacts }) => ({ phone, contacts: contacts.map(({ id }) => id) })) }
      : { refusal: judged.refusal };
    expect(shown).toEqual(expected);
  });

  test("keeps each contact's name and owner as they are at that moment", () => {
    const { picks } = rosterCases[0]!;
    const judged = judgeRoster(picks, { businessNumber: OWN, optOuts: new Set(), maxParticipants: 8 });
    expect(judged).toMatchObject({
      value: picks.map(({ contact: { id, name } }) => ({ contacts: [{ id, name, ownerId: "u-ava" }] })),
    });
  });
});
