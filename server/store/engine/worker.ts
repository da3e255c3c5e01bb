import { parentPort, workerData } from "node:worker_threads";
import type { PGlite } from "@electric-sql/pglite";
import { ensureDatabase } from "./data-folder.ts";
import type { EngineFolders, FromEngine, ToEngine } from "./messages.ts";
import { commitsReachTheDisk, openEngine } from "./pglite.ts";

/** Runs the embedded engine away from the event loop that serves requests. */

if (parentPort === null) throw new Error("the engine runs in a worker thread only");
const port = parentPort;
const folders = workerData as EngineFolders;

try {
  await ensureDatabase(folders);
  const opened = await openEngine(folders.data);
  if (await commitsReachTheDisk(opened)) serve(opened.engine);
  else refuse("not_durable", "");
} catch (error) {
  refuse(isAboutFiles(error) ? "unusable" : "corrupt", messageOf(error));
}

function serve(engine: PGlite): void {
  port.on("message", (message: ToEngine) => {
    if (message.type === "close") void close(engine);
    else void answer(engine, message.connection, message.bytes);
  });
  post({ type: "ready" });
}

async function answer(engine: PGlite, connection: number, bytes: Uint8Array): Promise<void> {
  if (isStartup(bytes)) await forgetLastSession(engine);
  const reply = await run(engine, bytes);
  if (reply.length > 0) post({ type: "bytes", connection, bytes: reply }, [reply.buffer]);
}

/**
 * The streaming form: `execProtocolRawSync` alone keeps every message it ever answered, because the
 * engine parses the reply into a list that only its own query methods empty.
 */
async function run(engine: PGlite, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  await engine.execProtocolRawStream(bytes, {
    syncToFs: false,
    onRawData: (chunk) => void chunks.push(chunk.slice()),
  });
  return concatenate(chunks);
}

/** There is one session in the engine: what a broken connection left open must not leak into the next. */
async function forgetLastSession(engine: PGlite): Promise<void> {
  await run(engine, simpleQuery("rollback"));
  await run(engine, simpleQuery("discard all"));
}

async function close(engine: PGlite): Promise<void> {
  await engine.close();
  post({ type: "closed" });
  port.close();
}

/** Only a startup message begins with a length; every later one begins with a letter. */
function isStartup(bytes: Uint8Array): boolean {
  return bytes[0] === 0;
}

function simpleQuery(text: string): Uint8Array {
  const body = new TextEncoder().encode(`${text}\0`);
  const message = new Uint8Array(body.length + 5);
  message[0] = "Q".charCodeAt(0);
  new DataView(message.buffer).setInt32(1, body.length + 4);
  message.set(body, 5);
  return message;
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function refuse(reason: "corrupt" | "not_durable" | "unusable", detail: string): void {
  post({ type: "refused", reason, detail });
  port.close();
}

function post(message: FromEngine, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

const FILE_TROUBLE = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "EMFILE"]);

function isAboutFiles(error: unknown): boolean {
  return error instanceof Error && "code" in error && FILE_TROUBLE.has(String(error.code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
