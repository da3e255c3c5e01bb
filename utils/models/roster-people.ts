import { computed, createModel, effect, signal } from "@preact/signals";
import type { Contact } from "@partyline/contract/contact";
import type { CrmAccount } from "@partyline/domain/crm-account";
import type { CallRefusal } from "../command.ts";
import { lookUpRows, type PersonRow, type SelectedPerson } from "./contact-lookup.ts";
import type { Gateway } from "./gateway.ts";

/** A contact, and the phones by which it came here. */
export interface Candidate {
  contact: Contact;
  shownPhones: string[];
  /** Where they come from a group that is followed: as what they stood there. */
  frozen: PersonRow[];
}

interface Beginning {
  account: CrmAccount | null;
  rows: readonly PersonRow[];
  added: readonly PersonRow[];
}

/** Everybody who may come into a group in the making: those it began with and those added by hand. */
export const RosterPeople = createModel((gateway: Pick<Gateway, "calls" | "events">, begun: Beginning) => {
  const people = signal<SelectedPerson[] | null>(null);
  const refusal = signal<CallRefusal | null>(null);
  const added = signal(begun.added);
  let latest = 0;
  const lookUp = async () => {
    latest += 1;
    const mine = latest;
    const asked = [...begun.rows, ...added.peek()];
    const found = await lookUpRows(gateway.calls, { rows: asked, account: begun.account });
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
    candidates: computed(() => candidatesOf(people.value ?? [], begun.rows)),
    unknown: computed(() => (people.value ?? []).filter(({ contact }) => contact === null)),
    added,
    /** Adds somebody the user found by searching, or who was ticked since. */
    add(contact: Contact, phone: string | null = null) {
      const row = { contactId: contact.id, name: contact.name, phone, own: true as const };
      added.value = [...added.value, row];
      people.value = [...(people.value ?? []), { row, contact }];
    },
  };
});
export type RosterPeople = InstanceType<typeof RosterPeople>;

/** One for each contact, though a contact may stand in several rows: a page's say the same, a group's one phone each. */
function candidatesOf(people: readonly SelectedPerson[], begun: readonly PersonRow[]): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const { contact, row } of people) {
    if (contact === null) continue;
    const known = byId.get(contact.id);
    const phones = row.phone === null ? [] : [row.phone];
    // A page's rows are no directory's own, and those added by hand are of now.
    const frozen = row.own && begun.includes(row) ? [row] : [];
    if (known === undefined) byId.set(contact.id, { contact, shownPhones: phones, frozen });
    else if (row.own) {
      known.shownPhones.push(...phones);
      known.frozen.push(...frozen);
    }
  }
  return [...byId.values()];
}
