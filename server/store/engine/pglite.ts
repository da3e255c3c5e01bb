import { existsSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { DurableFiles } from "./durable-files.ts";

/** `-F` turns fsync off; the engine's own fdatasync does nothing, its fsync is ours. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["fsync=on", "wal_sync_method=fsync", "synchronous_commit=on", "shared_buffers=16MB"].flatMap((setting) => [
    "-c",
    setting,
  ]),
];

export interface OpenedEngine {
  engine: PGlite;
  files: DurableFiles;
}

/** @throws Error whose message ends with the last complaint of the engine itself */
export async function openEngine(folder: string): Promise<OpenedEngine> {
  const files = new DurableFiles(folder);
  const complaints: string[] = [];
  try {
    const engine = await PGlite.create({
      fs: files,
      startParams: START_PARAMETERS,
      onStderr: (line: string) => complaints.push(line) < 0,
    });
    return { engine, files };
  } catch (error) {
    throw new Error(complaintIn(complaints) ?? String(error), { cause: error });
  }
}

export function holdsDatabase(folder: string): boolean {
  return existsSync(join(folder, "PG_VERSION"));
}

/** A committed WAL record must reach the disk before the commit returns. */
export async function commitsReachTheDisk({ engine, files }: OpenedEngine): Promise<boolean> {
  const before = files.syncs;
  await engine.exec("select pg_logical_emit_message(true, 'partyline', 'probe')");
  return files.syncs > before;
}

function complaintIn(lines: readonly string[]): string | undefined {
  const serious = lines.filter((line) => /FATAL|PANIC|ERROR/u.test(line));
  return serious.at(-1)?.replace(/^.*?(?:FATAL|PANIC|ERROR):\s*/u, "");
}
