import { sql, type Kysely } from "kysely";

/** A number that the CRM listed once and no longer does: one that it never listed is the workspace file's alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table business_number add column crm_listed_at timestamptz, add column crm_released_at timestamptz`.execute(
    db,
  );
}
