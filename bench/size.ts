import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "@partyline/sandbox/extension-build";
import { kilobytes, type Figure } from "./figure.ts";

const BUILD = join(ROOT, ".output", "chrome-mv3");

/** The extension as the store gets it. */
export async function measureSize(): Promise<Figure[]> {
  await buildForStore();
  return [
    { what: "Content script", value: await sizeOf(["crm.js"]) },
    { what: "Panel, first load: HTML, JavaScript and styles", value: await sizeOf(await loadedBy("panel.html")) },
    { what: "Background", value: await sizeOf(["background.js"]) },
  ];
}

async function buildForStore(): Promise<void> {
  const wxt = join(ROOT, "node_modules", "wxt", "bin", "wxt.mjs");
  const build = spawn(process.execPath, [wxt, "build"], { cwd: ROOT, stdio: "ignore" });
  const code = await new Promise((resolve) => {
    build.once("close", resolve);
  });
  if (code !== 0) throw new Error("the extension could not be built; `npm run build` says why");
}

/** A page and everything it names; scripts that are imported later are not first load. */
async function loadedBy(page: string): Promise<string[]> {
  const html = await readFile(join(BUILD, page), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].flatMap(([, path]) => path ?? []);
  return [page, ...new Set(named)];
}

async function sizeOf(paths: readonly string[]): Promise<string> {
  const files = await Promise.all(paths.map((path) => readFile(join(BUILD, path))));
  const raw = files.reduce((sum, file) => sum + file.length, 0);
  const packed = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  return `${kilobytes(raw)} raw, ${kilobytes(packed)} gzip`;
}
