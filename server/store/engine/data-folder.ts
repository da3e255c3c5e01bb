import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineFolders } from "./messages.ts";
import { holdsDatabase, openEngine } from "./pglite.ts";

/**
 * Prepares a new database beside its place and moves it there once it is on disk, so that a process
 * killed during its very first start leaves nothing half made.
 */
export async function ensureDatabase({ data, fresh }: EngineFolders): Promise<void> {
  const entries = readEntries(data);
  // The engine takes a folder without this file for a new one and writes an empty database over what is there.
  if (entries.length > 0 && !holdsDatabase(data)) throw new Error("its file PG_VERSION is missing");
  if (entries.length > 0) return;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const { engine } = await openEngine(fresh);
  await engine.close();
  if (!holdsDatabase(fresh)) throw new Error("the engine made no database");
  syncTree(fresh);
  rmSync(data, { recursive: true, force: true });
  renameSync(fresh, data);
  syncOne(dirname(data));
}

function readEntries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncOne(path);
  }
  syncOne(folder);
}

function syncOne(path: string): void {
  // Windows can neither open nor sync a folder; its file system keeps renames in order by itself.
  if (process.platform === "win32") return;
  const handle = openSync(path, "r");
  fsyncSync(handle);
  closeSync(handle);
}
