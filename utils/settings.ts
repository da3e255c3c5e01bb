import { browser } from "./browser.ts";

/** What the user chose on the options page, in `storage.local`; builds for the sandbox start with answers of their own. */
export interface Settings {
  /** The backend's origin, such as "https://text.example.com"; null until one is chosen. */
  backend: string | null;
  /** Origins of the CRM sites where the handle shows. */
  sites: string[];
}

const SANDBOX = import.meta.env.MODE === "sandbox";
const DEFAULTS: Settings = {
  backend: import.meta.env.WXT_BACKEND_URL ?? (SANDBOX ? "http://127.0.0.1:4310" : null),
  sites: import.meta.env.WXT_CRM_URL?.split(",") ?? (SANDBOX ? ["http://127.0.0.1:4311", "http://localhost:4311"] : []),
};

export async function readSettings(): Promise<Settings> {
  const kept: Partial<Settings> = await browser.storage.local.get(["backend", "sites"]);
  return { backend: kept.backend ?? DEFAULTS.backend, sites: kept.sites ?? DEFAULTS.sites };
}

export async function writeSettings(changed: Partial<Settings>): Promise<void> {
  await browser.storage.local.set(changed);
}

/** Calls with the settings after each change, whichever page made it. */
export function onSettingsChanged(listener: (settings: Settings) => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && ("backend" in changes || "sites" in changes)) void readSettings().then(listener);
  });
}

/** The permission that reaching an origin needs: without its port, which Firefox's match patterns do not know. */
export function originPattern(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}
