import type { ContactPageRecipe, Recipe, TextSource } from "@partyline/contract/recipe";
import { triedPart } from "@partyline/contract/tried-text";
import { NOTHING_SELECTED } from "../selection.ts";
import type { Found, Trial, TriedList, TriedRow } from "../trial.ts";
import { openRow } from "./closer-look.ts";
import { readContactPage } from "./contact-page.ts";
import { partOf } from "./joined-lists.ts";
import { columnOf } from "./list-columns.ts";
import { PHONE, SOMETHING } from "./row-reader.ts";
import { matchAddress, readText, type Row } from "./row-text.ts";
import { createSelectionReader, findList } from "./selection-reader.ts";
import { shownLists, type ShownList } from "./shown-list.ts";

const NOTHING: Pick<Trial, "list" | "rows" | "count" | "everything"> = {
  list: null,
  rows: [],
  count: null,
  everything: null,
};
/** More are read, and need not be shown one by one. */
const MOST_ROWS = 200;

/** Reads a page once with the first recipe that fits it, by the same resolver as always, and says what found each text. */
export function tryRecipes(recipes: readonly Recipe[], page: Document): Trial {
  const passed: Trial["passed"] = [];
  for (const recipe of recipes) {
    const why = misfit(recipe, page);
    if (why === null) return { passed, ...tryRecipe(recipe, page) };
    passed.push({ recipeId: recipe.id, why });
  }
  return { selection: NOTHING_SELECTED, passed, ...NOTHING };
}

function misfit({ path, signature }: Recipe, page: Document): Trial["passed"][number]["why"] | null {
  if (path !== null && !new RegExp(path).test(triedPart(page.location.pathname))) return "path";
  try {
    return signature !== null && page.querySelector(signature) === null ? "signature" : null;
  } catch {
    return "unusable";
  }
}

function tryRecipe(recipe: Recipe, page: Document): Omit<Trial, "passed"> {
  const selection = createSelectionReader(recipe, page).read();
  if (selection.unusable) return { selection, ...NOTHING };
  const list = findList(recipe, page, null);
  const whole = [page.documentElement];
  return {
    selection,
    list: list && describeList(list, pointerOf(recipe, list)),
    rows: rowsOf(recipe, page, list),
    count: foundBy(whole, recipe.count, "/count"),
    everything: foundBy(whole, recipe.everything, "/everything"),
  };
}

function describeList(list: ShownList, pointer: string): TriedList {
  const { recipe, ticked } = list;
  const container = { text: recipe.kind, pointer: `${pointer}/container`, source: recipe.container };
  return { kind: recipe.kind, container, rows: list.all().length, ticked: ticked.length };
}

function pointerOf({ lists }: Recipe, { recipe }: ShownList): string {
  return `/lists/${lists.indexOf(recipe)}`;
}

/** In the resolver's order: what is ticked, else the row that stands open, else whose page this is. */
function rowsOf(recipe: Recipe, page: Document, list: ShownList | null): TriedRow[] {
  if (list !== null && list.ticked.length > 0) {
    const readable = list.ticked.filter((row) => list.key(row) !== null);
    return readable.slice(0, MOST_ROWS).map((row) => tryRow(row, list, pointerOf(recipe, list)));
  }
  for (const shown of shownLists(recipe, page)) {
    const open = openRow(shown);
    if (open !== null) return [tryRow(open, shown, pointerOf(recipe, shown))];
  }
  return tryContactPage(recipe, page);
}

function tryRow(row: Row, list: ShownList, pointer: string): TriedRow {
  const { recipe, container, read } = partOf(list.parts, row) ?? list;
  const known = read(row);
  const inColumn = (name: "name" | "phone", wanted: RegExp): Found | null => {
    const words = recipe.columns?.[name];
    const text = columnOf(container, words, wanted)(row);
    return text === null ? null : { text, pointer: `${pointer}/columns/${name}`, source: `/${words}/` };
  };
  const found = {
    contactId: foundBy(row, recipe.contactId, `${pointer}/contactId`),
    name: inColumn("name", SOMETHING) ?? foundBy(row, recipe.name, `${pointer}/name`),
    phone: inColumn("phone", PHONE) ?? foundBy(row, recipe.phone, `${pointer}/phone`),
  };
  // Longer than an id or a phone can be: found, and yet not taken.
  return {
    contactId: known.contactId === null ? null : found.contactId,
    name: found.name,
    phone: known.phone === null ? null : found.phone,
  };
}

function tryContactPage(recipe: Recipe, page: Document): TriedRow[] {
  for (const [index, one] of recipe.contactPages.entries()) {
    if (readContactPage({ ...recipe, contactPages: [one] }, page) === null) continue;
    const found = tryPage(one, `/contactPages/${index}`, page);
    if (found !== null) return [found];
  }
  return [];
}

function tryPage(one: ContactPageRecipe, pointer: string, page: Document): TriedRow | null {
  const match = matchAddress(one.at, page);
  if (match === null) return null;
  const whole = [page.documentElement];
  const [, id] = match;
  return {
    contactId:
      id === undefined
        ? foundBy(whole, one.contactId, `${pointer}/contactId`)
        : { text: id, pointer: `${pointer}/at`, source: `/${one.at}/` },
    name: foundBy(whole, one.name, `${pointer}/name`),
    phone: foundBy(whole, one.phone, `${pointer}/phone`),
  };
}

/** The first source that yields something, as the resolver takes it. */
function foundBy(places: Row, sources: readonly TextSource[], pointer: string): Found | null {
  for (const [index, source] of sources.entries()) {
    const text = readText(places, [source]);
    if (text !== null) return { text, pointer: `${pointer}/${index}`, source: inWords(source) };
  }
  return null;
}

function inWords({ selector, attribute, pattern }: TextSource): string {
  const parts = [selector, attribute === null ? null : `[${attribute}]`, pattern === null ? null : `/${pattern}/`];
  const said = parts.filter((part) => part !== null).join(" ");
  return said === "" ? "textContent" : said;
}
