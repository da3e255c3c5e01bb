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
  const lookUp = async () => {
    const rows = people.peek()?.map(({ row }) => row) ?? start;
    const found = await lookUpRows(gateway.calls, rows);
    refusal.value = found.ok ? null : found.refusal;
    if (found.ok) people.value = found.value;
    else people.value ??= rows.map((row) => ({ row, contact: null }));
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
