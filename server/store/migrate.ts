import { Kysely, PostgresDialect, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { MigrationFailedError } from "./errors.ts";
import { migrations as released } from "./migrations/all.ts";
import type { DatabasePool } from "./pool.ts";

/**
 * Brings the database to the shape this program expects. Safe when several replicas start at once: the
 * first one works, the others wait and find nothing to do. All or nothing.
 * @returns the names of the migrations applied by this call
 */
export async function migrate(
  database: DatabasePool,
  migrations: Record<string, Migration> = released,
): Promise<string[]> {
  // Not through the tenant's door: this runs as the connecting user, who owns the tables.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => withoutTimeLimit(migrations) },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === "Error");
    throw new MigrationFailedError(failed?.migrationName ?? "(none of them began)", error);
  }
  return results.map(({ migrationName }) => migrationName);
}

/** An index over a large table may take longer than any request may. */
function withoutTimeLimit(migrations: Record<string, Migration>): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, migration]) => [
      name,
      {
        up: async (db: Kysely<unknown>) => {
          await sql`set local statement_timeout = 0`.execute(db);
          await migration.up(db);
        },
      },
    ]),
  );
}
