import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildFolder, packExtension, ROOT, type BrowserKind, type BuildKind } from "@partyline/sandbox/extension-build";

/** Test files run side by side, and a folder that one of them reads must not be built anew by another. */
const FOLDER = join(ROOT, ".output", `store-${process.env["TEST_PARALLEL_INDEX"] ?? "0"}`);
const packing = new Map<BrowserKind, Promise<string>>();

/** The folder of the packages for a browser's store, and beside them the build they were made of. Made once in a process. */
export function packForStore(browser: BrowserKind): Promise<string> {
  const packed = packing.get(browser) ?? packExtension(browser, { to: FOLDER });
  packing.set(browser, packed);
  return packed;
}

/** The store's build itself, for tests that load it. */
export async function buildForStore(browser: BrowserKind): Promise<string> {
  await packForStore(browser);
  return builtFolder(browser, "store");
}

/** Where the tests find a build that was made before. */
export function builtFolder(browser: BrowserKind, kind: BuildKind): string {
  return kind === "store" ? buildFolder(browser, kind, FOLDER) : buildFolder(browser, kind);
}

export async function packageNamed(folder: string, suffix: "chrome" | "firefox" | "sources"): Promise<Buffer> {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    version: string;
  };
  return readFile(join(folder, `partyline-${version}-${suffix}.zip`));
}
