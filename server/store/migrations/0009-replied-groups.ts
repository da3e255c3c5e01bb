import { sql, type Kysely } from "kysely";

/** Only a group with a reply can be unread, and most have none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index groups_replied_to on groups (workspace_id, last_activity_at desc, id desc)
    where inbound_seq > 0`.execute(db);
}
