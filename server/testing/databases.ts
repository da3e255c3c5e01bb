import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type DatabaseConfig, type DatabasePool, openPool } from "../store/pool.ts";
import { databaseAt, onServer } from "./postgres-databases.ts";

/** A place for a database that is migrated and empty, and belongs to one test. */
export interface DatabasePlace {
  /** To open it; another process may use it too, but of an embedded one only one at a time. */
  config: DatabaseConfig;
  remove: () => Promise<void>;
}

export interface TestDatabase extends DatabasePool {
  config: DatabaseConfig;
  /** What the pool reported and nobody threw. */
  errors: Error[];
}

export interface TestEngine {
  name: "embedded" | "postgresql";
  place: () => Promise<DatabasePlace>;
  /** Opens a new database; its `close` removes it too. */
  open: () => Promise<TestDatabase>;
}

/** For `describe.each(databases)("… on $name", ({ open }) => …)`. */
export const databases: readonly TestEngine[] = [
  { name: "embedded", place: placeEmbedded, open: () => openAt(placeEmbedded()) },
  { name: "postgresql", place: placeOnServer, open: () => openAt(placeOnServer()) },
];

async function openAt(placing: Promise<DatabasePlace>): Promise<TestDatabase> {
  const { config, remove } = await placing;
  const errors: Error[] = [];
  const database = await openPool({ ...config, onError: (error) => errors.push(error) });
  return {
    ...database,
    config,
    errors,
    close: async () => {
      await database.close();
      await remove();
    },
  };
}

async function placeEmbedded(): Promise<DatabasePlace> {
  const dataFolder = mkdtempSync(join(tmpdir(), "partyline-data-"));
  cpSync(inject("templates").folder, dataFolder, { recursive: true });
  return {
    config: { dataFolder, onError: ignore },
    remove: async () => rmSync(dataFolder, { recursive: true, force: true }),
  };
}

async function placeOnServer(): Promise<DatabasePlace> {
  const { url, template } = inject("templates").postgres;
  const name = `partyline_test_${randomBytes(6).toString("hex")}`;
  await onServer(url, `create database ${name} template ${template}`);
  return {
    config: { databaseUrl: databaseAt(url, name), dataFolder: "", onError: ignore },
    remove: () => onServer(url, `drop database ${name} with (force)`),
  };
}

function ignore(): void {
  // A place is only an address; whoever opens it listens for its errors.
}
