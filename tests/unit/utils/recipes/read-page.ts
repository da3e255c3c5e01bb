import { Recipe, type RecipeSource } from "@partyline/contract/recipe";
import { createSelectionReader, type SelectionReader } from "../../../../utils/page/selection-reader.ts";

/** A reader over a page at this address with this markup. */
export function openPage(recipe: RecipeSource, address: string, html: string): SelectionReader {
  location.href = address;
  document.body.innerHTML = html;
  return createSelectionReader(Recipe.parse(recipe), document);
}

export const ids = (reader: SelectionReader) => reader.read().rows.map(({ contactId }) => contactId);
