import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { BrowserKind, BuildKind } from "@partyline/sandbox/extension-build";
import { buildForStore, builtFolder } from "./store-package.ts";

interface Manifest {
  name: string;
  manifest_version: number;
  key?: string;
  permissions: string[];
  host_permissions?: string[];
  optional_host_permissions: string[];
  content_scripts?: unknown;
  externally_connectable?: unknown;
  web_accessible_resources: unknown;
}

/** What browsers ask about, or tell about, when an extension that wants it is installed. */
const WITH_A_WARNING = new Set([
  "notifications",
  "tabs",
  "webNavigation",
  "history",
  "bookmarks",
  "downloads",
  "management",
  "privacy",
  "proxy",
]);
const LOOPBACK = ["http://127.0.0.1/*", "http://localhost/*"];

test.beforeAll(async () => {
  await buildForStore("chrome");
  await buildForStore("firefox");
});

async function readManifest(browser: BrowserKind, kind: BuildKind): Promise<Manifest> {
  return JSON.parse(await readFile(join(builtFolder(browser, kind), "manifest.json"), "utf8")) as Manifest;
}

/** The first column of the table in which every permission is justified. */
async function justifiedPermissions(): Promise<string[]> {
  const page = await readFile(join(import.meta.dirname, "../../docs/permissions.md"), "utf8");
  return [...page.matchAll(/^\| `(\w+)` +\|/gm)].flatMap(([, name]) => name ?? []);
}

for (const browser of ["chrome", "firefox"] as const) {
  test(`the store build for ${browser} asks for no site, and for nothing that is not justified`, async () => {
    const manifest = await readManifest(browser, "store");
    const justified = await justifiedPermissions();
    const only = browser === "chrome" ? justified : justified.filter((name) => name !== "sidePanel");
    expect(manifest.permissions.toSorted()).toEqual(only.toSorted());
    expect(manifest.permissions).toContain("storage");
    expect(manifest.permissions.filter((name) => WITH_A_WARNING.has(name))).toEqual(["notifications"]);
    expect(manifest.manifest_version).toBe(3);
    expect(manifest).not.toHaveProperty("key");
    expect(manifest).not.toHaveProperty("host_permissions");
    expect(manifest).not.toHaveProperty("content_scripts");
    expect(manifest).not.toHaveProperty("externally_connectable");
    const [resource, ...others] = manifest.web_accessible_resources as { resources: string[] }[];
    expect(resource?.resources).toEqual(["panel.html"]);
    expect(others).toEqual([]);
  });

  test(`the sandbox build for ${browser} differs in name, id and the leave to reach this machine, and in nothing else`, async () => {
    const { name: _, optional_host_permissions: asked, ...store } = await readManifest(browser, "store");
    const { name, key, host_permissions, optional_host_permissions, ...sandbox } = await readManifest(
      browser,
      "sandbox",
    );
    expect(name).toBe("Partyline (sandbox)");
    expect(key === undefined).toBe(browser === "firefox");
    expect(host_permissions).toEqual(LOOPBACK);
    expect([...optional_host_permissions, ...LOOPBACK]).toEqual(asked);
    expect(sandbox).toEqual(store);
  });
}
