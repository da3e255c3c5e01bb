import type { RecipeSource } from "@partyline/contract/recipe";
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
