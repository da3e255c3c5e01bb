import type { Contact } from "@partyline/contract/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import type { JoinFacts, JoinRefusal } from "@partyline/domain/roster";
import { frozenPerson, type FrozenPerson } from "./frozen-person.ts";
import { contactRefusal, otherPhones, phoneChoices, usualPhone, type PhoneChoice } from "./joining.ts";
import type { Candidate } from "./roster-people.ts";

/** One contact in the making of a group. */
export interface RosterRow {
  contact: Contact;
  choices: PhoneChoice[];
  /** The phones to be texted, as the CRM has them; none when the contact is left out. */
  picked: string[];
  /** Why this contact does not join; null where it can, or does by a phone that was picked. */
  refusal: JoinRefusal | null;
  /** Where it does not: the phones by which it could. */
  waysOut: PhoneChoice[];
  /** What they were in the group that is followed, where that is not so any more. */
  before: FrozenPerson | null;
}

/** A phone picked before the business number changed may not be allowed any more: it then no longer counts. */
export function rosterRow(
  { contact, frozen }: Pick<Candidate, "contact" | "frozen">,
  wanted: readonly string[],
  facts: JoinFacts,
): RosterRow {
  const choices = phoneChoices(contact, facts);
  const picked = choices.filter((choice) => choice.refusal === null && wanted.includes(choice.phone));
  const refusal = picked.length > 0 ? null : contactRefusal(contact, facts);
  return {
    contact,
    choices,
    picked: picked.map((choice) => choice.phone),
    refusal,
    waysOut: refusal === null ? [] : otherPhones(contact, facts),
    before: frozenPerson(frozen, { contact, choices, joins: refusal === null }),
  };
}

/** The contact's phones that the page (or the group before) showed, where they may be texted; else the usual one. */
export function preferredPhones(contact: Contact, shown: readonly string[], facts: JoinFacts): string[] {
  const numbers = new Set(shown.map(normalisePhone));
  const choices = phoneChoices(contact, facts).filter(({ refusal }) => refusal === null);
  const same = [...numbers].flatMap((number) => choices.find((choice) => choice.number === number)?.phone ?? []);
  const usual = usualPhone(contact, facts);
  return same.length === 0 && usual !== null ? [usual] : same;
}

/** For each number that several picked contacts share: who they are. */
export function sharedNumbers(rows: readonly RosterRow[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const row of rows) {
    for (const choice of row.choices.filter(({ phone }) => row.picked.includes(phone))) {
      owners.set(choice.number, [...(owners.get(choice.number) ?? []), row.contact.name]);
    }
  }
  return new Map([...owners].filter(([, names]) => names.length > 1));
}

/** Two contacts with one number are one participant; one contact with two numbers is two. */
export function countNumbers(rows: readonly RosterRow[]): number {
  const numbers = rows.flatMap((row) => row.choices.filter(({ phone }) => row.picked.includes(phone)));
  return new Set(numbers.map((choice) => choice.number)).size;
}
