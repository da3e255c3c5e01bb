import type { ListRecipe, Recipe } from "@partyline/contract/recipe";
import { hasReadableRow } from "./joined-lists.ts";
import { foundIn, matchAddress } from "./row-text.ts";
import { BOX, isDescribed, showList, type ShownList } from "./shown-list.ts";

const HEADING = "thead, [role='columnheader']";
const LIKELY_ROW = "tr, [role='row'], :has(a[href])";
/** What repeats, whatever it says. */
const ANY = {
  row: null,
  join: null,
  checked: 'input[type="checkbox"]:checked, [role="checkbox"][aria-checked="true"]',
  control: BOX,
  open: null,
  contactId: [],
  phone: [],
  columns: null,
};

/**
 * Whether the page is not as its recipe says any more: boxes of a list are ticked, and nothing there can be read. For a
 * page of which nothing was read.
 */
export function isChanged(recipe: Recipe, page: Document, list: ShownList | null): boolean {
  if (list !== null && list.ticked.length > 0) return !hasReadableRow(list);
  const of = recipe.lists.find((one) => isShownHere(one, recipe, page));
  if (of === undefined) return false;
  return list?.parts.some((part) => hasTickedRow(of, page.body, part)) ?? hasTickedRow(of, page.body, null);
}

/** A list of nobody knows what may have boxes that tick no row, wherever it is shown. */
function isShownHere({ at }: ListRecipe, recipe: Recipe, page: Document): boolean {
  return isDescribed(recipe) && (at === null || matchAddress(at, page) !== null);
}

/** Rows may hold boxes of their own: the first one is what ticks the row. */
function hasTickedRow(of: ListRecipe, body: Element, list: ShownList | null): boolean {
  const container = list?.container ?? body;
  const any = showList({ ...of, ...ANY }, container);
  return foundIn(container, ANY.checked).some((box) => {
    const row = list?.around(box) ?? any.around(box);
    if (row === null || box.closest(HEADING) !== null) return false;
    return row.querySelector(BOX) === box && (list !== null || row.matches(LIKELY_ROW));
  });
}
