import { sql, type Kysely } from "kysely";

/** Since when each contact is on do-not-disturb: a group's lock may have begun with somebody else. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table contact add column dnd_since timestamptz`.execute(db);
}
