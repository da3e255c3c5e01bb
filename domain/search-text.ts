/** Letters that are not a plain one with a mark on it, as people write them who have no key for them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  þ: "th",
  ς: "σ",
};

const APOSTROPHES = /['`´‘’ʼ′]/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** A text as searches compare it: without case, accents and apostrophes, so that a plain keyboard finds everybody. */
export function fold(text: string): string {
  // An acute accent that stands for an apostrophe would come apart into a space and a mark.
  return text
    .replace(APOSTROPHES, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{Diacritic}/gu, "")
    .replace(/\P{ASCII}/gu, (letter) => PLAIN[letter] ?? letter);
}

/** The words of a text, folded; "O’Connor" is two. */
export function wordsOf(text: string): string[] {
  return fold(text.replace(APOSTROPHES, " ")).match(WORD) ?? [];
}

/** The words of a name, folded; "O’Connor" is found by its parts, and by both as one. */
export function wordsOfName(name: string): string[] {
  return [...new Set([...wordsOf(name), ...(fold(name).match(WORD) ?? [])])];
}

/** Whether a text holds every word of a search, in any order and anywhere in it. */
export function contains(text: string, query: string): boolean {
  const folded = fold(text);
  const wanted = wantedWords(query);
  return wanted.length > 0 && wanted.every((word) => folded.includes(word));
}

/** What a text folded must hold; a search without any letter or digit is for its signs. */
function wantedWords(query: string): string[] {
  const folded = fold(query);
  return folded.match(WORD) ?? folded.split(/\s+/u).filter((part) => part !== "");
}

/** What a search for people asks for. */
export interface PeopleSearch {
  /** Each is part of the name, folded. */
  words: string[];
  /** What looks like a number: its digits are part of a phone, or else its own words of the name. */
  number: { digits: string; words: string[] } | null;
}

/** So many digits are looked for among phones; fewer would be in nearly everybody's. */
const FEWEST_DIGITS = 3;

/** Whether a search is for a number, as far as it is written: "(415) 555", but not "Oak Street 2". */
export function asksForNumber(query: string): boolean {
  return /^[\s()+.-]*\d[\d\s()+.-]*$/.test(query);
}

export function readPeopleSearch(query: string): PeopleSearch {
  const { numbers = [], texts = [] } = Object.groupBy(query.trim().split(/\s+/u), (part) =>
    asksForNumber(part) ? "numbers" : "texts",
  );
  const digits = numbers.join("").replace(/\D/g, "");
  const isNumber = digits.length >= FEWEST_DIGITS;
  return {
    words: wantedWords((isNumber ? texts : [...texts, ...numbers]).join(" ")),
    number: isNumber ? { digits, words: wantedWords(numbers.join(" ")) } : null,
  };
}
