import type { Recipe } from "@partyline/contract/recipe";
import { triedPart } from "@partyline/contract/tried-text";
import type { SelectedRow, Selection } from "../selection.ts";
import { isChanged } from "./page-changed.ts";
import { readText, type Row } from "./row-text.ts";
import { readCount } from "./selection-count.ts";
import { shownLists, type ShownList } from "./shown-list.ts";

interface Looked {
  list: ShownList | null;
  /** Whose page this is. */
  contact: SelectedRow[];
}

/** All about a page's selection that need not be remembered while nobody asks. */
export function lookCloser(recipe: Recipe, page: Document, { list, contact }: Looked, selection: Selection): Selection {
  const rows = selection.rows.length > 0 ? selection.rows : readOther(recipe, page, { list, contact });
  const changed = rows.length === 0 && isChanged(recipe, page, list);
  return {
    ...selection,
    rows,
    changed,
    // Its count may be where it was, though its list is not.
    claimed: changed ? readCount(recipe, page, null) : selection.claimed,
    everything: list !== null && readText([page.documentElement], recipe.everything) !== null,
    recordUrl: recordUrl(recipe, page.location),
  };
}

/** Where nothing is ticked: the row that stands open, or whose page this is. */
function readOther(recipe: Recipe, page: Document, { list, contact }: Looked): SelectedRow[] {
  if (list === null || list.ticked.length > 0) return contact;
  for (const one of shownLists(recipe, page)) {
    const row = openRow(one);
    if (row !== null) return [one.read(row)];
  }
  return contact;
}

/** The row that stands open beside a list, where it can be read. */
export function openRow({ recipe, parts }: ShownList): Row | null {
  for (const part of parts) {
    const mark = recipe.open && part.container.querySelector(recipe.open);
    const row = mark && part.around(mark);
    if (row && part.key([row]) !== null) return [row];
  }
  return null;
}

function recordUrl({ recordLink }: Recipe, { origin, pathname }: Location): string | null {
  if (recordLink === null) return null;
  const { base, to } = recordLink;
  const begin = base === null ? "" : new RegExp(base).exec(triedPart(pathname))?.[1];
  return begin === undefined ? null : origin + begin + to;
}
