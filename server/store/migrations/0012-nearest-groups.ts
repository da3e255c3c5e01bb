import { sql, type Kysely } from "kysely";
import { OWNER_ROLE } from "../tenant.ts";

/**
 * The nearest group apart from the one that is succeeded: a group made of a discovered thread has both, and must not
 * seem to follow one that it is only near to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table groups add column nearest_group_id uuid`.execute(db);
  // Row-level security hides every row from the connecting user, although it owns the table.
  await sql`set local role ${sql.id(OWNER_ROLE)}`.execute(db);
  await sql`
    update groups set nearest_group_id = origin_group_id, origin_group_id = null where created_by is null`.execute(db);
  await sql`reset role`.execute(db);
  await sql`create index groups_by_nearest on groups (workspace_id, nearest_group_id)`.execute(db);
}
