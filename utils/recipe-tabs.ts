import type { Recipe } from "@partyline/contract/recipe";
import { browser } from "./browser.ts";
import { findCrmTabs, isOnSite } from "./crm-tabs.ts";
import type { CrmTab } from "./models/recipe-trial.ts";
import { TRIAL_FUNCTION, type Trial } from "./trial.ts";

const SCRIPT = "trial.js";

export async function listCrmTabs(): Promise<CrmTab[]> {
  const tabs = await findCrmTabs();
  return tabs.flatMap(({ id, title, url }) =>
    id === undefined || url === undefined ? [] : [{ id, url, title: title ?? url }],
  );
}

/** Reads an open page once, with the first of these that fits it; null where the user or the browser does not let us. */
export async function tryRecipesOn(tabId: number, recipes: readonly Recipe[]): Promise<Trial | null> {
  const target = { tabId };
  // As text: Chromium leaves out what is null in arguments.
  const args = [TRIAL_FUNCTION, JSON.stringify(recipes)];
  try {
    if (!(await isOnSite((await browser.tabs.get(tabId)).url))) return null;
    await browser.scripting.executeScript({ target, files: [SCRIPT] });
    const [answer] = await browser.scripting.executeScript({ target, func: runTrial, args });
    return typeof answer?.result === "string" ? (JSON.parse(answer.result) as Trial) : null;
  } catch {
    // The tab is gone, shows an error of the browser's, or its site is not allowed any more.
    return null;
  }
}

/** Runs in the page's tab, beside the script: it can use nothing from this file. */
function runTrial(name: string, recipes: string): string | undefined {
  const world = globalThis as unknown as Record<string, ((recipes: string) => string) | undefined>;
  const run = world[name];
  delete world[name];
  return run?.(recipes);
}
