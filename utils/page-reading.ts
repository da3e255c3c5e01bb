import { browser, type Runtime } from "./browser.ts";
import { isOnSite } from "./crm-tabs.ts";
import type { PageReading } from "./page-messages.ts";

const READING_SCRIPT = "crm-reading.js";

export function isPageReading(message: unknown): message is PageReading {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "page_reading";
}

/** Gives a page the script that it asked for. */
export async function letRead({ url, tab, frameId }: Runtime.MessageSender): Promise<void> {
  if (tab?.id === undefined || frameId !== 0 || !(await isOnSite(url))) return;
  await browser.scripting.executeScript({ target: { tabId: tab.id }, files: [READING_SCRIPT] });
}
