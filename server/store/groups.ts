import { sql, type Selectable } from "kysely";
import type { RosterEntry } from "@partyline/domain/roster";
import { indexGroups } from "./group-search.ts";
import type { Database } from "./schema.ts";
import type { Trx } from "./tenant.ts";

export interface GroupRow {
  id: string;
  name: string | null;
  mode: "native" | "relay";
  businessNumberId: string;
  /** Null for a discovered thread. */
  createdBy: string | null;
  /** The group it succeeds. */
  predecessorId: string | null;
  /** For a discovered thread, and for what was made of one, the group nearest to it. */
  nearestId: string | null;
  createdAt: Date;
  messageSeq: number;
  lastActivityAt: Date;
  lockedSince: Date | null;
  revision: number;
}

/** A participant as frozen at creation. */
export interface RosterRow extends Omit<RosterEntry, "contacts"> {
  groupId: string;
  id: string;
  contacts: { id: string; name: string }[];
}

export interface NewGroupRow extends Omit<GroupRow, "messageSeq" | "lastActivityAt" | "lockedSince"> {
  key: string;
  participants: Omit<RosterRow, "groupId">[];
}

const COLUMNS = [
  "id",
  "name",
  "mode",
  "business_number_id",
  "created_by",
  "origin_group_id",
  "nearest_group_id",
  "created_at",
  "message_seq",
  "last_activity_at",
  "locked_since",
  "revision",
] as const;

export async function findGroups(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<GroupRow[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom("groups")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return rows.map(toGroup);
}

/** One group under its row lock: whatever is decided about it now stays true until the transaction ends. */
export async function holdGroup(trx: Trx, workspaceId: string, id: string): Promise<GroupRow | undefined> {
  const row = await trx
    .selectFrom("groups")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && toGroup(row);
}

/**
 * Several groups under their row locks, taken in the order of their ids, as everywhere, so that two transactions cannot
 * wait for each other. Whoever holds groups takes them all before the first change is recorded: the workspace's counter
 * comes last.
 */
export async function holdGroups(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .selectFrom("groups")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy("id")
    .forUpdate()
    .execute();
}

export async function findGroupByKey(trx: Trx, workspaceId: string, key: string): Promise<GroupRow | undefined> {
  const row = await trx
    .selectFrom("groups")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("key", "=", key)
    .executeTakeFirst();
  return row && toGroup(row);
}

/** The participants of these groups, in the order they were chosen. */
export async function findRosters(trx: Trx, workspaceId: string, groupIds: readonly string[]): Promise<RosterRow[]> {
  if (groupIds.length === 0) return [];
  const rows = await trx
    .selectFrom("participant as p")
    .leftJoin("participant_contact as pc", (join) =>
      join
        .onRef("pc.workspace_id", "=", "p.workspace_id")
        .onRef("pc.group_id", "=", "p.group_id")
        .onRef("pc.participant_id", "=", "p.id"),
    )
    .select(["p.group_id", "p.id", "p.phone", "pc.contact_id", "pc.name"])
    .where("p.workspace_id", "=", workspaceId)
    .where(sql<boolean>`p.group_id = any(${groupIds}::uuid[])`)
    .orderBy("p.group_id")
    .orderBy("p.position")
    .orderBy("pc.contact_id")
    .execute();
  const roster = new Map<string, RosterRow>();
  for (const row of rows) {
    const entry = roster.get(row.id) ?? { groupId: row.group_id, id: row.id, phone: row.phone, contacts: [] };
    if (row.contact_id !== null) entry.contacts.push({ id: row.contact_id, name: row.name ?? "" });
    roster.set(row.id, entry);
  }
  return [...roster.values()];
}

/** Inserts a group with its roster; answers false, having written nothing, when the same roster has a group already. */
export async function insertGroup(trx: Trx, workspaceId: string, group: NewGroupRow): Promise<boolean> {
  const inserted = await trx
    .insertInto("groups")
    .values({
      workspace_id: workspaceId,
      id: group.id,
      key: group.key,
      name: group.name,
      mode: group.mode,
      business_number_id: group.businessNumberId,
      created_by: group.createdBy,
      origin_group_id: group.predecessorId,
      nearest_group_id: group.nearestId,
      created_at: group.createdAt,
      last_activity_at: group.createdAt,
      revision: group.revision,
    })
    .onConflict((conflict) => conflict.columns(["workspace_id", "key"]).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
  const own = { workspace_id: workspaceId, group_id: group.id };
  await trx
    .insertInto("participant")
    .values(group.participants.map(({ id, phone }, position) => ({ ...own, id, phone, position })))
    .execute();
  const contacts = group.participants.flatMap((participant) =>
    participant.contacts.map(({ id, name }) => ({ ...own, participant_id: participant.id, contact_id: id, name })),
  );
  if (contacts.length > 0) await trx.insertInto("participant_contact").values(contacts).execute();
  await indexGroups(trx, workspaceId, [group.id]);
  return true;
}

export interface GroupChange {
  name?: string | null;
  revision: number;
}

export async function updateGroup(trx: Trx, workspaceId: string, id: string, change: GroupChange): Promise<void> {
  await trx
    .updateTable("groups")
    .set({
      revision: change.revision,
      ...(change.name === undefined ? {} : { name: change.name }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
  if (change.name !== undefined) await indexGroups(trx, workspaceId, [id]);
}

/** Locks these groups from now on, unless they were before, or opens them. */
export async function setLocked(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
  change: { since: Date | null; revision: number },
): Promise<void> {
  if (ids.length === 0) return;
  const { since, revision } = change;
  await trx
    .updateTable("groups")
    .set({ revision, locked_since: since === null ? null : sql<Date>`coalesce(locked_since, ${since})` })
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}

/** Every group that one of these contacts, or one of these numbers, takes part in. */
export async function findGroupIdsOf(
  trx: Trx,
  workspaceId: string,
  people: { contactIds?: readonly string[]; phones?: readonly string[] },
): Promise<string[]> {
  const { contactIds = [], phones = [] } = people;
  const byContact =
    contactIds.length === 0
      ? []
      : await trx
          .selectFrom("participant_contact")
          .select("group_id")
          .where("workspace_id", "=", workspaceId)
          .where(sql<boolean>`contact_id = any(${contactIds}::text[])`)
          .execute();
  const byPhone =
    phones.length === 0
      ? []
      : await trx
          .selectFrom("participant")
          .select("group_id")
          .where("workspace_id", "=", workspaceId)
          .where(sql<boolean>`phone = any(${phones}::text[])`)
          .execute();
  return [...new Set([...byContact, ...byPhone].map((row) => row.group_id))].toSorted();
}

type Row = Pick<Selectable<Database["groups"]>, (typeof COLUMNS)[number]>;

function toGroup(row: Row): GroupRow {
  return {
    id: row.id,
    name: row.name,
    mode: row.mode,
    businessNumberId: row.business_number_id,
    createdBy: row.created_by,
    predecessorId: row.origin_group_id,
    nearestId: row.nearest_group_id,
    createdAt: row.created_at,
    messageSeq: row.message_seq,
    lastActivityAt: row.last_activity_at,
    lockedSince: row.locked_since,
    revision: row.revision,
  };
}
