import { serve, type ServerType } from "@hono/node-server";
import { pino, type Logger } from "pino";
import { v7 as newId } from "uuid";
import { createApp } from "./app.ts";
import { createTelnyx } from "./carriers/telnyx.ts";
import type { Config } from "./config.ts";
import type { Context } from "./context.ts";
import { createDirectories } from "./directories/directories.ts";
import { startReconciling } from "./directories/highlevel/reconcile.ts";
import { createQueue } from "./jobs/queue.ts";
import { JOB_KINDS } from "./jobs/kinds.ts";
import { startWork } from "./jobs/work.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { provision } from "./provision.ts";
import { createSignIn, type SignIn } from "./sign-in/sign-in.ts";
import { migrate } from "./store/migrate.ts";
import { openPool } from "./store/pool.ts";
import { createWakeups } from "./store/wakeups.ts";
import { readWorkspaceFile, type WorkspaceFile } from "./workspace-file.ts";

export interface Backend {
  context: Context;
  /** Where it listens; the port is the one the system gave when 0 was asked for. */
  url: string;
  close: () => Promise<void>;
}

export class PortTakenError extends Error {
  override name = "PortTakenError";
}

interface BackendOptions {
  log?: Logger;
  now?: () => Date;
  /** False for a process that only answers: its jobs are stored, for another to take. */
  works?: boolean;
}

/** Starts everything in the order it depends on each other; `close`, or a failing start, undoes it in reverse. */
export async function startBackend(
  config: Config,
  { log = createLog(config), now = readClock, works = true }: BackendOptions = {},
): Promise<Backend> {
  const onError = (error: Error) => log.error({ name: error.name, cause: causeOf(error) }, error.message);
  const workspace = config.workspaceFile === undefined ? null : await readWorkspaceFile(config.workspaceFile);
  const started = new AsyncDisposableStack();
  try {
    const database = await openPool({ databaseUrl: config.databaseUrl, dataFolder: config.dataFolder, onError });
    started.defer(() => database.close());
    await migrate(database);
    const signIn = await createSignInFor(config, { database, workspace, log, now });
    const wakeups = await createWakeups(database, { onError });
    started.defer(() => wakeups.close());
    if (workspace !== null) await provision({ database, wakeups, now, signIn }, workspace);
    const queue = createQueue(database, JOB_KINDS, onError);
    started.defer(() => queue.stop());
    await queue.start();
    const carrier = createTelnyx({ ...config.telnyx, now });
    const directories = createDirectories({ config, database, wakeups, log, now, newId });
    const stop = new AbortController();
    const stopping = stop.signal;
    const context: Context = {
      config,
      database,
      queue,
      wakeups,
      carrier,
      directories,
      signIn,
      log,
      stopping,
      now,
      newId,
    };
    if (works) {
      await startWork(context);
      started.defer(startHousekeeping(context, onError));
      started.defer(startReconciling(context, onError));
    }
    const server = await listen(context);
    started.defer(() => closeServer(server));
    started.defer(() => stop.abort());
    return { context, url: urlOf(server, config.host), close: () => started.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

function createLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null });
}

function createSignInFor(
  config: Config,
  { database, workspace, log, now }: Pick<Context, "database" | "log" | "now"> & { workspace: WorkspaceFile | null },
): Promise<SignIn> {
  const demoUsers = (workspace?.users ?? []).map(({ email, name, role, assignedDataOnly }) => ({
    email,
    name,
    role: assignedDataOnly ? `${role}, assigned data only` : role,
  }));
  return createSignIn({
    pool: database.pool,
    publicUrl: config.publicUrl,
    secret: config.secret,
    redirectUris: config.extensionRedirects,
    sandbox: config.sandbox ? { demoUsers, listensOn: config.host } : null,
    now,
    log: (level, message) => log[level](message),
  });
}

function listen(context: Context): Promise<ServerType> {
  const { host, port } = context.config;
  const { promise, resolve, reject } = Promise.withResolvers<ServerType>();
  const server = serve({ fetch: createApp(context).fetch, hostname: host, port }, () => resolve(server));
  // Longer than the minute after which load balancers drop an idle connection, so that we never close one first.
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = 65_000;
  server.once("error", (error: NodeJS.ErrnoException) => {
    const taken = `Port ${port} is taken by another program. Stop it, or set PORT to a free one.`;
    reject(error.code === "EADDRINUSE" ? new PortTakenError(taken) : error);
  });
  return promise;
}

function urlOf(server: ServerType, host: string): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return `http://${host}:${address.port}`;
}

/** Connections that are still busy after this are cut. */
const CLOSE_WITHIN_MS = 3_000;

async function closeServer(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  if (!("closeIdleConnections" in server)) return closed;
  // A connection becomes idle when its last answer is out; Node closes only those that already are.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function readClock(): Date {
  return new Date();
}

/** The name of what lies behind an error; a message may quote what it was about. */
function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? error.cause.name : undefined;
}
