import { browser } from "./browser.ts";
import { originPattern, readSettings, writeSettings } from "./settings.ts";
import { forgetSiteData } from "./site-data.ts";

const SCRIPT_ID = "crm";
const SCRIPT = "crm.js";

/** What came of asking for a site: `unsafe_address` is one that the manifest does not let us ask for. */
export type Leave = "granted" | "denied" | "unsafe_address";

/** Shows the handle on a CRM site. Call it straight from a click: the browser asks the user, and only answers to a click. */
export async function enableSite(url: string): Promise<Leave> {
  const { origin } = new URL(url);
  // First of all, and with nothing awaited before it: the click does not outlive a wait.
  const leave = await askLeave(origin);
  if (leave === "granted") await addSite(origin);
  return leave;
}

/** Enables a site that the browser lets us into. */
export async function addSite(origin: string): Promise<void> {
  const pattern = originPattern(origin);
  const isCovered = (await registeredPatterns()).includes(pattern);
  const before = await changeSites((sites) => [...new Set([...sites, origin])]);
  if (before.includes(origin)) return;
  // A neighbour with another port brought the registration, so that it does not change, and nobody else looks at open tabs.
  if (isCovered) await runInOpenTabs([pattern], (url) => url.startsWith(`${origin}/`));
}

/** Takes back everything that enabling brought: the script, what was kept about the site, and the browser's leave. */
export async function disableSite(origin: string): Promise<void> {
  await changeSites((sites) => sites.filter((site) => site !== origin));
  await forgetSiteData(origin);
  await giveBackLeave(origin);
}

/** After the user took a permission away in the browser's own settings: those sites are enabled no more. */
export async function disableUnreachable(): Promise<void> {
  const { sites } = await readSettings();
  const reachable = await Promise.all(sites.map((site) => mayReach(site)));
  const lost = sites.filter((_, index) => !reachable[index]);
  if (lost.length === 0) return;
  await changeSites((now) => now.filter((site) => !lost.includes(site)));
  for (const site of lost) await forgetSiteData(site);
}

/** Two that are enabled or disabled at once, here and in the options, are both. Answers what they were before. */
function changeSites(change: (sites: string[]) => string[]): Promise<string[]> {
  return navigator.locks.request("sites", async () => {
    const { sites } = await readSettings();
    await writeSettings({ sites: change(sites) });
    return sites;
  });
}

/** Sites share a permission where only their ports differ, and one of them may be the backend's. */
async function giveBackLeave(origin: string): Promise<void> {
  const { sites, backend } = await readSettings();
  const needed = [...sites, ...(backend === null ? [] : [backend])].map(originPattern);
  const granted = browser.runtime.getManifest().host_permissions ?? [];
  const pattern = originPattern(origin);
  if (![...needed, ...granted].includes(pattern)) await browser.permissions.remove({ origins: [pattern] });
}

/** Asks the browser's leave to reach a site or a backend; to be called straight from a click as well. */
export async function askLeave(url: string): Promise<Leave> {
  try {
    return (await browser.permissions.request({ origins: [originPattern(url)] })) ? "granted" : "denied";
  } catch {
    // Each browser throws words of its own here; the address tells which of the two it was.
    return isAskable(url) ? "denied" : "unsafe_address";
  }
}

/** Whether the manifest's hosts take it in. */
export function isAskable(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && (hostname === "127.0.0.1" || hostname === "localhost"));
}

export function mayReach(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(url)] });
}

/** What the browser lets us into of the enabled sites. */
export async function sitePatterns(): Promise<string[]> {
  const { sites } = await readSettings();
  return permitted([...new Set(sites.map(originPattern))]);
}

let registering: Promise<void> = Promise.resolve();

/**
 * Puts our script into the enabled sites. Registrations do not survive an update of the extension, so this runs at every
 * start, and one run after the other. Tabs that are open already get it only when asked: after an update theirs still
 * runs, and offers a refresh.
 */
export function registerSites({ openTabs }: { openTabs: boolean }): Promise<void> {
  registering = registering.then(() => register(openTabs)).catch(ignore);
  return registering;
}

async function register(openTabs: boolean): Promise<void> {
  const patterns = await sitePatterns();
  const before = await registeredPatterns();
  if (patterns.length === before.length && patterns.every((pattern) => before.includes(pattern))) return;
  if (before.length > 0) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
  if (patterns.length === 0) return;
  await browser.scripting.registerContentScripts([
    { id: SCRIPT_ID, js: [SCRIPT], matches: patterns, runAt: "document_idle", persistAcrossSessions: true },
  ]);
  if (openTabs) await runInOpenTabs(patterns.filter((pattern) => !before.includes(pattern)));
}

async function registeredPatterns(): Promise<string[]> {
  const [known] = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  return known?.matches ?? [];
}

async function permitted(patterns: string[]): Promise<string[]> {
  const granted = await Promise.all(patterns.map((pattern) => browser.permissions.contains({ origins: [pattern] })));
  return patterns.filter((_, index) => granted[index]);
}

async function runInOpenTabs(patterns: string[], isMeant: (url: string) => boolean = () => true): Promise<void> {
  if (patterns.length === 0) return;
  for (const { id, url } of await browser.tabs.query({ url: patterns })) {
    // A tab that closes or leaves meanwhile has nothing to show anyway.
    if (id !== undefined && isMeant(url ?? ""))
      await browser.scripting.executeScript({ target: { tabId: id }, files: [SCRIPT] }).catch(ignore);
  }
}

function ignore(): void {}
