import type { TextSource } from "@partyline/contract/recipe";
import { LONGEST_TRIED, triedPart } from "@partyline/contract/tried-text";

/** One row of a list: its element, or its parts where they stand apart in the document. */
export type Row = readonly Element[];

/** Of what a selector finds in one place, how much is looked at. */
const LOOKED_AT = 60;
const FIELD = 'input:is([type="text"], [type="tel"], :not([type])), textarea';

/** Typed into since the page drew it: what it holds may not be what the CRM has. */
const TOUCHED = ":focus, :user-valid, :user-invalid";

/** The first text that a source yields: sources in their order, and each in all of the places. */
export function readText(
  places: Row,
  sources: readonly TextSource[],
  isMeant: (found: Element) => boolean = Boolean,
): string | null {
  for (const { selector, attribute, pattern } of sources) {
    for (const found of (selector === null ? places : foundInAll(places, selector)).filter(isMeant)) {
      const text = tidy(attribute === null ? found.textContent : valueOf(found, attribute));
      const part = pattern === null ? text : tidy(new RegExp(pattern).exec(text ?? "")?.[1]);
      if (part !== null) return part;
    }
  }
  return null;
}

/** What a field to type into holds is not in its attribute. */
function valueOf(found: Element, attribute: string): string | null {
  if (attribute !== "value" || !found.matches(FIELD)) return found.getAttribute(attribute);
  return found.matches(TOUCHED) ? null : (found as HTMLInputElement).value;
}

/** Of a row in parts, each may be the very cell that is asked for. */
function foundInAll(places: Row, selector: string): Element[] {
  const parts = places.length > 1 ? places.filter((place) => place.matches(selector)) : [];
  return [...places.flatMap((place) => foundIn(place, selector)), ...parts];
}

export function foundIn(place: Element, selector: string, most: number = LOOKED_AT): Element[] {
  return [...place.querySelectorAll(selector)].slice(0, most);
}

export function endsOf<One>(all: readonly One[], most: number): readonly One[] {
  return all.length > most * 2 ? [...all.slice(0, most), ...all.slice(-most)] : all;
}

export function tidy(text: string | null | undefined): string | null {
  return (
    text
      ?.slice(0, LONGEST_TRIED * 10)
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, LONGEST_TRIED) || null
  );
}

/** Tries a pattern on the part of a page's address that recipes speak of. */
export function matchAddress(
  pattern: string,
  { location }: { location: Pick<Location, "pathname" | "search" | "hash"> },
): RegExpExecArray | null {
  const { pathname, search, hash } = location;
  return new RegExp(pattern).exec(triedPart(pathname + search + hash));
}
