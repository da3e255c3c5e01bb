import { sql } from "kysely";
import type { Trx } from "./tenant.ts";

/** How far a user has read each group, and how many replies came after. */
export async function findReading(
  trx: Trx,
  workspaceId: string,
  userId: string,
  groupIds: readonly string[],
): Promise<Map<string, { readSeq: number; unread: number }>> {
  if (groupIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom("groups as g")
    .leftJoin("read_state as r", (join) =>
      join.onRef("r.workspace_id", "=", "g.workspace_id").onRef("r.group_id", "=", "g.id").on("r.user_id", "=", userId),
    )
    .select([
      "g.id",
      sql<number>`coalesce(r.seq, 0)`.as("read_seq"),
      sql<number>`(select count(*)::int from message m where m.workspace_id = g.workspace_id and m.group_id = g.id
        and m.seq > coalesce(r.seq, 0) and m.direction = 'inbound')`.as("unread"),
    ])
    .where("g.workspace_id", "=", workspaceId)
    .where("g.id", "in", [...new Set(groupIds)])
    .execute();
  return new Map(rows.map((row) => [row.id, { readSeq: row.read_seq, unread: row.unread }]));
}

/** Moves a user's place in a group forward, never back; answers whether it moved. */
export async function readUpTo(
  trx: Trx,
  workspaceId: string,
  place: { userId: string; groupId: string; seq: number },
): Promise<boolean> {
  const moved = await trx
    .insertInto("read_state")
    .values({ workspace_id: workspaceId, user_id: place.userId, group_id: place.groupId, seq: place.seq })
    .onConflict((conflict) =>
      conflict
        .columns(["workspace_id", "user_id", "group_id"])
        .doUpdateSet({ seq: place.seq })
        .where("read_state.seq", "<", place.seq),
    )
    .executeTakeFirst();
  return moved.numInsertedOrUpdatedRows === 1n;
}
