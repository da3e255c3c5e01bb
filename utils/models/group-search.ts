import { displayName, groupTitle } from "@partyline/domain/people";
import { normalisePhone } from "@partyline/domain/phone-number";
import type { Group, GroupFilter, Participant } from "@partyline/contract/group";

/** Whether a group is meant by a search: by its title, a participant's name, digits of a number, or what was said last. */
export function matchesQuery(group: Group, query: string): boolean {
  if (query.trim() === "") return true;
  const said = group.lastMessage?.text ?? "";
  return (
    contains(groupTitle(group), query) ||
    contains(said, query) ||
    group.participants.some((person) => personMatches(person, query))
  );
}

export function passesFilter(group: Group, filter: GroupFilter, userId: string | null): boolean {
  switch (filter) {
    case "all":
      return true;
    case "unread":
      return group.unread > 0;
    case "mine":
      return group.createdBy !== null && group.createdBy.id === userId;
    case "locked":
      return group.lock !== null;
  }
}

/** A search as the backend takes it: it knows numbers from their area code on. */
export function asBackendQuery(query: string): string {
  const number = /^[\d\s()+.-]+$/.test(query) ? normalisePhone(query) : null;
  return number?.startsWith("+1") === true ? number.slice(2) : query.trim();
}

export function personMatches(person: Pick<Participant, "phone" | "contacts">, query: string): boolean {
  const digits = query.replace(/\D/g, "");
  // "(415) 555" asks for digits; "Oak Street 2" asks for words, although it holds a digit.
  const asksForNumber = digits !== "" && /^[\d\s()+.-]+$/.test(query);
  return asksForNumber ? person.phone.includes(digits) : contains(displayName(person), query);
}

/** Every word of the query, in any order; accents and case do not matter. */
function contains(text: string, query: string): boolean {
  const haystack = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLocaleLowerCase()
    .trim();
}
