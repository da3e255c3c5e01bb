import type { ListRecipe } from "@partyline/contract/recipe";
import type { Selection } from "./selection.ts";

/** What a recipe read in a tab and from where, for whoever writes or mends one. */
export interface Trial {
  selection: Selection;
  /** Recipes that do not fit this page, each by what it says of itself. */
  passed: { recipeId: string; why: "path" | "signature" | "unusable" }[];
  list: TriedList | null;
  rows: TriedRow[];
  count: Found | null;
  everything: Found | null;
}

export interface TriedList {
  kind: ListRecipe["kind"];
  container: Found;
  rows: number;
  ticked: number;
}

export interface TriedRow {
  contactId: Found | null;
  name: Found | null;
  phone: Found | null;
}

/** A text, and what of the recipe found it. */
export interface Found {
  text: string;
  /** JSON Pointer into the recipe. */
  pointer: string;
  /** What stands there: selector, attribute and pattern. */
  source: string;
}

/** The function that the trial's script leaves in its own world for one call. */
export const TRIAL_FUNCTION = "partylineTrial";
