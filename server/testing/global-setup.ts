import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createQueue } from "../jobs/queue.ts";
import { migrate } from "../store/migrate.ts";
import { type DatabaseConfig, openPool } from "../store/pool.ts";
import { findPostgres } from "./find-postgres.ts";
import { databaseAt, onServer } from "./postgres-databases.ts";

/** What the tests copy their databases from. */
export interface Templates {
  /** A closed, migrated and empty data folder. */
  folder: string;
  /** A PostgreSQL server and the name of a migrated and empty database on it. */
  postgres: { url: string; template: string };
}

declare module "vitest" {
  interface ProvidedContext {
    templates: Templates;
  }
}

/** Makes the two templates once per run. Without a PostgreSQL server the run fails: half a suite proves nothing. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { url, source, stop } = await findPostgres();
  const work = mkdtempSync(join(tmpdir(), "partyline-test-"));
  process.stdout.write(`PostgreSQL for the tests: ${source}\n`);
  const folder = join(work, "template");
  const template = `partyline_template_${randomBytes(4).toString("hex")}`;
  await onServer(url, `create database ${template}`);
  await prepare({ dataFolder: folder, onError: raise });
  await prepare({ dataFolder: work, databaseUrl: databaseAt(url, template), onError: raise });
  project.provide("templates", { folder, postgres: { url, template } });
  return async () => {
    await onServer(url, `drop database ${template} with (force)`);
    stop();
    rmSync(work, { recursive: true, force: true });
  };
}

async function prepare(config: DatabaseConfig): Promise<void> {
  const database = await openPool(config);
  await migrate(database);
  const queue = createQueue(database, [], raise);
  await queue.start();
  await queue.stop();
  await database.close();
}

function raise(error: Error): never {
  throw error;
}
