import { sql, type Kysely } from "kysely";

/** When we set out to confirm an opt-out that the carrier does not confirm itself: once, whatever came of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table consent_event add column confirming_since timestamptz`.execute(db);
}
