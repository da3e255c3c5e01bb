import { sql, type RawBuilder } from "kysely";
import { normalisePhone } from "@partyline/domain/phone-number";
import { asksForNumber, wordsOf, wordsOfName } from "@partyline/domain/search-text";
import type { GroupFilter } from "@partyline/contract/group";
import type { Trx } from "./tenant.ts";

export interface GroupQuery {
  userId: string;
  /** Words of a name or a message, or digits of a number; empty lists everything. */
  query: string;
  filter: GroupFilter;
  /** With assigned data only, the CRM user every contact must belong to (rule R10); null for everybody. */
  assignedTo: string | null;
  /** Only groups with older activity than this one. */
  before: { at: Date; id: string } | null;
  limit: number;
}

export interface GroupIdPage {
  ids: string[];
  /** Where to go on; null at the end. With a search, a page may hold few and yet not be the last. */
  next: { at: Date; id: string } | null;
}

interface SearchBounds {
  /** So many matches are gathered and put in order; where there are more, they lie so close that a walk meets them. */
  gathered: number;
  /** How many groups one page of such a walk looks at. */
  walked: number;
}

const BOUNDS: SearchBounds = { gathered: 10_000, walked: 2_000 };

/** Ids of groups, latest activity first. */
export async function pageGroupIds(
  trx: Trx,
  workspaceId: string,
  page: GroupQuery,
  bounds = BOUNDS,
): Promise<GroupIdPage> {
  const listed = groupsOf(trx, workspaceId, page);
  if (page.query.trim() === "") return pageOf(await listed.limit(page.limit).execute(), page.limit);
  const words = asked(page.query);
  // Nothing but punctuation finds nothing.
  if (words === null) return { ids: [], next: null };
  const gathered = await gather(trx, words, bounds.gathered);
  if (gathered === null) return walk(trx, listed, { words, limit: page.limit, walked: bounds.walked });
  if (gathered.length === 0) return { ids: [], next: null };
  const found = listed.where(sql<boolean>`id = any(${gathered}::uuid[])`);
  return pageOf(await found.limit(page.limit).execute(), page.limit);
}

/** The groups that pass the filter, latest activity first. */
function groupsOf(trx: Trx, workspaceId: string, page: GroupQuery) {
  let query = trx
    .selectFrom("groups")
    .select(["workspace_id", "id", "last_activity_at", "search"])
    .where("workspace_id", "=", workspaceId);
  if (page.before !== null) {
    const { at, id } = page.before;
    query = query.where(sql<boolean>`(last_activity_at, id) < (${at}, ${id})`);
  }
  // Rule R10 as a filter, so that a page is full; the domain's own rule still judges what is shown.
  if (page.assignedTo !== null) query = query.where("sole_owner", "=", page.assignedTo);
  if (page.filter === "locked") query = query.where("locked_since", "is not", null);
  if (page.filter === "mine") query = query.where("created_by", "=", page.userId);
  if (page.filter === "unread") query = query.where(unreadBy(page.userId));
  return query.orderBy("last_activity_at", "desc").orderBy("id", "desc");
}

interface Place {
  id: string;
  last_activity_at: Date;
}

function pageOf(rows: readonly Place[], limit: number): GroupIdPage {
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { ids: rows.map((row) => row.id), next: placeOf(last) };
}

function placeOf(row: Place | undefined): GroupIdPage["next"] {
  return row === undefined ? null : { at: row.last_activity_at, id: row.id };
}

/** Every word must begin a word of the group's names, numbers, or one of its messages. */
function asked(query: string): RawBuilder<unknown> | null {
  const words = wordsOf(query);
  if (words.length === 0) return null;
  return sql`to_tsquery('simple', ${asksForNumber(query) ? numberBeginnings(query, words) : beginnings(words)})`;
}

/** Numbers are kept from the area code on, and none of those begins with a 1; a name or a message may. */
function numberBeginnings(query: string, words: readonly string[]): string {
  const [first = "", ...rest] = words;
  const written = [words];
  // However a whole number is written, it is one.
  const whole = normalisePhone(query);
  if (whole?.startsWith("+1") === true) written.push([whole.slice(2)]);
  else if (first.startsWith("1")) written.push(first === "1" ? rest : [first.slice(1), ...rest]);
  const ways = written.filter((way) => way.length > 0).map((way) => `(${beginnings(way)})`);
  return [...new Set(ways)].join(" | ");
}

function beginnings(words: readonly string[]): string {
  return words.map((word) => `${word}:*`).join(" & ");
}

