import { sql, type Kysely } from "kysely";
import { secureByWorkspace } from "../row-security.ts";

/** Which messages stand on whose timeline in the CRM; a copy that was begun is not begun again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table timeline_copy (
      workspace_id uuid not null,
      message_id uuid not null,
      contact_id text not null,
      state text not null check (state in ('writing', 'written', 'refused')),
      primary key (workspace_id, message_id, contact_id),
      foreign key (workspace_id, message_id) references message
    )`.execute(db);
  await secureByWorkspace(db, "timeline_copy");
}
