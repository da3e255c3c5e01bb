import type { Recipe } from "@partyline/contract/recipe";
import { NOTHING_SELECTED, type SelectedRow, type Selection } from "../selection.ts";
import { matchAddress, readContactPage } from "./contact-page.ts";
import { isChanged } from "./page-changed.ts";
import { merged } from "./row-reader.ts";
import { readText, tidy } from "./row-text.ts";
import { createSelectionMemory } from "./selection-memory.ts";
import { showList, type ShownList } from "./shown-list.ts";

export interface SelectionReader {
  /** Reads the page as it is now. */
  read(): Selection;
  /** The container of the list that was read, where the page shows one. */
  container(): Element | null;
}

/**
 * Follows a recipe over a page. Lists are virtualised, so a row that was seen ticked and then left the document still
 * counts, until it is seen unticked or the page's own count says that there are fewer.
 */
export function createSelectionReader(
  recipe: Recipe,
  page: Document,
  now: () => number = () => performance.now(),
): SelectionReader {
  const memory = createSelectionMemory(recipe, page, now);
  const about = { ...NOTHING_SELECTED, recipeId: recipe.id };
  let container: Element | null = null;
  let unusable = false;

  function read(): Selection {
    const list = findList(recipe, page, container);
    container = list?.container ?? null;
    const claimed = list && readCount(recipe, page);
    const { ticked, unreadable } = readTicked(list);
    memory.take(ticked, unreadable.length, claimed, list);
    const remembered = memory.rows();
    const rows = remembered.length > 0 ? remembered : readOther(recipe, page, list);
    return {
      ...about,
      rows,
      claimed,
      everything: list !== null && readText([page.documentElement], recipe.everything) !== null,
      unreadable,
      changed: rows.length === 0 && isChanged(recipe, page, list),
      recordUrl: recordUrl(recipe, page.location),
    };
  }

  return {
    read() {
      try {
        if (!unusable) return read();
      } catch {
        // A selector that this browser does not know: what is left of the recipe would read the page wrong.
        unusable = true;
      }
      return { ...about, unusable };
    },
    container: () => container,
  };
}

/** The first list that the page shows with a row ticked or open; else the one read before; else the first. */
function findList(recipe: Recipe, page: Document, before: Element | null): ShownList | null {
  let open: ShownList | null = null;
  let other: ShownList | null = null;
  for (const list of recipe.lists.filter(({ at }) => at === null || matchAddress(at, page))) {
    for (const container of page.querySelectorAll(list.container)) {
      const shown = showList(list, container);
      if (shown.ticked.length > 0) return shown;
      if (shown.open !== null) open ??= shown;
      if (other === null || container === before) other = shown;
    }
  }
  return open ?? other;
}

function readTicked(list: ShownList | null) {
  const ticked = new Map<string, SelectedRow>();
  const unreadable: (string | null)[] = [];
  for (const row of list?.ticked ?? []) {
    const read = list?.read(row);
    const key = read?.contactId ?? read?.phone;
    if (read && key) ticked.set(key, merged(read, ticked.get(key)));
    // As it is drawn, with space between its cells.
    else unreadable.push(tidy(row.map((part) => (part as HTMLElement).innerText).join(" ")));
  }
  return { ticked, unreadable };
}

/** Where nothing is ticked: the row that stands open, or whose page this is. */
function readOther(recipe: Recipe, page: Document, list: ShownList | null): SelectedRow[] {
  return list?.open && list.ticked.length === 0 ? [list.read(list.open)] : readContactPage(recipe, page);
}

function recordUrl({ recordLink }: Recipe, { origin, pathname }: Location): string | null {
  if (recordLink === null) return null;
  const { base, to } = recordLink;
  const begin = base === null ? "" : new RegExp(base).exec(pathname)?.[1];
  return begin === undefined ? null : origin + begin + to;
}

function readCount(recipe: Recipe, page: Document): number | null {
  const digits = readText([page.documentElement], recipe.count)?.replace(/\D/g, "");
  return digits ? Number(digits) : null;
}
