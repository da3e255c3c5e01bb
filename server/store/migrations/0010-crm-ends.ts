import { sql, type Kysely } from "kysely";

/** When a CRM told of a change nobody could look at yet, that it refuses the app itself, and who is no longer in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // An answer to a question asked before is not the last word.
  await sql`alter table directory_contact add column told_at timestamptz`.execute(db);
  await sql`alter table directory_connection add column trouble text check (trouble in ('app_refused'))`.execute(db);
  // Only whom the CRM once named can be missed there: somebody of the agency above may never be in its list.
  await sql`alter table users add column crm_seen_at timestamptz, add column crm_gone_at timestamptz`.execute(db);
}
