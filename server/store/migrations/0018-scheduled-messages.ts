import { sql, type Kysely } from "kysely";
import { secureByWorkspace } from "../row-security.ts";

/** What is to be sent later; a row becomes a message at its time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table scheduled_message (
      workspace_id uuid not null,
      id uuid not null,
      group_id uuid not null,
      author_user_id uuid not null,
      text text not null,
      send_at timestamptz not null,
      held text check (held in ('locked', 'author_cannot_send', 'missed')),
      primary key (workspace_id, id),
      foreign key (workspace_id, group_id) references groups,
      foreign key (workspace_id, author_user_id) references users
    )`.execute(db);
  await sql`create index scheduled_message_group on scheduled_message (workspace_id, group_id, send_at)`.execute(db);
  await secureByWorkspace(db, "scheduled_message");
}
