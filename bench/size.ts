import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildExtension, buildFolder } from "@partyline/sandbox/extension-build";
import { kilobytes, type Figure } from "./figure.ts";

const BUILD = buildFolder("chrome", "store");

/** In bytes; a compressed one is what somebody downloads. */
interface Size {
  raw: number;
  gzip: number;
}

interface BuildSizes {
  contentScript: Size;
  /** Put into a page only once somebody does something in it, or moves what we show there. */
  reading: Size;
  moving: Size;
  /** HTML, scripts and styles that are there before the panel draws anything. */
  panel: Size;
  background: Size;
}

export async function measureSize(): Promise<Figure[]> {
  const { contentScript, reading, moving, panel, background } = await sizesForStore();
  return [
    { what: "Content script", value: inWords(contentScript) },
    { what: "Its part that reads, once somebody uses the page", value: inWords(reading) },
    { what: "Its part that moves, once somebody reaches for the handle", value: inWords(moving) },
    { what: "Panel, first load: HTML, JavaScript and styles", value: inWords(panel) },
    { what: "Background", value: inWords(background) },
  ];
}

/** Builds the extension as the store gets it and weighs its parts. */
export async function sizesForStore(): Promise<BuildSizes> {
  await buildExtension("chrome", {}, "store");
  return {
    contentScript: await sizeOf(["crm.js"]),
    reading: await sizeOf(["crm-reading.js"]),
    moving: await sizeOf(["crm-moving.js"]),
    panel: await sizeOf(await loadedBy("panel.html")),
    background: await sizeOf(["background.js"]),
  };
}

function inWords({ raw, gzip }: Size): string {
  return `${kilobytes(raw)} raw, ${kilobytes(gzip)} gzip`;
}

/** A page and everything it names; scripts that are imported later are not first load. */
async function loadedBy(page: string): Promise<string[]> {
  const html = await readFile(join(BUILD, page), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].flatMap(([, path]) => path ?? []);
  return [page, ...new Set(named)];
}

async function sizeOf(paths: readonly string[]): Promise<Size> {
  const files = await Promise.all(paths.map((path) => readFile(join(BUILD, path))));
  return {
    raw: files.reduce((sum, file) => sum + file.length, 0),
    gzip: files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0),
  };
}
