import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildFolder, packExtension, type BrowserKind } from "@partyline/sandbox/extension-build";

const packing = new Map<BrowserKind, Promise<string>>();

/** The folder of the packages for a browser's store, and beside them the build they were made of. Made once in a run. */
export function packForStore(browser: BrowserKind): Promise<string> {
  const packed = packing.get(browser) ?? packExtension(browser);
  packing.set(browser, packed);
  return packed;
}

/** The store's build itself, for tests that load it. */
export async function buildForStore(browser: BrowserKind): Promise<string> {
  await packForStore(browser);
  return buildFolder(browser, "store");
}

export async function packageNamed(folder: string, suffix: "chrome" | "firefox" | "sources"): Promise<Buffer> {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  };
  return readFile(join(folder, `partyline-${version}-${suffix}.zip`));
}
