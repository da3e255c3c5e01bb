import type { ScheduledHold } from "@partyline/domain/send-time";
import type { Trx } from "./tenant.ts";

export interface ScheduledRow {
  id: string;
  groupId: string;
  authorUserId: string;
  text: string;
  sendAt: Date;
  held: ScheduledHold | null;
}

const COLUMNS = ["id", "group_id", "author_user_id", "text", "send_at", "held"] as const;

/** What waits in these groups, the next one first. */
export async function findScheduled(
  trx: Trx,
  workspaceId: string,
  groupIds: readonly string[],
): Promise<ScheduledRow[]> {
  if (groupIds.length === 0) return [];
  const rows = await trx
    .selectFrom("scheduled_message")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("group_id", "in", [...groupIds])
    .orderBy("send_at")
    .orderBy("id")
    .execute();
  return rows.map(toScheduled);
}

/** One of a group that the caller holds: every writer holds the group first. */
export async function readScheduled(
  trx: Trx,
  workspaceId: string,
  { groupId, id }: { groupId: string; id: string },
): Promise<ScheduledRow | undefined> {
  const row = await trx
    .selectFrom("scheduled_message")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("group_id", "=", groupId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && toScheduled(row);
}

export async function insertScheduled(trx: Trx, workspaceId: string, scheduled: ScheduledRow): Promise<void> {
  await trx
    .insertInto("scheduled_message")
    .values({
      workspace_id: workspaceId,
      id: scheduled.id,
      group_id: scheduled.groupId,
      author_user_id: scheduled.authorUserId,
      text: scheduled.text,
      send_at: scheduled.sendAt,
      held: scheduled.held,
    })
    .execute();
}

export async function updateScheduled(
  trx: Trx,
  workspaceId: string,
  id: string,
  change: { text?: string; sendAt?: Date; held: ScheduledHold | null },
): Promise<void> {
  await trx
    .updateTable("scheduled_message")
    .set({
      held: change.held,
      ...(change.text === undefined ? {} : { text: change.text }),
      ...(change.sendAt === undefined ? {} : { send_at: change.sendAt }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function deleteScheduled(trx: Trx, workspaceId: string, id: string): Promise<void> {
  await trx.deleteFrom("scheduled_message").where("workspace_id", "=", workspaceId).where("id", "=", id).execute();
}

function toScheduled(row: {
  id: string;
  group_id: string;
  author_user_id: string;
  text: string;
  send_at: Date;
  held: ScheduledHold | null;
}): ScheduledRow {
  return {
    id: row.id,
    groupId: row.group_id,
    authorUserId: row.author_user_id,
    text: row.text,
    sendAt: row.send_at,
    held: row.held,
  };
}
