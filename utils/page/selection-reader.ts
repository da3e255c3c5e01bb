import type { Recipe, TextSource } from "../recipe.ts";
import { NOTHING_SELECTED, type SelectedRow, type Selection } from "../selection.ts";

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
  const container = () => page.querySelector(recipe.list.container);

  function read(): Selection {
    const list = container();
    if (list === null) return readRecord(recipe, page);
    const claimed = readCount(recipe, page);
    const { ticked, unticked, unreadable } = readRows(recipe, list);
    for (const key of unticked) seen.delete(key);
    for (const [key, row] of ticked) seen.set(key, row);
    // More rows than the page itself counts: what is not in view any more was unticked out of our sight.
    if (isFewer(claimed, seen.size + unreadable, recipe)) keepOnly(seen, ticked);
    return { recipeId: recipe.id, rows: [...seen.values()], claimed, unreadable };
  }

  return { read, container, forget: () => seen.clear() };
}

/** A page that counts its selection and shows no count has nothing selected. */
function isFewer(claimed: number | null, known: number, recipe: Recipe): boolean {
  return recipe.count !== null && (claimed ?? 0) < known;
}

function keepOnly(seen: Map<string, SelectedRow>, kept: Map<string, SelectedRow>): void {
  for (const key of seen.keys()) if (!kept.has(key)) seen.delete(key);
}

function readRows(recipe: Recipe, list: Element) {
  const ticked = new Map<string, SelectedRow>();
  const unticked: string[] = [];
  let unreadable = 0;
  for (const row of list.querySelectorAll(recipe.list.row)) {
    const on = row.matches(recipe.list.checked) || row.querySelector(recipe.list.checked) !== null;
    const contactId = readText(row, recipe.list.contactId);
    const phone = readText(row, recipe.list.phone);
    const key = contactId ?? phone;
    if (key === null) unreadable += on ? 1 : 0;
    else if (on) ticked.set(key, { contactId, name: readText(row, recipe.list.name), phone });
    else unticked.push(key);
  }
  return { ticked, unticked, unreadable };
}

/** A contact's own page selects that contact. */
function readRecord(recipe: Recipe, page: Document): Selection {
  if (recipe.record === null) return { ...NOTHING_SELECTED, recipeId: recipe.id };
  const id = new RegExp(recipe.record.path).exec(page.location.pathname)?.[1];
  if (id === undefined) return { ...NOTHING_SELECTED, recipeId: recipe.id };
  const name = recipe.record.name === null ? null : page.querySelector(recipe.record.name);
  const row = { contactId: decoded(id), name: tidy(name?.textContent), phone: null };
  return { recipeId: recipe.id, rows: [row], claimed: null, unreadable: 0 };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function readCount(recipe: Recipe, page: Document): number | null {
  if (recipe.count === null) return null;
  const text = page.querySelector(recipe.count.selector)?.textContent ?? "";
  const digits = new RegExp(recipe.count.pattern).exec(text)?.[1]?.replace(/\D/g, "");
  return digits ? Number(digits) : null;
}

/** The first source that yields something. */
function readText(row: Element, sources: readonly TextSource[]): string | null {
  for (const { selector, attribute, pattern } of sources) {
    const found = selector === null ? row : row.querySelector(selector);
    const text = tidy(attribute === null ? found?.textContent : found?.getAttribute(attribute));
    const part = text === null || pattern === null ? text : tidy(new RegExp(pattern).exec(text)?.[1]);
    if (part !== null) return part;
  }
  return null;
}

function tidy(text: string | null | undefined): string | null {
  return text?.replace(/\s+/g, " ").trim().slice(0, 200) || null;
}
