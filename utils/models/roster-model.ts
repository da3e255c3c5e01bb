import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import type { CrmAccount } from "@partyline/domain/crm-account";
import { judgeRoster, type PhonePick } from "@partyline/domain/roster";
import type { Gateway } from "./gateway.ts";
import { joinFacts, type OurNumbers } from "./joining.ts";
import type { PersonRow } from "./contact-lookup.ts";
import { RosterPeople } from "./roster-people.ts";
import { countNumbers, preferredPhones, rosterRow, sharedNumbers } from "./roster-rows.ts";

export interface RosterSurroundings {
  ourNumbers: ReadonlySignal<OurNumbers>;
  maxParticipants: ReadonlySignal<number>;
  /** Whose page the rows to begin with were read from. */
  account: CrmAccount | null;
  /** The rows to begin with, those added to them, and the phones chosen by hand, by contact. */
  rows: readonly PersonRow[];
  added: readonly PersonRow[];
  chosen: ReadonlyMap<string, readonly string[]>;
}

/** Who will be in the group and with which phones, and what the rules say to that. */
export const RosterModel = createModel((gateway: Pick<Gateway, "calls" | "events">, around: RosterSurroundings) => {
  const people = new RosterPeople(gateway, around);
  /** What the user chose by hand, by contact: it stays, also when the contact is looked up again. */
  const chosen = signal(around.chosen);

  const contacts = computed(() => people.candidates.value.map(({ contact }) => contact));
  const facts = computed(() => joinFacts(around.ourNumbers.value, contacts.value));
  const rows = computed(() =>
    people.candidates.value.map((candidate) => {
      const { contact, shownPhones } = candidate;
      const wanted = chosen.value.get(contact.id) ?? preferredPhones(contact, shownPhones, facts.value);
      return rosterRow(candidate, wanted, facts.value);
    }),
  );
  const picks = computed<PhonePick[]>(() =>
    rows.value.flatMap(({ contact, picked }) => picked.map((phone) => ({ contact, phone }))),
  );
  return {
    people,
    contacts,
    rows,
    picks,
    chosen,
    judged: computed(() =>
      judgeRoster(picks.value, {
        ...facts.value,
        maxParticipants: around.maxParticipants.value,
      }),
    ),
    /** Distinct numbers: how many would get the message. */
    participants: computed(() => countNumbers(rows.value)),
    shared: computed(() => sharedNumbers(rows.value)),
    pick(contactId: string, phones: readonly string[]) {
      chosen.value = new Map([...chosen.value, [contactId, phones]]);
    },
  };
});
export type RosterModel = InstanceType<typeof RosterModel>;
