import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox } from "@partyline/sandbox/sandbox";
import { temporaryFolder } from "../tests/e2e/chromium-session.ts";
import { megabytes, type Figure } from "./figure.ts";
import { createDatabase } from "./postgres.ts";

const IDLE_MS = 30_000;
const run = promisify(execFile);

/** What the backend's process holds once it has started with the sample CRM's 240 contacts and rested a while. */
export async function measureMemory(): Promise<Figure[]> {
  const embedded = await restingMemory({});
  await using database = await createDatabase();
  const onServer = await restingMemory({ DATABASE_URL: database.url });
  return [
    { what: "Backend at rest, embedded database (RSS)", value: megabytes(embedded) },
    { what: "Backend at rest, on a PostgreSQL server (RSS)", value: megabytes(onServer) },
  ];
}

async function restingMemory(environment: Record<string, string>): Promise<number> {
  const folder = await temporaryFolder();
  const sandbox = await startSandbox({
    ports: await freePorts(),
    dataFolder: folder.path,
    redirects: [],
    environment,
  });
  await delay(IDLE_MS);
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(sandbox.backend.pid)]);
  await sandbox.close();
  await folder.remove();
  return Number(stdout) * 1024;
}
