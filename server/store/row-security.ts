import { type Kysely, sql } from "kysely";
import { OWNER_ROLE, WORKSPACE_ROLE } from "./tenant.ts";

/**
 * Called by a migration for every table that belongs to workspaces: from then on a query sees only the
 * rows of the workspace it runs in, with or without a `where`.
 * @param column the one that holds the workspace's id; `id` for the table of workspaces itself
 */
export async function secureByWorkspace(db: Kysely<unknown>, table: string, column = "workspace_id"): Promise<void> {
  const target = sql.table(table);
  // The sub-select is evaluated once per query and keeps index scans.
  const own = sql`${sql.ref(column)} = (select nullif(current_setting('app.workspace', true), '')::uuid)`;
  await sql`alter table ${target} enable row level security`.execute(db);
  // Without force, the role that owns the table would see everything.
  await sql`alter table ${target} force row level security`.execute(db);
  await sql`create policy own_workspace on ${target} to ${sql.id(WORKSPACE_ROLE)} using (${own}) with check (${own})`.execute(
    db,
  );
  await sql`create policy every_workspace on ${target} to ${sql.id(OWNER_ROLE)} using (true) with check (true)`.execute(
    db,
  );
}

/** For a migration that fills rows: row-level security may hide every one from the connecting user, who owns the table. */
export async function seeingEveryRow(db: Kysely<unknown>, work: () => Promise<void>): Promise<void> {
  await sql`set local role ${sql.id(OWNER_ROLE)}`.execute(db);
  await work();
  await sql`reset role`.execute(db);
}
