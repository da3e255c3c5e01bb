import { displayName, groupTitle } from "@partyline/domain/people";
import { asksForNumber, contains, fold, wordsOf } from "@partyline/domain/search-text";
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

/** As much of a text from before a match as tells what it is about. */
const BEFORE_MATCH = 16;

/** A text from shortly before the first word of it that a search found, so that a single line shows it. */
export function fromMatch(text: string, query: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const wanted = wordsOf(query);
  const at = [...line.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) => wanted.some((one) => fold(word).startsWith(one)));
  if (at === undefined || at.index <= BEFORE_MATCH) return line;
  const start = line.indexOf(" ", at.index - BEFORE_MATCH);
  return start < 0 || start >= at.index ? line : `…${line.slice(start)}`;
}

export function personMatches(person: Pick<Participant, "phone" | "contacts">, query: string): boolean {
  return asksForNumber(query) ? person.phone.includes(query.replace(/\D/g, "")) : contains(displayName(person), query);
}
