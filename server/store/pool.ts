import { setTimeout as delay } from "node:timers/promises";
import { Pool, TypeOverrides, types as pgTypes, type CustomTypesConfig } from "pg";
import { startEmbeddedEngine } from "./engine/embedded-engine.ts";
import { keepTidy } from "./engine/maintenance.ts";
import { DatabaseUnreachableError } from "./errors.ts";
import { type Listener, listenAlone, listenOnPool, subscribe, type Subscriptions } from "./listener.ts";

export interface DatabaseConfig {
  /** A PostgreSQL server; without it the embedded database in `dataFolder` is used. */
  databaseUrl?: string | undefined;
  dataFolder: string;
  /** Told about lost connections, which repair themselves, and about the embedded engine's end, which does not. */
  onError: (error: Error) => void;
}

export interface DatabasePool {
  readonly engine: "embedded" | "postgresql";
  /** For libraries that need one. Our own queries go through `inWorkspace` and `asOwner`. */
  readonly pool: Pool;
  readonly listen: Listener["listen"];
  /** Waits for running queries, but not for long. */
  close: () => Promise<void>;
}

const DRAIN_WITHIN_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const SERVER_CONNECTIONS = 20;

export async function openPool(config: DatabaseConfig): Promise<DatabasePool> {
  return config.databaseUrl === undefined ? openEmbedded(config) : openServer(config.databaseUrl, config.onError);
}

async function openEmbedded({ dataFolder, onError }: DatabaseConfig): Promise<DatabasePool> {
  const engine = await startEmbeddedEngine(dataFolder, onError);
  const subscriptions: Subscriptions = new Map();
  const pool = new Pool({
    stream: engine.connect,
    // The engine's thread dies of a connection that names neither.
    user: "postgres",
    database: "postgres",
    // One session is all the engine has.
    max: 1,
    idleTimeoutMillis: 0,
    // Turns a query that waits for its own transaction's connection from a hang into an error.
    connectionTimeoutMillis: 10_000,
    types: numericTypes(),
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool awaits it; its types do not say so
    onConnect: (client) => subscribe(client, subscriptions),
  });
  surviveLostConnections(pool, onError);
  const listener = listenOnPool(pool, subscriptions);
  const stopTidying = keepTidy(pool, onError);
  return {
    engine: "embedded",
    pool,
    listen: listener.listen,
    close: once(async () => {
      stopTidying();
      await listener.close();
      await drain(pool);
      await engine.close();
    }),
  };
}

async function openServer(databaseUrl: string, onError: (error: Error) => void): Promise<DatabasePool> {
  const connection = {
    connectionString: databaseUrl,
    application_name: "partyline",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    types: numericTypes(),
  };
  const pool = new Pool({ ...connection, max: SERVER_CONNECTIONS });
  surviveLostConnections(pool, onError);
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachableError(addressIn(databaseUrl), error);
  }
  const listener = listenAlone(connection, onError);
  return {
    engine: "postgresql",
    pool,
    listen: listener.listen,
    close: once(async () => {
      await listener.close();
      await drain(pool);
    }),
  };
}

function surviveLostConnections(pool: Pool, onError: (error: Error) => void): void {
  pool.on("error", onError);
  // While a client is checked out the pool does not listen to it, and an error nobody hears ends the process. Whoever
  // has it learns of the loss from the query that fails.
  pool.on("connect", (client) => client.on("error", () => undefined));
}

/** `pool.end()` alone waits for ever when a query is still queued behind another. */
async function drain(pool: Pool): Promise<void> {
  const patience = new AbortController();
  await Promise.race([
    pool.end(),
    delay(DRAIN_WITHIN_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
}

/** Our 64-bit numbers are counters far below 2^53; as text they would compare as text. */
function numericTypes(): CustomTypesConfig {
  const types = new TypeOverrides();
  types.setTypeParser(pgTypes.builtins.INT8, Number);
  return types;
}

function addressIn(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return "an address that is not a URL";
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname || "localhost"}:${port || "5432"}${pathname}`;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
