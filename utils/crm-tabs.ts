import type { Place } from "./background-calls.ts";
import { browser, type Tabs } from "./browser.ts";
import type { PageOrder } from "./page-messages.ts";
import { originPattern, readSettings } from "./settings.ts";
import { isAskable } from "./sites.ts";

/** Whether a page is on one of the sites the user enabled. */
export async function isOnSite(url: string | undefined): Promise<boolean> {
  const { sites } = await readSettings();
  return url !== undefined && URL.canParse(url) && sites.includes(new URL(url).origin);
}

/** What a panel outside of any page says about the tab it follows. Browsers tell the addresses of few tabs. */
export async function placeOf(url: string | undefined): Promise<Place> {
  if (await isOnSite(url)) return { state: "crm" };
  const { backend } = await readSettings();
  const origin = url !== undefined && isAskable(url) ? new URL(url).origin : null;
  return { state: "stranger", origin: origin === backend ? null : origin };
}

/** Open tabs of enabled sites, the one used last first. */
export async function findCrmTabs(): Promise<Tabs.Tab[]> {
  const { sites } = await readSettings();
  if (sites.length === 0) return [];
  const tabs = await browser.tabs.query({ url: [...new Set(sites.map(originPattern))] });
  return tabs
    .filter((tab) => tab.url !== undefined && sites.includes(new URL(tab.url).origin))
    .toSorted((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0));
}

/** Whether our script in that tab heard it. */
export async function orderPage(tabId: number, order: PageOrder): Promise<boolean> {
  try {
    await browser.tabs.sendMessage(tabId, order, { frameId: 0 });
    return true;
  } catch {
    // No script of ours there: another page, one that is loading, or one from before an update.
    return false;
  }
}

export async function tellUnread(count: number): Promise<void> {
  const tabs = await findCrmTabs();
  const ids = tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
  await Promise.all(ids.map((id) => orderPage(id, { kind: "unread", count })));
}

/** Tells every page of ours that sites or permissions changed: those that lost theirs leave. */
export async function checkPages(): Promise<void> {
  const tabs = await browser.tabs.query({});
  const ids = tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
  await Promise.all(ids.map((id) => orderPage(id, { kind: "check_site" })));
}

/** Brings this tab of a CRM to the front, or opens one; null where no site is enabled. */
export async function focusCrmTab(tab: Tabs.Tab | undefined): Promise<number | null> {
  if (tab?.id !== undefined) {
    await browser.tabs.update(tab.id, { active: true });
    if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
    return tab.id;
  }
  const site = (await readSettings()).sites[0];
  if (site === undefined) return null;
  return (await browser.tabs.create({ url: site })).id ?? null;
}
