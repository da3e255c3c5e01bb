import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { sampleContacts } from "@partyline/sandbox/highlevel/sample-contacts";
import { SITES } from "./sites.ts";

const HERE = new URL("./", import.meta.url);
const FILE = /^\/(page|shared)\/([a-z-]+\.(?:ts|css))$/;

export interface PageFile {
  status: number;
  contentType: string;
  body: string;
}

/**
 * What an imitated CRM answers at an address: `/page/x.ts` and `/page/x.css` are files of its folder, `/shared/x.ts` one
 * that several share, `/page/people` the sandbox's people, and everything else is its `index.html`, whose script reads the
 * path. Scripts come with their types taken out, so there is no build.
 */
export async function readPageFile({ origin, pathname }: URL): Promise<PageFile> {
  const folder = SITES[origin];
  if (folder === undefined) return { status: 404, contentType: "text/plain", body: `No page is kept for ${origin}` };
  if (pathname === "/page/people") return answer("application/json", JSON.stringify(sampleContacts()));
  const [, place, file] = FILE.exec(pathname) ?? [];
  if (file === undefined) return answer("text/html", await read(`${folder}/index.html`));
  const text = await read(`${place === "shared" ? place : folder}/${file}`);
  return file.endsWith(".ts") ? answer("text/javascript", stripTypeScriptTypes(text)) : answer("text/css", text);
}

function answer(type: string, body: string): PageFile {
  return { status: 200, contentType: `${type}; charset=utf-8`, body };
}

function read(path: string): Promise<string> {
  return readFile(new URL(path, HERE), "utf8");
}
