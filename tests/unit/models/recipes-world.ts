import { Recipe, type RecipeSource } from "@partyline/contract/recipe";
import type { RecipesGateway } from "../../../utils/models/recipes-model.ts";
import type { KnownRecipe, RecipeBook } from "../../../utils/recipe-book.ts";
import { NOTHING_SELECTED } from "../../../utils/selection.ts";
import type { Trial } from "../../../utils/trial.ts";

const SOURCE: RecipeSource = {
  id: "acme-crm",
  version: 2,
  hosts: ["crm.acme.example"],
  lists: [{ kind: "contacts", container: "table", row: "tr", checked: ":checked", contactId: [{ attribute: "id" }] }],
};
export const ACME: Recipe = Recipe.parse(SOURCE);

export const TAB = { id: 7, title: "Contacts", url: "https://crm.acme.example/contacts" };

export function bookOf(known: KnownRecipe[], rest: Partial<RecipeBook["kept"]> = {}): RecipeBook {
  const kept = { published: null, serial: 0, own: [], tag: null, due: false, trouble: null };
  return { known, unusable: [], kept: { ...kept, checkedAt: Date.parse("2026-11-23T12:00:00Z"), ...rest } };
}

/** What the trial finds where it finds nothing. */
export const NO_TRIAL: Trial = {
  selection: { ...NOTHING_SELECTED, recipeId: "acme-crm" },
  passed: [],
  list: null,
  rows: [],
  count: null,
  everything: null,
};

const done = async () => ({ ok: true as const, value: null });

export function recipesGateway(changed: Partial<RecipesGateway> = {}): RecipesGateway {
  return {
    calls: { check_recipes: done, save_recipe: done, remove_recipe: done },
    readBook: async () => bookOf([{ recipe: ACME, origin: "built_in" }]),
    onBookChanged: () => undefined,
    listTabs: async () => [TAB],
    onSitesChanged: () => undefined,
    tryOn: async () => NO_TRIAL,
    readReports: async () => [],
    onReportsChanged: () => undefined,
    forgetReports: async () => undefined,
    now: () => Date.parse("2026-11-23T12:30:00Z"),
    ...changed,
  };
}
