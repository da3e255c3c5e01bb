import type { Recipe } from "@partyline/contract/recipe";
import type { PageWords } from "./page-words.ts";
import type { Presence } from "./presence.ts";
import type { Selection } from "./selection.ts";

/**
 * What the script in a CRM page and the background say to each other. Deliberately little: a page script can tell what is
 * selected and ask for its recipes, and nothing else.
 */
export interface PageHello {
  kind: "page_hello";
}

/** Somebody is about to move what we show in the page: the script for that is wanted. */
export interface PageMoving {
  kind: "page_moving";
}

/** Somebody uses the page or wants its selection: the script that reads it is wanted, and the recipes to read it by. */
export interface PageReading {
  kind: "page_reading";
}
/** Null where this site is not enabled. */
export type PageRecipes = Recipe[] | null;

/** Somebody moved what we show in the page. */
export interface PagePlaced {
  kind: "page_placed";
  changes: Partial<Presence>;
}

/** Null where this site is not enabled: the script then leaves the page alone. */
export type PageWelcome = {
  /** Another one where the page would be read by other recipes than before. */
  recipesMark: string;
  words: PageWords;
  presence: Presence;
  unread: number;
  openPanel: boolean;
  /** Whether a panel outside this page wants the selection. */
  report: boolean;
} | null;

export const PAGE_PORT = "page";

/** On the port that is open while somebody wants this page's selection. */
export type PageReport =
  | { kind: "selection"; selection: Selection }
  /** The panel that the page makes a frame for; null once it is closed. */
  | { kind: "panel"; nonce: string | null };

/** From the background to the page. */
export type PageOrder =
  | { kind: "unread"; count: number }
  | { kind: "open_panel" }
  | { kind: "close_panel" }
  | { kind: "toggle_panel" }
  | { kind: "presence"; presence: Presence }
  /** Sites or permissions changed: whether this is still one of ours is to be asked again. */
  | { kind: "check_site" }
  /** A panel outside this page (side panel or tab) wants the selection, or no longer. */
  | { kind: "report"; on: boolean };
