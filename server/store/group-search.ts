import { sql } from "kysely";
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

/** Ids of groups, latest activity first. */
export async function pageGroupIds(trx: Trx, workspaceId: string, page: GroupQuery): Promise<string[]> {
  let query = trx.selectFrom("groups").select("id").where("workspace_id", "=", workspaceId);
  if (page.before !== null) {
    const { at, id } = page.before;
    query = query.where(sql<boolean>`(last_activity_at, id) < (${at}, ${id})`);
  }
  // Rule R10 as a filter, so that a page is full; the domain's own rule still judges what is shown.
  if (page.assignedTo !== null) query = query.where("sole_owner", "=", page.assignedTo);
  if (page.filter === "locked") query = query.where("locked_since", "is not", null);
  if (page.filter === "mine") query = query.where("created_by", "=", page.userId);
  if (page.filter === "unread") query = query.where(unreadBy(page.userId));
  if (page.query.trim() !== "") query = query.where(matches(page.query));
  const rows = await query.orderBy("last_activity_at", "desc").orderBy("id", "desc").limit(page.limit).execute();
  return rows.map((row) => row.id);
}

function unreadBy(userId: string) {
  return sql<boolean>`inbound_seq > coalesce((
    select seq from read_state r
    where r.workspace_id = groups.workspace_id and r.user_id = ${userId} and r.group_id = groups.id), 0)`;
}

/** Every word must begin a word of the group's names, numbers, or one of its messages. */
function matches(query: string) {
  const words = query.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  // Nothing but punctuation finds nothing.
  if (words.length === 0) return sql<boolean>`false`;
  const wanted = sql`to_tsquery('simple', ${words.map((word) => `${word}:*`).join(" & ")})`;
  return sql<boolean>`id in (select group_ids_matching(${wanted}))`;
}

/**
 * Writes what groups are found by: their name, the people's names then and now, their numbers from the area code, the
 * exchange and the last four digits on, as people remember them, and who owns all of their contacts. To be called when
 * a group is made or renamed, and when contacts of it change.
 */
export async function indexGroups(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update groups set search = to_tsvector('simple', concat_ws(' ', groups.name, found.words)), sole_owner = found.owner
    from (
      select p.group_id,
        string_agg(concat_ws(' ', pc.name, c.name, substr(p.phone, 3), right(p.phone, 7), right(p.phone, 4)), ' ') as words,
        case when bool_and(c.owner_id is not null) and min(c.owner_id) = max(c.owner_id) then min(c.owner_id) end as owner
      from participant p
      left join participant_contact pc on (pc.workspace_id, pc.group_id, pc.participant_id) = (p.workspace_id, p.group_id, p.id)
      left join contact c on (c.workspace_id, c.id) = (pc.workspace_id, pc.contact_id)
      where p.workspace_id = ${workspaceId} and p.group_id = any(${ids}::uuid[])
      group by p.group_id) found
    where groups.workspace_id = ${workspaceId} and groups.id = found.group_id`.execute(trx);
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
    .where("id", "in", ids)
    .execute();
  return new Map(rows.flatMap(({ id, sole_owner }) => (sole_owner === null ? [] : [[id, sole_owner]])));
}
