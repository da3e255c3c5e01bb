import { displayName, groupTitle } from "@partyline/domain/people";
import type { Group, Participant } from "@partyline/contract/group";

/** Whether a group is meant by a search: by its title, a participant's name, or digits of a number. */
export function matchesQuery(group: Group, query: string): boolean {
  if (query.trim() === "") return true;
  return contains(groupTitle(group), query) || group.participants.some((person) => personMatches(person, query));
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
