import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DataFolderInUseError } from "../errors.ts";

/**
 * Holds the folder for this process. An SQLite transaction is the lock because the system frees it
 * however the process ends, and it works on every platform Node runs on.
 * @returns the release
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new DataFolderInUseError(folder);
    throw error;
  }
  return () => lock.close();
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
