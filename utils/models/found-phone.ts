import type { Contact } from "@partyline/contract/contact";
import { primaryPhone } from "@partyline/domain/lock";
import { formatPhone, normalisePhone } from "@partyline/domain/phone-number";
import { readPeopleSearch } from "@partyline/domain/search-text";

/** A phone as the CRM has it, written the way the panel writes numbers; what is none stays as it is. */
export function phoneText(phone: string): string {
  return formatPhone(normalisePhone(phone) ?? phone);
}

/** The phone somebody was found by, where a search was for digits of one; else the one their CRM takes for the first. */
export function foundPhone(contact: Contact, query: string): string | null {
  const first = primaryPhone(contact);
  const digits = readPeopleSearch(query).number?.digits;
  if (first === null || digits === undefined) return first;
  const phones = [first, ...contact.phones.map(({ number }) => number)];
  return phones.find((phone) => (normalisePhone(phone) ?? phone).replace(/\D/g, "").includes(digits)) ?? first;
}
