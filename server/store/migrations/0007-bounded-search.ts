import { sql, type Kysely } from "kysely";

/** The search for groups stops at a number of candidates: a word that half of them have is looked for another way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function group_ids_matching(tsquery)`.execute(db);
  await sql`
    create function group_ids_matching(words tsquery, most integer) returns uuid[]
    language sql stable security definer set search_path = public as $$
      with found as (
        (select id from groups
          where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and search @@ words
          limit most + 1)
        union all
        (select group_id from message
          where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
            and to_tsvector('simple', text) @@ words
          limit most + 1))
      select case when count(*) <= most then coalesce(array_agg(distinct id), '{}') end from found
    $$`.execute(db);
}
