import { computed, createModel, effect, signal } from "@preact/signals";
import type { Contact } from "@partyline/contract/contact";
import type { CallRefusal } from "../command.ts";
import type { SelectedRow } from "../selection.ts";
import { lookUpRows, type SelectedPerson } from "./contact-lookup.ts";
import type { Gateway } from "./gateway.ts";

/** A contact, and the phone by which it came here; null where it came without one. */
export interface Candidate {
  contact: Contact;
  shownPhone: string | null;
}

/** Everybody who may come into a group in the making: those it began with and those added by hand. */
export const RosterPeople = createModel((gateway: Pick<Gateway, "calls" | "events">, start: readonly SelectedRow[]) => {
  const people = signal<SelectedPerson[] | null>(null);
  const refusal = signal<CallRefusal | null>(null);
  let rows = start;
  let latest = 0;
  const lookUp = async () => {
    latest += 1;
    const mine = latest;
    const asked = rows;
    const found = await lookUpRows(gateway.calls, asked);
    if (mine !== latest) return;
    refusal.value = found.ok ? null : found.refusal;
    const known = people.peek() ?? [];
    const answered = found.ok
      ? found.value
      : asked.map((row) => known.find((person) => person.row === row) ?? { row, contact: null });
    // Whoever was added while the directory was slow stays.
    people.value = [...answered, ...known.filter(({ row }) => !asked.includes(row))];
  };
  void lookUp();
  effect(() =>
    gateway.events.subscribe((event) => {
      if (event.kind === "contacts_changed") void lookUp();
    }),
  );
  return {
    /** Null while the directory is asked for the first time. */
    people,
    /** Why the directory could not be asked. */
    refusal,
    lookUp,
    candidates: computed(() => candidatesOf(people.value ?? [])),
    unknown: computed(() => (people.value ?? []).filter(({ contact }) => contact === null)),
    /** Adds somebody the user found by searching. */
    add(contact: Contact) {
      const row = { contactId: contact.id, name: contact.name, phone: null };
      rows = [...rows, row];
      people.value = [...(people.value ?? []), { row, contact }];
    },
  };
});

/** One for each contact, though a contact may stand in several rows. */
function candidatesOf(people: readonly SelectedPerson[]): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const { contact, row } of people) {
    if (contact !== null && !byId.has(contact.id)) byId.set(contact.id, { contact, shownPhone: row.phone });
  }
  return [...byId.values()];
}
