import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import preactPreset from "@preact/preset-vite";
import { defineConfig, type UserManifest } from "wxt";
import { hardenLibraries } from "./hardened-libraries.ts";
import { PUBLISHERS } from "./utils/recipe-publishers.ts";

/**
 * Fixes the sandbox build's id in Chromium, and with it the address a sign-in returns to. The store build has none: stores
 * refuse a package that names a key, and give it an id of their own.
 */
const CHROMIUM_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtV++NhaLSqfideW+MTMqEjVlGkxoyNKe+OLtrVzbNPVmgBW6N8uS2TOtCQhmsJN7cBMecvphL2Eb1x/WvZZmadCtp32AjtXHZEu8x4DHraG6mjJMM/QhUAULn/HuzCSBGIZG0tT03pSmCrZH0tTyFAAU7jkYr3AFvnMMqeW5zCu32T8JpzC7YvEHKqPYcQqM8m65SdkGG4zIP0kNdVTV/MO4fyGFT/UGKbBewy4fVjS9Z7SWGKjd/6CuqtVuB3vI1X51O9FlXgTER/25HrJk7hxCmhx0Om3TTcKRJpFyvMUNzeR8/V8eGyy0qqj2t1U+sgjHoPHae/5OkjmndzI7hQIDAQAB";
const GECKO_ID = "extension@partyline.example";

/**
 * What Firefox's reviewers need to build the same package from: `npm ci` looks for every workspace's own description, and
 * the extension needs no more of the backend and the sandbox than that.
 */
const SOURCES = [
  "{components,contract,domain,entrypoints,public,utils}/**",
  "{server,sandbox}/package.json",
  "*.json",
  "README.md",
  "hardened-libraries.ts",
  "wxt.config.ts",
];

const LOOPBACK = ["http://127.0.0.1/*", "http://localhost/*"];
const ANY_SECURE_SITE = ["https://*/*"];
const ANY_SITE = [...ANY_SECURE_SITE, ...LOOPBACK];

/**
 * `wxt build` makes the store build, which asks for no site at install. `wxt build --mode sandbox` makes the one that is
 * granted loopback, so that the sandbox works unasked. Both fit beside each other under `.output/`.
 */
export default defineConfig({
  imports: false,
  outDir: process.env["WXT_OUT_DIR"] ?? ".output",
  manifestVersion: 3,
  zip: { includeSources: SOURCES, excludeSources: ["**/*.test.ts", "**/*.cases.ts"] },
  hooks: {
    "zip:start": ({ logger }) => {
      if (PUBLISHERS.length > 0) return;
      logger.warn("No publisher's key is in utils/recipe-publishers.ts: this package will take no published recipes.");
    },
    "zip:done": async ({ logger }, packages) => {
      for (const path of packages) logger.info(`${await sha256(path)}  ${basename(path)}`);
    },
  },
  vite: () => ({ plugins: [preactPreset(), hardenLibraries()] }),
  manifest: ({ browser, mode }) => ({
    ...COMMON,
    ...(browser === "firefox" ? FIREFOX : CHROMIUM),
    ...(mode === "sandbox" ? SANDBOX : {}),
    ...(mode === "sandbox" && browser !== "firefox" ? { key: CHROMIUM_KEY } : {}),
  }),
});

const ICONS = { 16: "icon/16.png", 32: "icon/32.png", 48: "icon/48.png", 96: "icon/96.png", 128: "icon/128.png" };
const PERMISSIONS = ["activeTab", "alarms", "contextMenus", "identity", "notifications", "scripting", "storage"];

/** What is granted at install cannot be asked for once more: Chromium warns of hosts that are on both lists. */
const SANDBOX: UserManifest = {
  name: "Partyline (sandbox)",
  host_permissions: LOOPBACK,
  optional_host_permissions: ANY_SECURE_SITE,
};

const COMMON: UserManifest = {
  name: "__MSG_manifest_name__",
  description: "__MSG_manifest_description__",
  default_locale: "en",
  icons: ICONS,
  optional_host_permissions: ANY_SITE,
  action: { default_title: "__MSG_manifest_action__", default_icon: ICONS },
  commands: {
    _execute_action: { suggested_key: { default: "Alt+G" }, description: "__MSG_manifest_action__" },
  },
  // Without `use_dynamic_url`: pages with `Cross-Origin-Embedder-Policy: require-corp` refuse a frame that has it. What a
  // page can frame by itself is an empty shell; see `utils/panel-admission.ts`.
  web_accessible_resources: [{ resources: ["panel.html"], matches: ANY_SITE }],
  // Spelt out because Firefox's default would turn http://127.0.0.1 into https://127.0.0.1.
  content_security_policy: { extension_pages: "script-src 'self'; object-src 'none'; base-uri 'none'" },
};

const CHROMIUM: UserManifest = {
  permissions: [...PERMISSIONS, "sidePanel"],
  // The first that moves a frame without loading it anew; dialogs tell that they open since 132.
  minimum_chrome_version: "133",
  side_panel: { default_path: "panel.html" },
};

const FIREFOX: UserManifest = {
  permissions: PERMISSIONS,
  sidebar_action: { default_panel: "panel.html", default_icon: ICONS, open_at_install: false },
  browser_specific_settings: {
    gecko: {
      id: GECKO_ID,
      // The first that we were run in: 140 shows no panel. Those from 142 on ask the user about the data below.
      strict_min_version: "153.0",
      data_collection_permissions: {
        required: ["personallyIdentifyingInfo", "personalCommunications", "authenticationInfo"],
      },
    },
  },
};

/** A checksum beside each package, so that two builds can be compared at a glance. */
async function sha256(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
