import { Kysely, PostgresDialect } from "kysely";
import type { DatabasePool } from "./pool.ts";

/** What better-auth takes as its database: our pool, and its tables in a schema of their own. */
export function signInDatabase(pool: DatabasePool["pool"]) {
  return {
    db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    type: "postgres" as const,
    schemaName: "auth",
    // Its transactions query the pool from inside themselves, and the embedded database has one connection.
    transaction: false,
  };
}
