import { describeFaults, faultsOf } from "@partyline/contract/faults";
import { Recipe, type RecipeSource } from "@partyline/contract/recipe";
import { ESPOCRM } from "./espocrm.ts";
import { GENERIC } from "./generic.ts";
import { HIGHLEVEL, HIGHLEVEL_ANYWHERE } from "./highlevel.ts";
import { HUBSPOT } from "./hubspot.ts";
import { PIPEDRIVE } from "./pipedrive.ts";
import { SALESFORCE } from "./salesforce.ts";
import { SAMPLE_CRM } from "./sample-crm.ts";
import { TWENTY } from "./twenty.ts";
import { ZOHO } from "./zoho.ts";

/** What the extension knows by itself; the backend may publish newer ones. */
export const BUILT_IN: readonly RecipeSource[] = [
  HIGHLEVEL,
  HIGHLEVEL_ANYWHERE,
  HUBSPOT,
  SALESFORCE,
  PIPEDRIVE,
  ZOHO,
  TWENTY,
  ESPOCRM,
  SAMPLE_CRM,
  GENERIC,
];

/** The valid ones of these: a faulty one must not take the pages of every other CRM with it. */
export function validRecipes(sources: readonly RecipeSource[]): Recipe[] {
  return sources.flatMap((source) => {
    const read = Recipe.safeParse(source);
    if (read.success) return [read.data];
    // oxlint-disable-next-line no-console -- where whoever wrote the recipe looks, and nobody else has anything to do
    console.error(`The built-in recipe ${source.id} is left out: ${describeFaults(faultsOf(read.error))}`);
    return [];
  });
}
