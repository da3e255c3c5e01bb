import type { Runtime } from "./browser.ts";
import { isOnSite } from "./crm-tabs.ts";
import type { PageHello, PageWelcome } from "./page-messages.ts";
import { readPageWords, type Say } from "./page-words.ts";
import type { Panels } from "./panels.ts";
import { readPresence } from "./presence.ts";
import { readRecipeBook, recipesInUse } from "./recipe-book.ts";
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
    recipes: recipesInUse(new URL(url).hostname, (await readRecipeBook()).known),
    words: readPageWords(say),
    presence: await readPresence(new URL(url).origin),
    unread: await countUnread(),
    openPanel: await isOpeningIn(tab.id),
    report: panels.isFollowed(tab.id),
  };
}
