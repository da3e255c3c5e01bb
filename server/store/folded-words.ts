import { wordsOf } from "@partyline/domain/search-text";

/** The words a message is found by; null where its own text does as well, as most do. */
export function foldedWords(text: string): string | null {
  return /\P{ASCII}/u.test(text) ? wordsOf(text).join(" ") : null;
}
