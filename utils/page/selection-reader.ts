import type { ListRecipe, Recipe, TextSource } from "@partyline/contract/recipe";
import type { SelectedRow, Selection } from "../selection.ts";

export interface SelectionReader {
  /** Reads the page as it is now. */
  read(): Selection;
  /** The list's container, where the page shows a list. */
  container(): Element | null;
  /** Forgets rows that scrolled away, such as after the page went somewhere else. */
  forget(): void;
}

/**
 * Follows a recipe over a page. Lists are virtualised, so a row that was seen ticked and then left the document still
 * counts, until it is seen unticked or the page's own count says that there are fewer.
 */
export function createSelectionReader(recipe: Recipe, page: Document): SelectionReader {
  const seen = new Map<string, SelectedRow>();
  const shown = () => findList(recipe, page);

  function read(): Selection {
    const list = shown();
    const about = {
      recipeId: recipe.id,
      recordUrl: recordUrl(recipe, page.location),
      everything: false,
      changed: false,
    };
    if (list === null) return { ...about, rows: readRecord(recipe, page), claimed: null, unreadable: [] };
    const claimed = readCount(recipe, page);
    const { ticked, unticked, open, unreadable } = readRows(list);
    for (const key of unticked) seen.delete(key);
    for (const [key, row] of ticked) seen.set(key, row);
    // More rows than the page itself counts: what is not in view any more was unticked out of our sight.
    if (isFewer(claimed, seen.size + unreadable.length, recipe)) keepOnly(seen, ticked);
    const rows = seen.size + unreadable.length === 0 && open !== null ? [open] : [...seen.values()];
    return { ...about, rows, claimed, unreadable };
  }

  return { read, container: () => shown()?.container ?? null, forget: () => seen.clear() };
}

interface ShownList {
  recipe: ListRecipe;
  container: Element;
}

function findList(recipe: Recipe, page: Document): ShownList | null {
  for (const list of recipe.lists) {
    const container = page.querySelector(list.container);
    if (container !== null) return { recipe: list, container };
  }
  return null;
}

/** A page that counts its selection and shows no count has nothing selected. */
function isFewer(claimed: number | null, known: number, recipe: Recipe): boolean {
  return recipe.count.length > 0 && (claimed ?? 0) < known;
}

function keepOnly(seen: Map<string, SelectedRow>, kept: Map<string, SelectedRow>): void {
  for (const key of seen.keys()) if (!kept.has(key)) seen.delete(key);
}

function readRows({ recipe, container }: ShownList) {
  const ticked = new Map<string, SelectedRow>();
  const unticked: string[] = [];
  let open: SelectedRow | null = null;
  const unreadable: (string | null)[] = [];
  for (const node of container.querySelectorAll(recipe.row ?? "tr")) {
    const row = readRow(node, recipe);
    if (row.key === null && row.isTicked) unreadable.push(tidy(node.textContent));
    else if (row.key === null) continue;
    else if (row.isTicked) ticked.set(row.key, row.read());
    else unticked.push(row.key);
    if (row.key !== null && recipe.open !== null && node.matches(recipe.open)) open = row.read();
  }
  return { ticked, unticked, open, unreadable };
}

function readRow(row: Element, recipe: ListRecipe) {
  const contactId = readText(row, recipe.contactId);
  const phone = readText(row, recipe.phone);
  return {
    key: contactId ?? phone,
    isTicked: row.matches(recipe.checked) || row.querySelector(recipe.checked) !== null,
    read: (): SelectedRow => ({ contactId, name: readText(row, recipe.name), phone }),
  };
}

/** A contact's own page selects that contact. */
function readRecord({ contactPages }: Recipe, page: Document): SelectedRow[] {
  const { pathname, search, hash } = page.location;
  for (const { at, contactId, name, phone } of contactPages) {
    const match = new RegExp(at).exec(pathname + search + hash);
    if (match === null) continue;
    const id = match[1] === undefined ? readText(page, contactId) : decoded(match[1]);
    if (id !== null) return [{ contactId: id, name: readText(page, name), phone: readText(page, phone) }];
  }
  return [];
}

function recordUrl({ recordLink }: Recipe, { origin, pathname }: Location): string | null {
  if (recordLink === null) return null;
  const { base, to } = recordLink;
  const begin = base === null ? "" : new RegExp(base).exec(pathname)?.[1];
  return begin === undefined ? null : origin + begin + to;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function readCount(recipe: Recipe, page: Document): number | null {
  const digits = readText(page, recipe.count)?.replace(/\D/g, "");
  return digits ? Number(digits) : null;
}

/** The first source that yields something. */
function readText(row: Element | Document, sources: readonly TextSource[]): string | null {
  for (const { selector, attribute, pattern } of sources) {
    const found = selector === null ? rootOf(row) : row.querySelector(selector);
    const text = tidy(attribute === null ? found?.textContent : found?.getAttribute(attribute));
    const part = text === null || pattern === null ? text : tidy(new RegExp(pattern).exec(text)?.[1]);
    if (part !== null) return part;
  }
  return null;
}

function rootOf(place: Element | Document): Element {
  return "documentElement" in place ? place.documentElement : place;
}

function tidy(text: string | null | undefined): string | null {
  return text?.replace(/\s+/g, " ").trim().slice(0, 200) || null;
}
