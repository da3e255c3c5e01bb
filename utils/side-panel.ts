import { browser, type Tabs } from "./browser.ts";

/** The two browsers' own homes for a panel, of which the polyfill knows neither. */
interface Beside {
  sidePanel?: { open: (where: { tabId: number }) => Promise<void> };
  sidebarAction?: { open: () => Promise<void> };
  tabs?: Tabs.Static;
}

const { sidePanel, sidebarAction, tabs } = browser as unknown as Beside;

/** Opens the panel in the browser's own side panel, beside that tab. Straight from a click, with nothing awaited before. */
export function openSidePanel(tabId: number): Promise<void> {
  return sidePanel?.open({ tabId }) ?? sidebarAction?.open() ?? Promise.resolve();
}

/**
 * How a panel in somebody's page gets to the side of the browser; null where it is in no page. Firefox gives a frame
 * neither its sidebar nor its tab: there, only the browser's own button and the toolbar icon's menu lead to the sidebar.
 */
export async function findWayBeside(): Promise<(() => Promise<void>) | null> {
  if (!isFramed() || tabs === undefined) return null;
  const tab = await tabs.getCurrent();
  const tabId = tab?.id;
  return tabId === undefined ? null : () => openSidePanel(tabId);
}

/** The window that this page of ours belongs to; null in somebody's page. */
export async function ownWindowId(): Promise<number | null> {
  return isFramed() ? null : ((await browser.windows.getCurrent()).id ?? null);
}

function isFramed(): boolean {
  return globalThis.top !== globalThis.self;
}
