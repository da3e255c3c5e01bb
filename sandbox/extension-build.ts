import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

export type BrowserKind = "chrome" | "firefox";

/** The sandbox's build is granted this machine; the store's asks for every site first. */
export type BuildKind = "sandbox" | "store";

/** Where `wxt build` leaves the extension; `parent` is `WXT_OUT_DIR` where that was set. */
export function buildFolder(
  browser: BrowserKind,
  kind: BuildKind = "sandbox",
  parent: string = join(ROOT, ".output"),
): string {
  return join(parent, `${browser}-mv3${kind === "sandbox" ? "-sandbox" : ""}`);
}

export class BuildFailedError extends Error {
  override name = "BuildFailedError";
}

/** Takes some three seconds. */
export async function buildExtension(
  browser: BrowserKind,
  environment: Record<string, string> = {},
  kind: BuildKind = "sandbox",
): Promise<string> {
  const mode = kind === "sandbox" ? kind : "production";
  await runWxt(["build", "--mode", mode, "-b", browser], { environment });
  return buildFolder(browser, kind, environment["WXT_OUT_DIR"]);
}

/** What `npm run zip` does for one browser, from the sources in a folder. Answers where the packages are. */
export async function packExtension(
  browser: BrowserKind,
  { folder = ROOT, to = join(folder, ".output") }: { folder?: string; to?: string } = {},
): Promise<string> {
  await runWxt(["zip", "-b", browser], { folder, environment: { WXT_OUT_DIR: to } });
  return to;
}

async function runWxt(
  args: readonly string[],
  { folder = ROOT, environment = {} }: { folder?: string; environment?: Record<string, string> },
): Promise<void> {
  const wxt = join(folder, "node_modules", "wxt", "bin", "wxt.mjs");
  const build = spawn(process.execPath, [wxt, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  build.stdout.on("data", (text: Buffer) => (said += text.toString()));
  build.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const code = await new Promise((resolve) => {
    build.once("close", resolve);
  });
  if (code !== 0) throw new BuildFailedError(`The extension could not be built:\n${said}`);
}

interface Manifest {
  key?: string;
  browser_specific_settings?: { gecko?: { id?: string } };
}

/** Where each build's sign-in returns to, as the browsers derive it from the manifest. */
export async function redirectOf(browser: BrowserKind, build: string = buildFolder(browser)): Promise<string> {
  const manifest = JSON.parse(await readFile(join(build, "manifest.json"), "utf8")) as Manifest;
  if (browser === "chrome") return `https://${chromiumId(manifest.key, await realpath(build))}.chromiumapp.org/`;
  const sha1 = createHash("sha1").update(manifest.browser_specific_settings?.gecko?.id ?? "");
  return `https://${sha1.digest("hex")}.extensions.allizom.org/`;
}

/** The first 128 bits of the digest of its key, or of its folder where it has none, written with a to p. */
function chromiumId(key: string | undefined, folder: string): string {
  const named = key === undefined ? Buffer.from(folder) : Buffer.from(key, "base64");
  const digest = createHash("sha256").update(named).digest("hex");
  return digest.slice(0, 32).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}
