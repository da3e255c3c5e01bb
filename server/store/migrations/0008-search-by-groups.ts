import { sql, type Kysely } from "kysely";

/**
 * The search for groups counts groups, not messages: one where a word was said very often is one candidate. How many
 * messages are looked at stays bounded too, at twenty for each candidate.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function group_ids_matching(words tsquery, most integer) returns uuid[]
    language sql stable security definer set search_path = public as $$
      with said as materialized (
        select group_id from message
        where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
          and to_tsvector('simple', text) @@ words
        limit most * 20 + 1),
      found as (
        (select id from groups
          where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and search @@ words
          limit most + 1)
        union
        select group_id from said)
      select case when count(*) <= most and (select count(*) from said) <= most * 20
        then coalesce(array_agg(id), '{}') end from found
    $$`.execute(db);
}
