import { sql, type Kysely } from "kysely";

/** When somebody was taken out of the workspace file, and how much of the change log has been forgotten. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table users add column left_at timestamptz`.execute(db);
  // A cursor before this one has missed changes that nobody can tell any more.
  await sql`alter table workspace add column forgotten_seq bigint not null default 0`.execute(db);
  await sql`alter table change_log add column at timestamptz not null default now()`.execute(db);
  // Rows lie in the order of their age, which is what this kind of index is small for.
  await sql`create index change_log_by_age on change_log using brin (at)`.execute(db);
}
