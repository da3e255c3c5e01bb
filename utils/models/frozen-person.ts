import type { Contact } from "@partyline/contract/contact";
import { normalisePhone, type E164 } from "@partyline/domain/phone-number";
import type { PersonRow } from "./contact-lookup.ts";
import type { PhoneChoice } from "./joining.ts";

/** How somebody stood in the group that is being followed, where they are not the same now (rule R7). */
export interface FrozenPerson {
  /** Null where it is still theirs, or there was none. */
  name: string | null;
  /** Numbers there by which they do not come into the new group: it would silently be another phone. */
  phones: E164[];
}

interface Now {
  contact: Contact;
  choices: readonly PhoneChoice[];
  /** Whether they can join at all: else only what the directory changed is worth a word beside the refusal. */
  joins: boolean;
}

/** @param rows those of the group before that are this contact, one for each of their numbers there */
export function frozenPerson(rows: readonly PersonRow[], { contact, choices, joins }: Now): FrozenPerson | null {
  const numbers = joins
    ? choices.flatMap(({ number, refusal }) => (refusal === null ? [number] : []))
    : contact.phones.map(({ number }) => normalisePhone(number));
  const before = new Set(rows.flatMap(({ phone }) => normalisePhone(phone ?? "") ?? []));
  const phones = [...before].filter((number) => !numbers.includes(number));
  const name = rows.map((row) => row.name ?? "").find((one) => one !== "" && !isSameName(one, contact.name)) ?? null;
  return name === null && phones.length === 0 ? null : { name, phones };
}

/** Another spelling of capitals and spaces tells nobody anything. */
function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.trim().replaceAll(/\s+/g, " ").toLowerCase();
}
