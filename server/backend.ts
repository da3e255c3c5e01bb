import { serve, type ServerType } from "@hono/node-server";
import { pino, type Logger } from "pino";
import { v7 as newId } from "uuid";
import { createApp } from "./app.ts";
import { createTelnyx } from "./carriers/telnyx.ts";
import type { Config } from "./config.ts";
import type { Context } from "./context.ts";
import { createQueue } from "./jobs/queue.ts";
import { JOB_KINDS } from "./jobs/kinds.ts";
import { startWork } from "./jobs/work.ts";
import { provision } from "./provision.ts";
import { createSignIn, type SignIn } from "./sign-in/sign-in.ts";
import { migrate } from "./store/migrate.ts";
import { openPool, type DatabasePool } from "./store/pool.ts";
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

/** Requests a long poll may still be waiting in when the backend stops are ended after this. */
const CLOSE_WITHIN_MS = 3_000;

/** Starts everything in the order it depends on each other; `close` undoes it in reverse. */
export async function startBackend(config: Config, log: Logger = createLog(config)): Promise<Backend> {
  const onError = (error: Error) => log.error({ name: error.name, cause: causeOf(error) }, error.message);
  const workspace = config.workspaceFile === undefined ? null : await readWorkspaceFile(config.workspaceFile);
  const database = await openPool({ databaseUrl: config.databaseUrl, dataFolder: config.dataFolder, onError });
  try {
    await migrate(database);
    const signIn = await createSignInFor(config, database, workspace, log);
    if (workspace !== null) await provision({ database, signIn }, workspace);
    const queue = createQueue(database, JOB_KINDS, onError);
    const wakeups = await createWakeups(database, { onError });
    const carrier = createTelnyx({ ...config.telnyx, now: readClock });
    const context: Context = { config, database, queue, wakeups, carrier, signIn, log, now: readClock, newId };
    await queue.start();
    await startWork(context);
    const server = await listen(context);
    return { context, url: urlOf(server, config.host), close: () => close(context, server) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function createLog(config: Config): Logger {
  return pino({ level: config.logLevel, base: null });
}

function createSignInFor(
  config: Config,
  database: DatabasePool,
  workspace: WorkspaceFile | null,
  log: Logger,
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
    now: readClock,
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

async function close(context: Context, server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  if ("closeIdleConnections" in server) {
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS).unref();
  }
  await closed;
  await context.queue.stop();
  context.wakeups.close();
  await context.database.close();
}

function readClock(): Date {
  return new Date();
}

/** The name of what lies behind an error; a message may quote what it was about. */
function causeOf(error: Error): string | undefined {
  return error.cause instanceof Error ? error.cause.name : undefined;
}
