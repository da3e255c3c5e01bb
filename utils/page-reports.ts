import { browser, type Runtime, type Tabs } from "./browser.ts";
import { findCrmTabs, isOnSite } from "./crm-tabs.ts";
import type { PageStructure, StructureReport } from "./structure-report.ts";

const REPORT_SCRIPT = "crm-report.js";
const KEPT = 5;
/** Its site ends the key of each report, so that they go with it; see `forgetSiteData`. */
const keyOf = (site: string) => `reports:${site}`;

/** Looks at what the page that a panel belongs to is built of; null where it cannot be looked at. */
export async function reportPage(sender: Runtime.MessageSender, now: () => number): Promise<StructureReport | null> {
  const tab = await tabOf(sender);
  const seen = tab?.id === undefined ? null : await lookAt(tab.id).catch(() => null);
  if (seen === null) return null;
  const at = new Date(now()).toISOString();
  const report = { at, version: browser.runtime.getManifest().version, ...seen.structure };
  await navigator.locks.request("reports", () => keep(seen.site, report));
  return report;
}

/** The last few of all sites together. */
async function keep(site: string, report: StructureReport): Promise<void> {
  const kept = await readKept();
  const last = new Set(newestFirst([report, ...Object.values(kept).flat()]).slice(0, KEPT));
  const bySite = Object.entries({ ...kept, [keyOf(site)]: [report, ...(kept[keyOf(site)] ?? [])] });
  const left = bySite.map(([key, reports]) => [key, reports.filter((one) => last.has(one))] as const);
  await browser.storage.local.set(Object.fromEntries(left));
}

async function readKept(): Promise<Record<string, StructureReport[]>> {
  const all = (await browser.storage.local.get()) as Record<string, StructureReport[]>;
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith(keyOf(""))));
}

function newestFirst(reports: readonly StructureReport[]): StructureReport[] {
  return reports.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

/** The last few, the newest first. */
export async function readReports(): Promise<StructureReport[]> {
  return newestFirst(Object.values(await readKept()).flat());
}

export async function forgetReports(): Promise<void> {
  await browser.storage.local.remove(Object.keys(await readKept()));
}

/** Those from before each had its site in its key: nobody can tell any more which of them would go with which. */
export async function forgetOldReports(): Promise<void> {
  await browser.storage.local.remove("reports");
}

export function onReportsChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && Object.keys(changes).some((key) => key.startsWith(keyOf("")))) listener();
  });
}

/** The page that frames the panel; else the one in front of the user, or the CRM's that was last. */
async function tabOf({ tab, frameId }: Runtime.MessageSender): Promise<Tabs.Tab | undefined> {
  if (frameId !== 0 && tab !== undefined) return tab;
  const [inFront] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return (await isOnSite(inFront?.url)) ? inFront : (await findCrmTabs())[0];
}

async function lookAt(tabId: number): Promise<{ site: string; structure: PageStructure } | null> {
  const { url } = await browser.tabs.get(tabId);
  if (url === undefined || !(await isOnSite(url))) return null;
  const target = { tabId, frameIds: [0] };
  const [answer] = await browser.scripting.executeScript({ target, files: [REPORT_SCRIPT] });
  const structure = answer?.result as PageStructure | undefined;
  return structure ? { site: new URL(url).origin, structure } : null;
}
