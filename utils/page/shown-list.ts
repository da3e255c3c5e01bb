import type { ListRecipe, Recipe } from "@partyline/contract/recipe";
import { joinLists } from "./joined-lists.ts";
import { createRowReader, type RowReader } from "./row-reader.ts";
import { repeatedAround } from "./repeated-rows.ts";
import { matchAddress, readText, type Row } from "./row-text.ts";

/** What ticks a row where the recipe does not say it. */
export const BOX = 'input[type="checkbox"], [role="checkbox"]';

/** A list that the page shows, read as its recipe says. */
export interface ShownList extends RowReader {
  recipe: ListRecipe;
  /** What is around all of its rows. */
  container: Element;
  /** More than one where the page shows its rows in groups, each with a container of its own, such as a board's stages. */
  parts: readonly ShownList[];
  scrolls: boolean;
  ticked: Row[];
  /** All of its rows, ticked or not. */
  all(): Row[];
  isTicked(row: Row): boolean;
  /** The row that a control, a row or anything else in a row belongs to. */
  around(inside: Element): Element | null;
}

/** The lists that a page shows, as a recipe has them: what one of them describes is one list, in however many containers. */
export function* shownLists(recipe: Recipe, page: Document): Generator<ShownList> {
  for (const list of recipe.lists) {
    if (list.at !== null && matchAddress(list.at, page) === null) continue;
    const containers = apart([...page.querySelectorAll(list.container)]);
    const parts = containers.map((container) => showList(list, container));
    const [first, second] = parts;
    if (first) yield second ? joinLists([first, ...parts.slice(1)], isDescribed(recipe)) : first;
  }
}

/** A recipe for any page takes much for a list that is none: such as tables of tasks, or of settings. */
export function isDescribed({ hosts, signature, path }: Recipe): boolean {
  return (signature ?? path ?? hosts[0]) !== undefined;
}

/** Without those in another one, which comes first in the document, and without what a page left behind, hidden and ticked. */
function apart(containers: Element[]): Element[] {
  let last: Element | null = null;
  const outer = containers.filter((one) => {
    if (last?.contains(one)) return false;
    last = one;
    return true;
  });
  if (outer.length < 2) return outer;
  const drawn = outer.filter((one) => [one, ...one.children].some((element) => element.checkVisibility()));
  return drawn.length > 0 ? drawn : outer;
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
  function rowsAround(inside: string): Row[] {
    const found = new Set<Element>();
    for (const one of container.querySelectorAll(inside)) {
      const row = around(one);
      if (row !== null) found.add(row);
    }
    return joined([...found]);
  }

  /** Parts that have the same text are one row, wherever in the list they stand. */
  function joined(found: Element[]): Row[] {
    const textOf = (part: Element) => join && readText([part], [join]);
    const parts = join && rows ? Map.groupBy(container.querySelectorAll(rows), textOf) : null;
    return [...new Set(found.map((part) => (textOf(part) !== null && parts?.get(textOf(part))) || [part]))];
  }

  const isTicked = (row: Row) => {
    const first = row.map((part) => part.querySelector(recipe.control ?? checked)).find((found) => found !== null);
    if (first?.matches(checked)) return true;
    // A part may be marked without knowing the box in another one, which decides.
    return (row.length === 1 || !first) && row.some((part) => part.matches(checked));
  };
  const list: ShownList = {
    recipe,
    container,
    get parts() {
      return [list];
    },
    scrolls: recipe.scrolls,
    ticked: rowsAround(checked).filter(isTicked),
    all: () => rowsAround(rows ?? control),
    isTicked,
    ...reader,
    around,
  };
  return list;
}
