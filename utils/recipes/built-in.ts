import type { RecipeSource } from "@partyline/contract/recipe";
import { HIGHLEVEL, HIGHLEVEL_ANYWHERE } from "./highlevel.ts";
import { HUBSPOT } from "./hubspot.ts";
import { SAMPLE_CRM } from "./sample-crm.ts";

/** What the extension knows by itself; the backend may publish newer ones. */
export const BUILT_IN: readonly RecipeSource[] = [HIGHLEVEL, HIGHLEVEL_ANYWHERE, HUBSPOT, SAMPLE_CRM];
