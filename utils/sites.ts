import { browser } from "./browser.ts";
import { forgetPresence } from "./presence.ts";
import { originPattern, readSettings, writeSettings } from "./settings.ts";

const SCRIPT_ID = "crm";
const SCRIPT = "crm.js";

/** What came of asking for a site: `unsafe_address` is one that the manifest does not let us ask for. */
export type Leave = "granted" | "denied" | "unsafe_address";

/** Shows the handle on a CRM site. Call it straight from a click: the browser asks the user, and only answers to a click. */
export async function enableSite(url: string): Promise<Leave> {
  const { origin } = new URL(url);
  // First of all, and with nothing awaited before it: the click does not outlive a wait.
  const leave = await askLeave(origin);
  if (leave !== "granted") return leave;
  const { sites } = await readSettings();
  if (!sites.includes(origin)) await writeSettings({ sites: [...sites, origin] });
  return leave;
}

export async function disableSite(origin: string): Promise<void> {
  const { sites } = await readSettings();
  await writeSettings({ sites: sites.filter((site) => site !== origin) });
  await forgetPresence(origin);
}

/** Asks the browser's leave to talk to a backend; to be called straight from a click as well. */
export function allowBackend(url: string): Promise<Leave> {
  return askLeave(url);
}

async function askLeave(url: string): Promise<Leave> {
  try {
    return (await browser.permissions.request({ origins: [originPattern(url)] })) ? "granted" : "denied";
  } catch {
    // Each browser throws words of its own here; the address tells which of the two it was.
    return isSafe(url) ? "denied" : "unsafe_address";
  }
}

/** Whether the manifest's optional hosts take it in. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "127.0.0.1" || hostname === "localhost";
}

export function mayReach(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(url)] });
}

/**
 * Puts our script into the enabled sites. Registrations do not survive an update of the extension, so this runs at every
 * start. Tabs that are open already get it only when asked: after an update theirs still runs, and offers a refresh.
 */
export async function registerSites({ openTabs }: { openTabs: boolean }): Promise<void> {
  const { sites } = await readSettings();
  const patterns = await permitted([...new Set(sites.map(originPattern))]);
  const known = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  const before = known[0]?.matches ?? [];
  if (patterns.length === before.length && patterns.every((pattern) => before.includes(pattern))) return;
  if (known.length > 0) await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
  if (patterns.length === 0) return;
  await browser.scripting.registerContentScripts([
    { id: SCRIPT_ID, js: [SCRIPT], matches: patterns, runAt: "document_idle", persistAcrossSessions: true },
  ]);
  if (openTabs) await runInOpenTabs(patterns.filter((pattern) => !before.includes(pattern)));
}

async function permitted(patterns: string[]): Promise<string[]> {
  const granted = await Promise.all(patterns.map((pattern) => browser.permissions.contains({ origins: [pattern] })));
  return patterns.filter((_, index) => granted[index]);
}

async function runInOpenTabs(patterns: string[]): Promise<void> {
  if (patterns.length === 0) return;
  for (const { id } of await browser.tabs.query({ url: patterns })) {
    // A tab that closes or leaves meanwhile has nothing to show anyway.
    if (id !== undefined)
      await browser.scripting.executeScript({ target: { tabId: id }, files: [SCRIPT] }).catch(ignore);
  }
}

function ignore(): void {}
