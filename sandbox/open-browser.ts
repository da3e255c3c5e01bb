import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { launch } from "puppeteer-core";
import type { Chromium } from "./chromium.ts";

/** Keep a fresh profile from looking for updates and hosts on its first start. */
const QUIET = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium refuses to run as root with its sandbox.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

interface Window {
  extension: string;
  profile: string;
  page: string;
}

/** Opens a window of its own profile, with the extension in it, on the given page. @returns what closes it */
export async function openBrowser(chromium: Chromium, { extension, profile, page }: Window): Promise<() => void> {
  await mkdir(profile, { recursive: true });
  const flags = [
    `--user-data-dir=${profile}`,
    `--load-extension=${extension}`,
    `--disable-extensions-except=${extension}`,
    ...QUIET,
    page,
  ];
  const browser = spawn(chromium.path, flags, { stdio: "ignore" });
  await once(browser, "spawn");
  return () => browser.kill();
}

/** The same for Google Chrome, which no longer heeds `--load-extension`: its debugging pipe still takes an extension. */
export async function openChrome(chrome: Chromium, { extension, profile, page }: Window): Promise<() => void> {
  const browser = await launch({
    executablePath: chrome.path,
    headless: false,
    pipe: true,
    userDataDir: profile,
    defaultViewport: null,
    enableExtensions: [extension],
    ignoreDefaultArgs: ["--enable-automation"],
    args: QUIET,
  });
  const [tab] = await browser.pages();
  await tab?.goto(page);
  return () => void browser.close();
}

/** Whether a window could be shown at all. */
export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
}
