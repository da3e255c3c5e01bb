import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildFolder } from "@partyline/sandbox/extension-build";

/** A copy of the sandbox's build that is granted more sites, as if the user had enabled each: no prompt can be answered here. */
export async function copyGrantedBuild(folder: string, origins: readonly string[]): Promise<string> {
  await cp(buildFolder("chrome"), folder, { recursive: true });
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as { host_permissions: string[] };
  manifest.host_permissions.push(...origins.map((origin) => `${origin}/*`));
  await writeFile(path, JSON.stringify(manifest));
  return folder;
}
