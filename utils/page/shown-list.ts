import type { ListRecipe, Recipe } from "@partyline/contract/recipe";
import { joinLists } from "./joined-lists.ts";
import { createRowReader, type RowReader } from "./row-reader.ts";
import { repeatedAround } from "./repeated-rows.ts";
import { endsOf, foundIn, matchAddress, readText, type Row } from "./row-text.ts";

/** What ticks a row where the recipe does not say it. */
export const BOX = 'input[type="checkbox"], [role="checkbox"]';

/** Of a hundred thousand rows, how many that are ticked are looked at, and how many at either end. */
const MOST = 2_000;
const AT_END = 300;

/** A list that the page shows, read as its recipe says. */
export interface ShownList extends RowReader {
  recipe: ListRecipe;
  /** What is around all of its rows. */
  container: Element;
  /** More than one where the page shows its rows in groups, each with a container of its own, such as a board's stages. */
  parts: readonly ShownList[];
  scrolls: boolean;
  /** So many of them as are looked at. */
  ticked: Row[];
  /** How many that would be, were all the others like those. */
  tickedInAll: number;
  /** Its rows, ticked or not; of very many those at either end. */
  all(): Row[];
  isTicked(row: Row): boolean;
  /** The row that a control, a row or anything else in a row belongs to. */
  around(inside: Element): Element | null;
}

/** The lists that a page shows, as a recipe has them: what one of them describes is one list, in however many containers. */
export function shownLists(recipe: Recipe, page: Document): ShownList[] {
  return recipe.lists.flatMap((list) => {
    if (list.at !== null && matchAddress(list.at, page) === null) return [];
    const parts = apart(page.querySelectorAll(list.container)).map((container) => showList(list, container));
    const [first, ...others] = parts;
    if (!first) return [];
    return others.length > 0 ? joinLists([first, ...others], isDescribed(recipe)) : first;
  });
}

/** A recipe for any page takes much for a list that is none: such as tables of tasks, or of settings. */
export function isDescribed({ hosts, signature, path }: Recipe): boolean {
  return (signature ?? path ?? hosts[0]) !== undefined;
}

/** Without those in another one, which comes first in the document, and without what a page left behind, hidden and ticked. */
function apart(containers: Iterable<Element>): Element[] {
  let last: Element | null = null;
  return [...containers].filter((one) => {
    if (last?.contains(one) || !isDrawn(one)) return false;
    last = one;
    return true;
  });
}

/** What is a box of its own for nobody, may be so in its parts. */
function isDrawn(one: Element): boolean {
  return [one, ...one.children].some((element) => element.checkVisibility());
}

export function showList(recipe: ListRecipe, container: Element): ShownList {
  const { row: rows, join, checked } = recipe;
  const control = recipe.control ?? BOX;
  const reader = createRowReader(recipe, container);
  const isReadable = (element: Element) => reader.key([element]) !== null;

  function around(inside: Element): Element | null {
    if (rows === null) return repeatedAround(inside, { container, control, checked, isReadable });
    const row = inside.closest(rows);
    return row !== container && container.contains(row) ? row : null;
  }

  /** Found from what is in them: rows that are not asked for cost nothing. */
  function rowsAround(inside: readonly Element[]): Row[] {
    const found = [...new Set(inside.map(around))].filter((row) => row !== null);
    if (join === null || rows === null || found.length === 0) return found.map((row) => [row]);
    // Parts that have the same text are one row, wherever in the list they stand.
    const textOf = (part: Element) => readText([part], [join]);
    const parts = Map.groupBy(foundIn(container, rows, MOST), textOf);
    return [...new Set(found.map((part) => (textOf(part) !== null && parts.get(textOf(part))) || [part]))];
  }

  const isTicked = (row: Row) => {
    const first = row.map((part) => part.querySelector(recipe.control ?? checked)).find(Boolean);
    if (first?.matches(checked)) return true;
    // A part may be marked without knowing the box in another one, which decides.
    return (row.length === 1 || !first) && row.some((part) => part.matches(checked));
  };

  let all: Row[] | null = null;
  const marks = [...container.querySelectorAll(checked)];
  const ticked = rowsAround(marks.slice(0, MOST)).filter((row) => isTicked(row) && row.some(isDrawn));
  const list: ShownList = {
    recipe,
    container,
    get parts() {
      return [list];
    },
    scrolls: recipe.scrolls,
    ticked,
    tickedInAll: Math.round(ticked.length * Math.max(1, marks.length / MOST)),
    all: () => (all ??= rowsAround(endsOf([...container.querySelectorAll(rows ?? control)], AT_END))),
    isTicked,
    ...reader,
    around,
  };
  return list;
}
