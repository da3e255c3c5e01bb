import { sql, type Kysely } from "kysely";
import { seeingEveryRow } from "../row-security.ts";

/**
 * Do-not-disturb counts for every contact with the number: groups that another contact keeps from sending are locked.
 * Kept besides is when a contact last came off it, which a deleted contact's last state gives way to.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table contact add column dnd_lifted_at timestamptz`.execute(db);
  await seeingEveryRow(db, async () => {
    await sql`
      update groups g set locked_since = now()
      from participant p
      join contact_phone cp on (cp.workspace_id, cp.phone) = (p.workspace_id, p.phone)
      join contact c on (c.workspace_id, c.id) = (cp.workspace_id, cp.contact_id)
      where (p.workspace_id, p.group_id) = (g.workspace_id, g.id) and g.locked_since is null
        and (c.do_not_disturb or c.sms_status <> 'inactive')`.execute(db);
  });
}