/** What a message is found by, as its index has it. */
const SAID = sql.raw("to_tsvector('simple', coalesce(m.folded_words, m.text))");

/** The groups that match; null when they are too many to gather. */
async function gather(trx: Trx, words: RawBuilder<unknown>, most: number): Promise<string[] | null> {
  const { rows } = await sql<{ ids: string[] | null }>`
    select group_ids_matching(${words}, ${most}) as ids`.execute(trx);
  return rows[0]?.ids ?? null;
}

type Listed = ReturnType<typeof groupsOf>;

/** Looks at the next groups one by one; where the walk ends before the page is full, the next page goes on from there. */
async function walk(
  trx: Trx,
  listed: Listed,
  { words, limit, walked }: { words: RawBuilder<unknown>; limit: number; walked: number },
): Promise<GroupIdPage> {
  const found = await trx
    .selectFrom(listed.limit(walked).as("groups"))
    .select(["id", "last_activity_at"])
    .where(
      sql<boolean>`(search @@ ${words} or exists (select from message m
        where m.workspace_id = groups.workspace_id and m.group_id = groups.id and ${SAID} @@ ${words}))`,
    )
    .orderBy("last_activity_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  if (found.length === limit) return pageOf(found, limit);
  const end = await listed
    .offset(walked - 1)
    .limit(1)
    .execute();
  return { ids: found.map((row) => row.id), next: placeOf(end[0]) };
}

/** Only a group with a reply can be unread: an index knows those, which are few. */
function unreadBy(userId: string) {
  return sql<boolean>`inbound_seq > 0 and not exists (
    select from read_state r
    where r.workspace_id = groups.workspace_id and r.user_id = ${userId} and r.group_id = groups.id
      and r.seq >= groups.inbound_seq)`;
}

/**
 * Of these groups, those that are not found by their own names and numbers but by what was said in them: each with the
 * latest such message.
 */
export async function findSaid(
  trx: Trx,
  workspaceId: string,
  { query, ids }: { query: string; ids: readonly string[] },
): Promise<string[]> {
  const words = asked(query);
  if (words === null || ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select said.id from groups g, lateral (
      select m.id from message m
      where m.workspace_id = g.workspace_id and m.group_id = g.id and ${SAID} @@ ${words}
      order by m.seq desc limit 1) said
    where g.workspace_id = ${workspaceId} and g.id = any(${ids}::uuid[]) and not g.search @@ ${words}`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Writes what groups are found by: their name, the people's names then and now, their numbers from the area code, the
 * exchange and the last four digits on, as people remember them, and who owns all of their contacts. Words are folded,
 * like those of a search. To be called when a group is made or renamed, and when contacts of it change, by who holds it.
 */
export async function indexGroups(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<Indexed>`
    select g.id, concat_ws(' ', g.name, string_agg(concat_ws(' ', pc.name, c.name), ' ')) as names,
      string_agg(concat_ws(' ', substr(p.phone, 3), right(p.phone, 7), right(p.phone, 4)), ' ') as numbers,
      case when bool_and(c.owner_id is not null) and min(c.owner_id) = max(c.owner_id) then min(c.owner_id) end as owner
    from groups g
    join participant p on (p.workspace_id, p.group_id) = (g.workspace_id, g.id)
    left join participant_contact pc on (pc.workspace_id, pc.group_id, pc.participant_id) = (p.workspace_id, p.group_id, p.id)
    left join contact c on (c.workspace_id, c.id) = (pc.workspace_id, pc.contact_id)
    where g.workspace_id = ${workspaceId} and g.id = any(${ids}::uuid[])
    group by g.workspace_id, g.id`.execute(trx);
  const words = rows.map(({ names, numbers }) => [...wordsOfName(names), numbers].join(" "));
  await sql`
    update groups set search = to_tsvector('simple', found.words), sole_owner = found.owner
    from unnest(${rows.map((row) => row.id)}::uuid[], ${words}::text[], ${rows.map((row) => row.owner)}::text[])
      as found (id, words, owner)
    where groups.workspace_id = ${workspaceId} and groups.id = found.id`.execute(trx);
}

interface Indexed {
  id: string;
  names: string;
  numbers: string;
  owner: string | null;
}

/** The owner of all of a group's contacts, as last indexed; groups without one are absent. */
export async function findSoleOwners(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom("groups")
    .select(["id", "sole_owner"])
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.flatMap(({ id, sole_owner }) => (sole_owner === null ? [] : [[id, sole_owner]])));
}
