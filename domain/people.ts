import { formatNanp } from "./phone-format.ts";
import type { E164 } from "./phone-number.ts";

/** A participant's name as people say it: the contacts' names, or the number when no contact has one. */
export function displayName(person: { phone: E164; contacts: readonly { name: string }[] }): string {
  const names = [...new Set(person.contacts.map((contact) => contact.name.trim()).filter((name) => name !== ""))];
  return names.length > 0 ? names.join(" & ") : (formatNanp(person.phone) ?? person.phone);
}

export function firstName(person: { phone: E164; contacts: readonly { name: string }[] }): string {
  const name = displayName(person);
  return name.startsWith("(") || name.startsWith("+") ? name : (name.split(/\s+/)[0] ?? name);
}

/** A group's title: the name a user gave it, else its participants' first names. */
export function groupTitle(group: {
  name: string | null;
  participants: readonly { phone: E164; contacts: readonly { name: string }[] }[];
}): string {
  return group.name ?? group.participants.map(firstName).join(", ");
}
