import { browser } from "./browser.ts";
import { focusCrmTab, orderPage } from "./crm-tabs.ts";
import type { Panels } from "./panels.ts";

const keyOf = (tabId: number) => `open:${tabId}`;

/**
 * Brings a thread in front of the user: in a CRM tab where there is one, else in a tab of its own. The wish is kept in
 * `storage.session` until a panel of that tab takes it, since page and panel may have yet to load.
 */
export async function openThread(panels: Panels, groupId: string | null): Promise<void> {
  const tabId = await focusCrmTab();
  if (tabId === null) return openOwnTab(groupId);
  if (groupId !== null && panels.sayIn(tabId, { kind: "open_group", groupId })) return;
  await rememberOpening(tabId, groupId);
  // A page that is still loading hears of it in the answer to its hello.
  await orderPage(tabId, { kind: "open_panel" });
}

async function openOwnTab(groupId: string | null): Promise<void> {
  const { id } = await browser.tabs.create({ url: browser.runtime.getURL("panel.html") });
  if (id !== undefined) await rememberOpening(id, groupId);
}

/** The next panel of that tab comes up by itself, with this thread; null for none in particular. */
export async function rememberOpening(tabId: number, groupId: string | null): Promise<void> {
  await browser.storage.session.set({ [keyOf(tabId)]: groupId ?? "" });
}

/** Whether a thread waits for a panel in that tab. */
export async function isOpeningIn(tabId: number): Promise<boolean> {
  const key = keyOf(tabId);
  return (await browser.storage.session.get(key))[key] !== undefined;
}

/** The thread that waits for a panel in that tab, handed out once. */
export async function takeOpening(tabId: number): Promise<string | null> {
  const key = keyOf(tabId);
  const kept = (await browser.storage.session.get(key))[key] as string | undefined;
  if (kept !== undefined) await browser.storage.session.remove(key);
  return kept || null;
}
