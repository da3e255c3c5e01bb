import type { Recipe } from "@partyline/contract/recipe";
import type { SelectedRow } from "../selection.ts";
import { createRowReader } from "./row-reader.ts";
import { matchAddress } from "./row-text.ts";

/** A contact's own page, and a conversation with them, select that contact. */
export function readContactPage({ contactPages }: Recipe, page: Document): SelectedRow[] {
  for (const recipe of contactPages) {
    const match = matchAddress(recipe.at, page);
    if (match === null) continue;
    const row = createRowReader({ ...recipe, columns: null }, page.body).read([page.documentElement]);
    if (match[1] !== undefined) row.contactId = decoded(match[1]);
    if (row.contactId !== null || row.phone !== null) return [row];
  }
  return [];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
