import type { Recipe } from "@partyline/contract/recipe";
import type { Runtime } from "./browser.ts";
import { isOnSite } from "./crm-tabs.ts";
import type { PageHello, PageWelcome } from "./page-messages.ts";
import { readPageWords, type Say } from "./page-words.ts";
import type { Panels } from "./panels.ts";
import { recipesAt } from "./page-reading.ts";
import { readPresence } from "./presence.ts";
import { mayReach } from "./sites.ts";
import { isOpeningIn } from "./thread-opening.ts";

export function isPageHello(message: unknown): message is PageHello {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "page_hello";
}

export interface Welcoming {
  countUnread: () => Promise<number>;
  panels: Pick<Panels, "isFollowed">;
  say: Say;
}

/** What a page script is told at its start. Nothing at all in pages that only share a host with an enabled site. */
export async function welcomePage(
  sender: Runtime.MessageSender,
  { countUnread, panels, say }: Welcoming,
): Promise<PageWelcome> {
  const { url, tab } = sender;
  if (url === undefined || tab?.id === undefined || !(await isOnSite(url)) || !(await mayReach(url))) return null;
  return {
    recipesMark: await markOf(await recipesAt(url)),
    words: readPageWords(say),
    presence: await readPresence(new URL(url).origin),
    unread: await countUnread(),
    openPanel: await isOpeningIn(tab.id),
    report: panels.isFollowed(tab.id),
  };
}

/** All recipes together take more of a page's memory than everything else of ours: most pages never need them. */
async function markOf(recipes: readonly Recipe[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(recipes)));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
