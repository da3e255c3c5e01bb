import type { Recipe } from "@partyline/contract/recipe";
import { readText } from "./row-text.ts";
import { isDescribed, type ShownList } from "./shown-list.ts";

/** How many the page itself says are selected; null where it says nothing. */
export function readCount(recipe: Recipe, page: Document, list: ShownList | null): number | null {
  const whole = numberIn(readText([page.documentElement], recipe.count));
  if (whole === null || list === null) return whole;
  // Fewer than are ticked in sight: a number of something else.
  if (!isDescribed(recipe) && whole < list.ticked.length) return null;
  if (list.parts.length < 2) return whole;
  // What is said in one part of a list is said of that part alone.
  const counts = list.parts.map(({ container }) => countAt(container, recipe)).filter((count) => count !== null);
  return Math.max(counts.length > 0 ? counts.reduce((all, count) => all + count) : whole, list.ticked.length);
}

function countAt(container: Element, { count }: Recipe): number | null {
  const atItself = count.filter(({ selector }) => selector !== null && container.matches(selector));
  const sources = [...atItself.map((source) => ({ ...source, selector: null })), ...count];
  return numberIn(readText([container], sources));
}

function numberIn(text: string | null): number | null {
  const digits = text?.replace(/\D/g, "");
  return digits ? Number(digits) : null;
}
