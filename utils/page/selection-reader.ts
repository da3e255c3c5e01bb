import type { ListRecipe, Recipe, TextSource } from "../recipe.ts";
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
    const about = { recipeId: recipe.id, recordUrl: recordUrl(recipe, page.location) };
    if (list === null) return { ...about, rows: readRecord(recipe, page), claimed: null, unreadable: 0 };
    const claimed = readCount(recipe, page);
    const { ticked, unticked, open, unreadable } = readRows(list);
    for (const key of unticked) seen.delete(key);
    for (const [key, row] of ticked) seen.set(key, row);
    // More rows than the page itself counts: what is not in view any more was unticked out of our sight.
    if (isFewer(claimed, seen.size + unreadable, recipe)) keepOnly(seen, ticked);
    const rows = seen.size + unreadable === 0 && open !== null ? [open] : [...seen.values()];
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
  return recipe.count !== null && (claimed ?? 0) < known;
}

function keepOnly(seen: Map<string, SelectedRow>, kept: Map<string, SelectedRow>): void {
  for (const key of seen.keys()) if (!kept.has(key)) seen.delete(key);
}

function readRows({ recipe, container }: ShownList) {
  const ticked = new Map<string, SelectedRow>();
  const unticked: string[] = [];
  let open: SelectedRow | null = null;
  let unreadable = 0;
  for (const node of container.querySelectorAll(recipe.row)) {
    const row = readRow(node, recipe);
    if (row.key === null) unreadable += row.isTicked ? 1 : 0;
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
function readRecord(recipe: Recipe, page: Document): SelectedRow[] {
  if (recipe.record === null) return [];
  const id = new RegExp(recipe.record.path).exec(page.location.pathname)?.[1];
  if (id === undefined) return [];
  const name = recipe.record.name === null ? null : page.querySelector(recipe.record.name);
  return [{ contactId: decoded(id), name: tidy(name?.textContent), phone: null }];
}

function recordUrl({ record }: Recipe, { origin, pathname }: Location): string | null {
  if (record === null) return null;
  const { base, to } = record.link;
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
