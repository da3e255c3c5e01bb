import { type ChildProcess, fork } from "node:child_process";
import type { FromPostgres } from "./postgres-process.ts";

export interface PostgresServer {
  url: string;
  /** For a person: where it came from. */
  source: string;
  stop: () => void;
}

/** `DATABASE_URL`, or a throw-away server of the system's or npm's PostgreSQL that ends with this process. */
export async function findPostgres(): Promise<PostgresServer> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "") return { url: given, source: "DATABASE_URL", stop: () => undefined };
  const child = fork(new URL("postgres-process.ts", import.meta.url), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const answer = await firstMessage(child);
  if ("failure" in answer) {
    child.disconnect();
    throw new Error(
      `The tests need a PostgreSQL server and none could be started (${answer.failure}). ` +
        "Set DATABASE_URL to one that may create databases, or install PostgreSQL.",
    );
  }
  // A run that is over must not wait for the server to stop.
  child.unref();
  child.channel?.unref();
  return { ...answer, stop: () => child.disconnect() };
}

function firstMessage(child: ChildProcess): Promise<FromPostgres> {
  const { promise, resolve } = Promise.withResolvers<FromPostgres>();
  child.once("message", (message) => resolve(message as FromPostgres));
  child.once("exit", (code) => resolve({ failure: `it exited with ${code}` }));
  return promise;
}
