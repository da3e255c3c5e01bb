import { sql } from "kysely";
import type { Trx } from "./tenant.ts";

/** What the group `toId` is to the group `fromId`. */
export interface LinkRow {
  fromId: string;
  toId: string;
  relation: "predecessor" | "nearest";
}

/** Every link that begins or ends at one of these groups, successions first. */
export async function findLinks(trx: Trx, workspaceId: string, groupIds: readonly string[]): Promise<LinkRow[]> {
  if (groupIds.length === 0) return [];
  const links = (column: "origin_group_id" | "nearest_group_id") =>
    trx
      .selectFrom("groups")
      .select(["id", `${column} as to_id`])
      .where("workspace_id", "=", workspaceId)
      .where(column, "is not", null)
      .where((eb) => eb.or([eb("id", "in", groupIds), eb(column, "in", groupIds)]))
      .orderBy("created_at")
      .execute();
  const rows = [
    ...(await links("origin_group_id")).map((row) => ({ ...row, relation: "predecessor" as const })),
    ...(await links("nearest_group_id")).map((row) => ({ ...row, relation: "nearest" as const })),
  ];
  return rows.flatMap(({ id, to_id, relation }) => (to_id === null ? [] : [{ fromId: id, toId: to_id, relation }]));
}

/** What a group follows, what that follows, and so on. */
export async function findAncestors(trx: Trx, workspaceId: string, groupId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive line as (
      select origin_group_id as id from groups where (workspace_id, id) = (${workspaceId}, ${groupId})
      union
      select g.origin_group_id from groups g join line on g.id = line.id where g.workspace_id = ${workspaceId}
    )
    select id from line where id is not null`.execute(trx);
  return rows.map(({ id }) => id);
}

export async function linkGroup(
  trx: Trx,
  workspaceId: string,
  { groupId, predecessorId, revision }: { groupId: string; predecessorId: string; revision: number },
): Promise<void> {
  await trx
    .updateTable("groups")
    .set({
      revision,
      origin_group_id: sql`case when id = ${groupId}::uuid then ${predecessorId}::uuid else origin_group_id end`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", [groupId, predecessorId])
    .execute();
}

/** The group of this business number that shares the most people with a set of numbers, latest activity first among equals. */
export async function findNearestGroup(
  trx: Trx,
  workspaceId: string,
  { businessNumberId, members }: { businessNumberId: string; members: readonly string[] },
): Promise<string | null> {
  const row = await trx
    .selectFrom("groups as g")
    .innerJoin("participant as p", (join) =>
      join.onRef("p.workspace_id", "=", "g.workspace_id").onRef("p.group_id", "=", "g.id"),
    )
    .select("g.id")
    .where("g.workspace_id", "=", workspaceId)
    .where("g.business_number_id", "=", businessNumberId)
    .where("g.created_by", "is not", null)
    .where("p.phone", "in", members)
    .groupBy(["g.id", "g.last_activity_at"])
    .orderBy(sql`count(*)`, "desc")
    .orderBy("g.last_activity_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Lets another group take a discovered thread's roster, which is to be absorbed into it. */
export async function releaseKey(trx: Trx, workspaceId: string, threadId: string): Promise<void> {
  await trx
    .updateTable("groups")
    .set({ key: `absorbed:${threadId}` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", threadId)
    .execute();
}

/**
 * Moves a discovered thread's messages into the group that is made of it, author by author, with everybody's place in
 * them and the thread's links, and forgets the thread. The group has no messages of its own yet.
 */
export async function absorbThread(
  trx: Trx,
  workspaceId: string,
  { threadId, groupId }: { threadId: string; groupId: string },
): Promise<void> {
  await sql`
    update message m set group_id = ${groupId}, author_participant_id = (
      select n.id from participant o join participant n on n.workspace_id = o.workspace_id and n.phone = o.phone
      where o.workspace_id = m.workspace_id and o.group_id = ${threadId} and o.id = m.author_participant_id
        and n.group_id = ${groupId})
    where workspace_id = ${workspaceId} and group_id = ${threadId}`.execute(trx);
  await sql`
    update groups g set message_seq = t.message_seq, inbound_seq = t.inbound_seq, nearest_group_id = t.nearest_group_id
    from groups t
    where (g.workspace_id, g.id) = (${workspaceId}, ${groupId}) and (t.workspace_id, t.id) = (${workspaceId}, ${threadId})`.execute(
    trx,
  );
  // The messages keep their numbers, so what was read stays read.
  await trx
    .updateTable("read_state")
    .set({ group_id: groupId })
    .where("workspace_id", "=", workspaceId)
    .where("group_id", "=", threadId)
    .execute();
  await moveFollowers(trx, workspaceId, { threadId, groupId });
  for (const table of ["participant_contact", "participant"] as const) {
    await trx.deleteFrom(table).where("workspace_id", "=", workspaceId).where("group_id", "=", threadId).execute();
  }
  await trx.deleteFrom("groups").where("workspace_id", "=", workspaceId).where("id", "=", threadId).execute();
}

/** A group that followed the thread follows what is made of it; that itself cannot be its own predecessor. */
async function moveFollowers(
  trx: Trx,
  workspaceId: string,
  { threadId, groupId }: { threadId: string; groupId: string },
): Promise<void> {
  await trx
    .updateTable("groups")
    .set({ origin_group_id: sql`nullif(${groupId}::uuid, id)` })
    .where("workspace_id", "=", workspaceId)
    .where("origin_group_id", "=", threadId)
    .execute();
}
