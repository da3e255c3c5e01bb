import type { ListRecipe, Recipe } from "@partyline/contract/recipe";
import { createRowReader, type RowReader } from "./row-reader.ts";
import { repeatedAround } from "./repeated-rows.ts";
import { matchAddress, readText, type Row } from "./row-text.ts";

/** What ticks a row where the recipe does not say it. */
export const BOX = 'input[type="checkbox"], [role="checkbox"]';

/** A list that the page shows, read as its recipe says. */
export interface ShownList extends RowReader {
  recipe: ListRecipe;
  container: Element;
  scrolls: boolean;
  ticked: Row[];
  /** All of its rows, ticked or not. */
  all(): Row[];
  isTicked(row: Row): boolean;
  /** The row that a control, a row or anything else in a row belongs to. */
  around(inside: Element): Element | null;
}

/** The lists that a page shows, as a recipe has them. */
export function* shownLists({ lists }: Recipe, page: Document): Generator<ShownList> {
  for (const list of lists) {
    if (list.at !== null && matchAddress(list.at, page) === null) continue;
    for (const container of page.querySelectorAll(list.container)) yield showList(list, container);
  }
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
    return first?.matches(checked) === true || row.some((part) => part.matches(checked));
  };
  return {
    recipe,
    container,
    scrolls: recipe.scrolls,
    ticked: rowsAround(checked).filter(isTicked),
    all: () => rowsAround(rows ?? control),
    isTicked,
    ...reader,
    around,
  };
}
