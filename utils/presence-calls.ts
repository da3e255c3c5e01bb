import type { BackgroundCalls } from "./background-calls.ts";
import { browser, type Runtime } from "./browser.ts";
import { findCrmTabs, isOnSite, orderPage } from "./crm-tabs.ts";
import type { PageMoving, PagePlaced } from "./page-messages.ts";
import { changePresence, readPresence, type Presence } from "./presence.ts";
import { readSettings } from "./settings.ts";

const MOVING_SCRIPT = "crm-moving.js";

export function isPagePlaced(message: unknown): message is PagePlaced {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "page_placed";
}

export function isPageMoving(message: unknown): message is PageMoving {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "page_moving";
}

/** Gives a page the script that it asked for. */
export async function letMove({ url, tab, frameId }: Runtime.MessageSender): Promise<void> {
  if (tab?.id === undefined || frameId !== 0 || !(await isOnSite(url))) return;
  await browser.scripting.executeScript({ target: { tabId: tab.id }, files: [MOVING_SCRIPT] });
}

/** Somebody moved the handle or the panel's edge in a page: kept for its site, and followed by the site's other tabs. */
export async function keepPlaced({ url, tab }: Runtime.MessageSender, { changes }: PagePlaced): Promise<void> {
  if (url === undefined || !(await isOnSite(url))) return;
  await change(new URL(url).origin, changes, tab?.id);
}

type PresenceCalls = Pick<BackgroundCalls, "read_presence" | "change_presence" | "hidden_handles" | "show_handle">;

/** What a panel may change of the page that frames it, and the options page of every site. */
export function presenceCallsFor(sender: Runtime.MessageSender): PresenceCalls {
  const site = framingSite(sender);
  return {
    async read_presence() {
      return site !== null && (await isOnSite(site)) ? { site, presence: await readPresence(site) } : null;
    },
    async change_presence(changes) {
      if (site !== null && (await isOnSite(site))) await change(site, changes);
    },
    async hidden_handles() {
      const { sites } = await readSettings();
      const shown = await Promise.all(sites.map(async (one) => (await readPresence(one)).handle));
      return sites.filter((_, index) => shown[index] === false);
    },
    async show_handle(hidden) {
      if ((await readSettings()).sites.includes(hidden)) await change(hidden, { handle: true });
    },
  };
}

async function change(site: string, changes: Partial<Presence>, movedIn?: number): Promise<void> {
  const presence = await changePresence(site, changes);
  for (const { id, url } of await findCrmTabs()) {
    // The page where it was moved is there already, and may have been moved on meanwhile.
    const isOther = id !== movedIn && url !== undefined && new URL(url).origin === site;
    if (id !== undefined && isOther) void orderPage(id, { kind: "presence", presence });
  }
}

/** Null for the side panel and a panel in a tab of its own. */
function framingSite({ tab, frameId }: Runtime.MessageSender): string | null {
  return frameId === 0 || tab?.url === undefined ? null : new URL(tab.url).origin;
}
