import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  DataFolderCorruptError,
  DataFolderUnusableError,
  DurabilityError,
  EmbeddedDatabaseStoppedError,
} from "../errors.ts";
import { lockFolder } from "./folder-lock.ts";
import type { EngineFolders, FromEngine, ToEngine } from "./messages.ts";
import { WireStream } from "./wire-stream.ts";

export interface EmbeddedEngine {
  /** A new connection to the engine, for `pg`'s `stream` option. The engine has one session: use one at a time. */
  connect: () => Duplex;
  close: () => Promise<void>;
}

const CLOSE_WITHIN_MS = 10_000;

/**
 * Opens the database in `folder`, making it when there is none.
 * @param onStopped called once when the engine dies by itself; it cannot be revived in this process
 */
export async function startEmbeddedEngine(
  folder: string,
  onStopped: (error: EmbeddedDatabaseStoppedError) => void,
): Promise<EmbeddedEngine> {
  const unlock = claim(folder);
  const folders: EngineFolders = { data: join(folder, "database"), fresh: join(folder, "database.new") };
  const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: folders });
  try {
    await ready(worker, folder);
  } catch (error) {
    await worker.terminate();
    unlock();
    throw error;
  }
  return connectTo(worker, unlock, onStopped);
}

function claim(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new DataFolderUnusableError(folder, error);
    throw error;
  }
}

function ready(worker: Worker, folder: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Left in place, where they change nothing any more: a worker that loses its last listener falls silent.
  worker.on("message", (message: FromEngine) => {
    if (message.type === "refused") reject(refusal(message, folder));
    else resolve();
  });
  worker.once("error", (error) => reject(new DataFolderCorruptError(folder, error)));
  worker.once("exit", () => reject(new DataFolderCorruptError(folder, "the engine gave up")));
  return promise;
}

function refusal(message: FromEngine & { type: "refused" }, folder: string): Error {
  switch (message.reason) {
    case "corrupt":
      return new DataFolderCorruptError(folder, message.detail);
    case "not_durable":
      return new DurabilityError(folder);
    case "unusable":
      return new DataFolderUnusableError(folder, message.detail);
  }
}

function connectTo(
  worker: Worker,
  unlock: () => void,
  onStopped: (error: EmbeddedDatabaseStoppedError) => void,
): EmbeddedEngine {
  const streams = new Map<number, WireStream>();
  const closed = Promise.withResolvers<void>();
  let connections = 0;
  let stopped: EmbeddedDatabaseStoppedError | undefined;
  let closing = false;

  const stop = (cause: unknown) => {
    closed.resolve();
    if (closing || stopped !== undefined) return;
    stopped = new EmbeddedDatabaseStoppedError(cause);
    for (const stream of streams.values()) stream.destroy(stopped);
    onStopped(stopped);
  };
  worker.on("error", stop);
  worker.on("exit", () => stop("its thread ended"));
  worker.on("message", (message: FromEngine) => {
    if (message.type === "bytes") streams.get(message.connection)?.push(message.bytes);
    if (message.type === "closed") closed.resolve();
  });

  return {
    connect: () => {
      connections += 1;
      const connection = connections;
      const stream = new WireStream((bytes) => post(worker, { type: "bytes", connection, bytes }, [bytes.buffer]));
      streams.set(connection, stream);
      stream.once("close", () => streams.delete(connection));
      if (stopped !== undefined) stream.destroy(stopped);
      return stream;
    },
    close: async () => {
      closing = true;
      post(worker, { type: "close" });
      const patience = new AbortController();
      const outOfPatience = delay(CLOSE_WITHIN_MS, undefined, { signal: patience.signal });
      await Promise.race([closed.promise, outOfPatience]);
      patience.abort();
      await outOfPatience.catch(() => undefined);
      await worker.terminate();
      unlock();
    },
  };
}

function post(worker: Worker, message: ToEngine, transfer: ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer);
}
