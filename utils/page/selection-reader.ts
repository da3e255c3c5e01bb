import type { ListRecipe, Recipe } from "@partyline/contract/recipe";
import { NOTHING_SELECTED, type SelectedRow, type Selection } from "../selection.ts";
import { lookCloser } from "./closer-look.ts";
import { createContactPage, isContactPage } from "./contact-page.ts";
import { regionOf } from "./list-region.ts";
import { accountOf } from "./page-account.ts";
import { keyOf, merged } from "./row-reader.ts";
import { tidy } from "./row-text.ts";
import { readCount } from "./selection-count.ts";
import { createSelectionMemory } from "./selection-memory.ts";
import { isDescribed, shownLists, type ShownList } from "./shown-list.ts";

export interface SelectionReader {
  /** Reads the page as it is now. */
  read(): Selection;
  /** Only notes what is ticked, which may be gone from the page by the time that somebody wants to know. */
  follow(): void;
  /** What was read last. */
  seen(): Seen;
  /** That nothing is selected, as long as what the page shows is not to be believed. */
  blank(): Selection;
}

export interface Seen {
  /** The recipe that the page is read by. */
  recipe: Recipe;
  /** The container of the list that was read, where the page shows one. */
  container: Element | null;
  /** The part of that in which its rows are; else, on a contact's own page, the part that shows them. */
  region: Element | null;
  /** Whether that is the page of one contact, whose very words tell who it is about. */
  isRecord: boolean;
  /** Whom the list has ticked. */
  rows: readonly SelectedRow[];
  /** How many of them are out of sight. */
  away: number;
}

/** Far more than a group can hold; whoever ticks ten thousand is told how many of them were read. */
const MOST_READ = 1_000;

/**
 * Follows a recipe over a page. Lists are virtualised, so a row that was seen ticked and then left the document still
 * counts, until it is seen unticked or the page's own count says that there are fewer.
 */
export function createSelectionReader(
  recipe: Recipe,
  page: Document,
  now: () => number = () => performance.now(),
): SelectionReader {
  const memory = createSelectionMemory(page, now, isDescribed(recipe));
  const blank = () => ({ ...NOTHING_SELECTED, recipeId: recipe.id, account: accountOf(recipe, page) });
  const contactPage = createContactPage(recipe, page, now);
  const seen: Seen = { recipe, container: null, region: null, isRecord: false, rows: [], away: 0 };
  let before: ListRecipe | null = null;
  let unusable = false;

  /** Notes what is ticked now. */
  function look(isWatched: boolean) {
    const list = findList(recipe, page, before);
    before = list?.recipe ?? null;
    seen.container = list?.container ?? null;
    const { ticked, unreadable } = readTicked(list);
    const claimed = list && countOf(recipe, page, list, ticked.size + unreadable.length);
    memory.take(ticked, unreadable.length, claimed, list);
    const rows = (seen.rows = memory.rows());
    seen.away = rows.length - ticked.size;
    return { list, contact: contactPage.look(isWatched), claimed, unreadable, rows };
  }

  /** A selector that this browser does not know throws: what is left of the recipe would read the page wrong. */
  function attempt<Value>(work: () => Value): Value | null {
    try {
      return unusable ? null : work();
    } catch {
      unusable = true;
      return null;
    }
  }

  return {
    follow: () => void attempt(() => look(false)),
    read() {
      const selection = attempt(() => {
        const { list, contact, ...read } = look(true);
        seen.isRecord = read.rows.length + read.unreadable.length === 0 && isContactPage(recipe, page);
        seen.region = seen.isRecord ? mainPart(page) : regionOf(list);
        return lookCloser(recipe, page, { list, contact }, { ...blank(), ...read });
      });
      return selection ?? { ...blank(), unusable };
    },
    seen: () => seen,
    blank,
  };
}

/**
 * The list that tells most, of several the first one: a row that is ticked and can be read comes before one that is ticked
 * and cannot. With nothing ticked anywhere it is the one that was read before.
 */
export function findList(recipe: Recipe, page: Document, before: ListRecipe | null): ShownList | null {
  const lists = shownLists(recipe, page);
  return (
    lists.find(({ ticked, key }) => ticked.some((row) => key(row) !== null)) ??
    lists.find(({ ticked }) => ticked.length > 0) ??
    lists.find((list) => list.recipe === before) ??
    lists[0] ??
    null
  );
}

/** Where a contact's page shows them: its main part, where that has the heading. */
function mainPart(page: Document): Element {
  const mains = [...page.querySelectorAll('main, [role="main"]')];
  return mains.find((main) => main.querySelector("h1") !== null) ?? page.body;
}

/** What the page says, of people; where more rows are ticked than are read, at least those. */
function countOf(recipe: Recipe, page: Document, list: ShownList, known: number): number | null {
  const said = readCount(recipe, page, list);
  const { length } = list.ticked;
  if (length > MOST_READ) return Math.max(said ?? 0, list.tickedInAll);
  // It counts rows, and one person may have several.
  return said === length ? known : said;
}

function readTicked(list: ShownList | null) {
  const ticked = new Map<string, SelectedRow>();
  const unreadable: (string | null)[] = [];
  for (const row of list?.ticked.slice(0, MOST_READ) ?? []) {
    const read = list?.read(row);
    const key = read && keyOf(read);
    if (read && key) ticked.set(key, merged(read, ticked.get(key)));
    // As it is drawn, with space between its cells.
    else unreadable.push(tidy(row.map((part) => (part as HTMLElement).innerText).join(" ")));
  }
  return { ticked, unreadable };
}
