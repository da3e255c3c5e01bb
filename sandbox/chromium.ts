import { execFile } from "node:child_process";
import { access, constants, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { ROOT } from "./extension-build.ts";

const run = promisify(execFile);

export interface Chromium {
  path: string;
  /** For a person: where it was found. */
  from: string;
}

/** Chromium-family browsers that still load an unpacked extension from the command line. */
const NAMES = ["chromium", "chromium-browser", "brave-browser", "microsoft-edge", "microsoft-edge-stable", "vivaldi"];
const FIXED_PLACES = [
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  String.raw`C:\Program Files\BraveSoftware\Brave-Browser\Application\brave.exe`,
];

/** Google Chrome takes an extension only through its debugging pipe, see `open-browser.ts`. */
const CHROME_NAMES = ["google-chrome", "google-chrome-stable"];
const CHROME_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/** `CHROMIUM_PATH`, the usual places, or one that Playwright installed; null when there is none. */
export async function findChromium(): Promise<Chromium | null> {
  const given = process.env["CHROMIUM_PATH"];
  if (given !== undefined && given !== "") {
    if (await isExecutable(given)) return { path: given, from: "CHROMIUM_PATH" };
    throw new Error(`CHROMIUM_PATH is ${given}, which is not a program. Correct it or unset it.`);
  }
  const usual = await firstProgram(NAMES, FIXED_PLACES);
  if (usual !== null) return { path: usual, from: usual };
  const installed = await playwrightChromium();
  return installed === null ? null : { path: installed, from: `Playwright's own, ${installed}` };
}

/** Google Chrome, where it is installed. */
export async function findChrome(): Promise<Chromium | null> {
  const path = await firstProgram(CHROME_NAMES, CHROME_PLACES);
  return path === null ? null : { path, from: path };
}

async function firstProgram(names: string[], fixed: string[]): Promise<string | null> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const path of [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...fixed]) {
    if (await isExecutable(path)) return path;
  }
  return null;
}

/** Finds Chromium or installs it: Debian's and Ubuntu's own package as root, else Playwright's build. */
export async function requireChromium(say: (line: string) => void): Promise<Chromium> {
  const found = await findChromium();
  if (found !== null) {
    say(`Chromium: ${found.from}`);
    return found;
  }
  if (process.getuid?.() === 0 && (await isDebian())) {
    say("Chromium: not found; installing Debian's package with apt-get");
    await run("apt-get", ["update"]);
    await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { maxBuffer: 64 * 1024 * 1024 });
  } else {
    say("Chromium: not found; installing Playwright's own build");
    await run(process.execPath, [join(ROOT, "node_modules", "playwright", "cli.js"), "install", "chromium"]);
  }
  const installed = await findChromium();
  if (installed !== null) return installed;
  throw new Error("Chromium could not be installed. Install it by hand, or name one with CHROMIUM_PATH.");
}

async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

/** Where Playwright puts its own build, whether or not it is there. */
async function playwrightChromium(): Promise<string | null> {
  const path = chromium.executablePath();
  return (await isExecutable(path)) ? path : null;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
