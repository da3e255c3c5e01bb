import type { Recipe } from "@partyline/contract/recipe";
import { browser, type Runtime } from "./browser.ts";
import { isOnSite } from "./crm-tabs.ts";
import type { PageReading, PageRecipes } from "./page-messages.ts";
import { readRecipeBook, recipesInUse } from "./recipe-book.ts";

const READING_SCRIPT = "crm-reading.js";

export function isPageReading(message: unknown): message is PageReading {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "page_reading";
}

/** Gives a page the script that it asked for, and then the recipes. */
export async function letRead({ url, tab, frameId }: Runtime.MessageSender): Promise<PageRecipes> {
  if (url === undefined || tab?.id === undefined || frameId !== 0 || !(await isOnSite(url))) return null;
  await browser.scripting.executeScript({ target: { tabId: tab.id }, files: [READING_SCRIPT] });
  return recipesAt(url);
}

/** The recipes that a page may be read by. */
export async function recipesAt(url: string): Promise<Recipe[]> {
  return recipesInUse(new URL(url).hostname, (await readRecipeBook()).known);
}
