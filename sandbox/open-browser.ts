import { spawn, type ChildProcess } from "node:child_process";
import { mkdir } from "node:fs/promises";
import type { Chromium } from "./chromium.ts";

/** Keep a fresh profile from looking for updates and hosts on its first start. */
const QUIET = [
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens a window of its own profile, with the extension in it, on the given page. */
export async function openBrowser(
  chromium: Chromium,
  { extension, profile, page }: { extension: string; profile: string; page: string },
): Promise<ChildProcess> {
  await mkdir(profile, { recursive: true });
  const flags = [
    `--user-data-dir=${profile}`,
    `--load-extension=${extension}`,
    `--disable-extensions-except=${extension}`,
    ...QUIET,
    // Chromium refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    page,
  ];
  return spawn(chromium.path, flags, { stdio: "ignore" });
}

/** Whether a window could be shown at all. */
export function hasDisplay(): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
}
