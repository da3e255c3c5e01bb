import type { CrmAccount } from "@partyline/domain/crm-account";
import { tabsOfAccount } from "./account-tabs.ts";
import type { Wish } from "./background-calls.ts";
import { browser, type Tabs } from "./browser.ts";
import { findCrmTabs, focusCrmTab, orderPage } from "./crm-tabs.ts";
import type { Panels } from "./panels.ts";

const keyOf = (tabId: number) => `open:${tabId}`;

/**
 * Brings a thread in front of the user: in a side panel where one is open, else in a CRM tab where there is one, else in a
 * tab of its own, and so too where every CRM tab is of other accounts: over those it would seem to be theirs. The wish is kept in `storage.session` until a panel of that tab takes it, since page and panel may have
 * yet to load.
 */
export async function openThread(panels: Panels, groupId: string | null, own: CrmAccount | null): Promise<void> {
  const wish: Wish | null = groupId === null ? null : { kind: "open_group", groupId };
  const tabs = await findCrmTabs();
  const [tab] = await tabsOfAccount(tabs, own);
  if (wish !== null && (await openBeside(panels, tab, wish))) return;
  const areOthers = tab === undefined && tabs.length > 0;
  const tabId = areOthers ? null : await focusCrmTab(tab);
  if (tabId === null) await openOwnTab(wish);
  else await openInPage(panels, tabId, wish);
}

/** Answers whether a side panel took it. */
async function openBeside(panels: Panels, crm: Tabs.Tab | undefined, wish: Wish): Promise<boolean> {
  const beside = crm?.windowId === undefined ? null : panels.sayBeside(crm.windowId, wish);
  const windowId = beside ?? panels.sayBeside("any", wish);
  if (windowId !== null) await browser.windows.update(windowId, { focused: true });
  return windowId !== null;
}

/** Fulfils a wish in a tab: in the panel of its page, in the side panel beside it, or in a panel that opens for it. */
export async function openInTab(
  panels: Panels,
  tabId: number,
  windowId: number | undefined,
  wish: Wish,
): Promise<void> {
  if (panels.sayIn(tabId, wish)) return;
  if (windowId !== undefined && panels.sayBeside(windowId, wish) !== null) return;
  await openInPage(panels, tabId, wish);
}

async function openInPage(panels: Panels, tabId: number, wish: Wish | null): Promise<void> {
  if (wish !== null && panels.sayIn(tabId, wish)) return;
  await rememberOpening(tabId, wish);
  // A page that is still loading hears of it in the answer to its hello; one that has loaded without us never will.
  if (await orderPage(tabId, { kind: "open_panel" })) return;
  const { status } = await browser.tabs.get(tabId);
  if (status === "complete") await openOwnTab(await takeOpening(tabId));
}

export async function openOwnTab(wish: Wish | null): Promise<void> {
  const { id } = await browser.tabs.create({ url: browser.runtime.getURL("panel.html") });
  if (id !== undefined) await rememberOpening(id, wish);
}

/** The next panel of that tab comes up by itself, for this; null for nothing in particular. */
export async function rememberOpening(tabId: number, wish: Wish | null): Promise<void> {
  await browser.storage.session.set({ [keyOf(tabId)]: wish ?? "" });
}

/** Whether something waits for a panel in that tab. */
export async function isOpeningIn(tabId: number): Promise<boolean> {
  const key = keyOf(tabId);
  return (await browser.storage.session.get(key))[key] !== undefined;
}

export async function forgetOpening(tabId: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tabId));
}

/** What waits for a panel in that tab, handed out once. */
export async function takeOpening(tabId: number): Promise<Wish | null> {
  const key = keyOf(tabId);
  const kept = (await browser.storage.session.get(key))[key] as Wish | "" | undefined;
  if (kept !== undefined) await browser.storage.session.remove(key);
  return kept || null;
}
