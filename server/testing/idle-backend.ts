import { once } from "node:events";
import { serve } from "@hono/node-server";
import { pino } from "pino";
import { v7 as newId } from "uuid";
import { createApp } from "../app.ts";
import type { Backend } from "../backend.ts";
import { createTelnyx } from "../carriers/telnyx.ts";
import { readConfig, type Config } from "../config.ts";
import type { Context } from "../context.ts";
import { JOB_KINDS } from "../jobs/kinds.ts";
import { createQueue } from "../jobs/queue.ts";
import { provision } from "../provision.ts";
import { createSignIn } from "../sign-in/sign-in.ts";
import { migrate } from "../store/migrate.ts";
import { openPool } from "../store/pool.ts";
import { createWakeups } from "../store/wakeups.ts";
import { WORKSPACE } from "./backend.ts";
import { EXTENSION_REDIRECT_URI } from "./sign-in.ts";

/** The backend but for its workers, which would compete with what is measured: jobs are stored and stay. */
export async function startIdleBackend(environment: Record<string, string>): Promise<Backend> {
  const config = readConfig({
    PARTYLINE_SECRET: "a secret of more than thirty-two characters",
    PARTYLINE_SANDBOX: "1",
    EXTENSION_REDIRECTS: EXTENSION_REDIRECT_URI,
    TELNYX_API_KEY: "never used",
    TELNYX_PUBLIC_KEY: Buffer.alloc(32, 1).toString("base64"),
    ...environment,
  });
  const started = new AsyncDisposableStack();
  const context = await createContext(config, started);
  const server = serve({ fetch: createApp(context).fetch, hostname: config.host, port: config.port });
  await once(server, "listening");
  started.defer(() => void server.close());
  return { context, url: config.publicUrl, close: () => started.disposeAsync() };
}

async function createContext(config: Config, started: AsyncDisposableStack): Promise<Context> {
  const database = await openPool({ ...config, onError: ignore });
  started.defer(() => database.close());
  await migrate(database);
  const signIn = await createSignIn({
    pool: database.pool,
    publicUrl: config.publicUrl,
    secret: config.secret,
    redirectUris: config.extensionRedirects,
    sandbox: { demoUsers: WORKSPACE.users, listensOn: config.host },
    now,
    log: () => undefined,
  });
  await provision({ database, signIn }, WORKSPACE);
  const wakeups = await createWakeups(database, { onError: ignore });
  started.defer(() => wakeups.close());
  const queue = createQueue(database, JOB_KINDS, ignore);
  started.defer(() => queue.stop());
  await queue.start();
  const carrier = createTelnyx({ ...config.telnyx, now });
  const stopping = new AbortController().signal;
  return { config, database, queue, wakeups, carrier, signIn, log: pino({ level: "silent" }), stopping, now, newId };
}

function now(): Date {
  return new Date();
}

function ignore(): void {
  // What is measured throws by itself; a poll in the background that was late on a busy machine is no failure.
}
