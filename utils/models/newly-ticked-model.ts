import { computed, createModel } from "@preact/signals";
import type { RosterPeople } from "./roster-people.ts";
import type { SelectionModel } from "./selection-model.ts";

/** Who was ticked in the page while a new group was open. Whoever was ticked before was left out on purpose. */
export const NewlyTickedModel = createModel((selection: SelectionModel, roster: RosterPeople) => {
  const before = new Set(selection.people.peek().map(({ contact }) => contact?.id));
  const people = computed(() => {
    if (roster.people.value === null) return [];
    const inRoster = new Set(roster.candidates.value.map(({ contact }) => contact.id));
    return selection.people.value.flatMap(({ row, contact }) =>
      contact === null || before.has(contact.id) || inRoster.has(contact.id) ? [] : [{ row, contact }],
    );
  });
  return {
    people,
    add() {
      for (const { row, contact } of people.value) roster.add(contact, row.phone);
    },
  };
});
