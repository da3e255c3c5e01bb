import { wordsOfName } from "@partyline/domain/search-text";
import { sql, type Kysely } from "kysely";
import { foldedWords } from "../folded-words.ts";
import { seeingEveryRow } from "../row-security.ts";

const BATCH = 5_000;

/** Groups are searched by names and by what was said, without case, accents and apostrophes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index message_by_words`.execute(db);
  // Most texts are found by themselves: only the others are kept a second time.
  await sql`alter table message add column folded_words text`.execute(db);
  await seeingEveryRow(db, () => forAll((after) => foldMessages(db, after)));
  await sql`create index message_by_words on message using gin (to_tsvector('simple', coalesce(folded_words, text)))`.execute(
    db,
  );
  await sql`
    create or replace function group_ids_matching(words tsquery, most integer) returns uuid[]
    language sql stable security definer set search_path = public as $$
      with said as materialized (
        select group_id from message
        where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
          and to_tsvector('simple', coalesce(folded_words, text)) @@ words
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
  await seeingEveryRow(db, () => forAll((after) => foldGroups(db, after)));
}

interface Key {
  workspace_id: string;
  id: string;
}

async function forAll(next: (after: Key) => Promise<Key | undefined>): Promise<void> {
  const zero = "00000000-0000-0000-0000-000000000000";
  let last: Key | undefined = { workspace_id: zero, id: zero };
  while (last !== undefined) last = await next(last);
}

async function foldMessages(db: Kysely<unknown>, after: Key): Promise<Key | undefined> {
  const { rows } = await sql<Key & { text: string }>`
    select workspace_id, id, text from message
    where (workspace_id, id) > (${after.workspace_id}::uuid, ${after.id}::uuid) and octet_length(text) <> char_length(text)
    order by workspace_id, id limit ${BATCH}`.execute(db);
  await sql`
    update message m set folded_words = f.words
    from unnest(${rows.map((row) => row.workspace_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => foldedWords(row.text))}::text[]) as f (workspace_id, id, words)
    where (m.workspace_id, m.id) = (f.workspace_id, f.id)`.execute(db);
  return rows.at(-1);
}

async function foldGroups(db: Kysely<unknown>, after: Key): Promise<Key | undefined> {
  const { rows } = await sql<Key & { names: string; numbers: string | null }>`
    select g.workspace_id, g.id, concat_ws(' ', g.name, string_agg(concat_ws(' ', pc.name, c.name), ' ')) as names,
      string_agg(concat_ws(' ', substr(p.phone, 3), right(p.phone, 7), right(p.phone, 4)), ' ') as numbers
    from (
      select workspace_id, id, name from groups
      where (workspace_id, id) > (${after.workspace_id}::uuid, ${after.id}::uuid)
      order by workspace_id, id limit ${BATCH}) g
    left join participant p on (p.workspace_id, p.group_id) = (g.workspace_id, g.id)
    left join participant_contact pc on (pc.workspace_id, pc.group_id, pc.participant_id) = (p.workspace_id, p.group_id, p.id)
    left join contact c on (c.workspace_id, c.id) = (pc.workspace_id, pc.contact_id)
    group by g.workspace_id, g.id, g.name order by g.workspace_id, g.id`.execute(db);
  const words = rows.map(({ names, numbers }) => [...wordsOfName(names), numbers].join(" "));
  await sql`
    update groups g set search = to_tsvector('simple', f.words)
    from unnest(${rows.map((row) => row.workspace_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
      ${words}::text[]) as f (workspace_id, id, words)
    where (g.workspace_id, g.id) = (f.workspace_id, f.id)`.execute(db);
  return rows.at(-1);
}
