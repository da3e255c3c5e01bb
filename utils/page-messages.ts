import type { Recipe } from "@partyline/contract/recipe";
import type { Selection } from "./selection.ts";

/**
 * What the script in a CRM page and the background say to each other. Deliberately little: a page script can tell what is
 * selected and ask for its recipe, and nothing else.
 */
export interface PageHello {
  kind: "page_hello";
}

/** Null where this site is not enabled: the script then leaves the page alone. */
export type PageWelcome = { recipes: Recipe[]; unread: number; openPanel: boolean } | null;

export const PAGE_PORT = "page";

/** On the port that is open while somebody wants this page's selection. */
export type PageReport = { kind: "selection"; selection: Selection } | { kind: "panel"; nonce: string };

/** From the background to the page. */
export type PageOrder =
  | { kind: "unread"; count: number }
  | { kind: "open_panel" }
  | { kind: "close_panel" }
  | { kind: "toggle_panel" }
  /** A panel outside this page (side panel or tab) wants the selection, or no longer. */
  | { kind: "report"; on: boolean };
