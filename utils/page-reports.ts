import { browser, type Runtime, type Tabs } from "./browser.ts";
import { findCrmTabs, isOnSite } from "./crm-tabs.ts";
import type { PageStructure, StructureReport } from "./structure-report.ts";

const REPORT_SCRIPT = "crm-report.js";
const KEPT = 5;

/** Looks at what the page that a panel belongs to is built of; null where it cannot be looked at. */
export async function reportPage(sender: Runtime.MessageSender, now: () => number): Promise<StructureReport | null> {
  const tab = await tabOf(sender);
  const structure = tab?.id === undefined ? null : await lookAt(tab.id).catch(() => null);
  if (structure === null) return null;
  const report = { at: new Date(now()).toISOString(), version: browser.runtime.getManifest().version, ...structure };
  await browser.storage.local.set({ reports: [report, ...(await readReports())].slice(0, KEPT) });
  return report;
}

/** The last few, the newest first. */
export async function readReports(): Promise<StructureReport[]> {
  const { reports } = (await browser.storage.local.get("reports")) as { reports?: StructureReport[] };
  return reports ?? [];
}

export async function forgetReports(): Promise<void> {
  await browser.storage.local.remove("reports");
}

export function onReportsChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && "reports" in changes) listener();
  });
}

/** The page that frames the panel; else the one in front of the user, or the CRM's that was last. */
async function tabOf({ tab, frameId }: Runtime.MessageSender): Promise<Tabs.Tab | undefined> {
  if (frameId !== 0 && tab !== undefined) return tab;
  const [inFront] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return (await isOnSite(inFront?.url)) ? inFront : (await findCrmTabs())[0];
}

async function lookAt(tabId: number): Promise<PageStructure | null> {
  const { url } = await browser.tabs.get(tabId);
  if (!(await isOnSite(url))) return null;
  const target = { tabId, frameIds: [0] };
  const [answer] = await browser.scripting.executeScript({ target, files: [REPORT_SCRIPT] });
  return (answer?.result as PageStructure | undefined) ?? null;
}
