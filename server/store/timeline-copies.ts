import type { Trx } from "./tenant.ts";

export interface PendingCopy {
  messageId: string;
  contactId: string;
}

/** Messages that went out or came in since then, for each contact of their groups who has no copy yet; oldest first. */
export async function findPendingCopies(
  trx: Trx,
  workspaceId: string,
  { since, limit }: { since: Date; limit: number },
): Promise<PendingCopy[]> {
  const rows = await trx
    .selectFrom("groups as g")
    .innerJoin("message as m", (join) =>
      join.onRef("m.workspace_id", "=", "g.workspace_id").onRef("m.group_id", "=", "g.id"),
    )
    .innerJoin("participant_contact as pc", (join) =>
      join.onRef("pc.workspace_id", "=", "g.workspace_id").onRef("pc.group_id", "=", "g.id"),
    )
    .leftJoin("timeline_copy as tc", (join) =>
      join
        .onRef("tc.workspace_id", "=", "m.workspace_id")
        .onRef("tc.message_id", "=", "m.id")
        .onRef("tc.contact_id", "=", "pc.contact_id"),
    )
    .innerJoin("contact as c", (join) =>
      join.onRef("c.workspace_id", "=", "pc.workspace_id").onRef("c.id", "=", "pc.contact_id"),
    )
    .select(["m.id as message_id", "pc.contact_id"])
    .distinct()
    .where("g.workspace_id", "=", workspaceId)
    // The index of groups is by activity; messages have none by time.
    .where("g.last_activity_at", ">=", since)
    .where("m.created_at", ">=", since)
    .where((eb) => eb.or([eb("m.direction", "=", "inbound"), eb("m.send_state", "=", "accepted")]))
    .where("tc.message_id", "is", null)
    .where("c.deleted_at", "is", null)
    .orderBy("m.id")
    .orderBy("pc.contact_id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ messageId: row.message_id, contactId: row.contact_id }));
}

/** False when another process has begun it. */
export async function beginCopy(trx: Trx, workspaceId: string, copy: PendingCopy): Promise<boolean> {
  const begun = await trx
    .insertInto("timeline_copy")
    .values({ workspace_id: workspaceId, message_id: copy.messageId, contact_id: copy.contactId, state: "writing" })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return begun.numInsertedOrUpdatedRows === 1n;
}

export async function endCopy(
  trx: Trx,
  workspaceId: string,
  copy: PendingCopy,
  outcome: "written" | "refused",
): Promise<void> {
  await trx
    .updateTable("timeline_copy")
    .set({ state: outcome })
    .where("workspace_id", "=", workspaceId)
    .where("message_id", "=", copy.messageId)
    .where("contact_id", "=", copy.contactId)
    .execute();
}

/** The CRM did not take it: the next run tries again. */
export async function undoCopy(trx: Trx, workspaceId: string, copy: PendingCopy): Promise<void> {
  await trx
    .deleteFrom("timeline_copy")
    .where("workspace_id", "=", workspaceId)
    .where("message_id", "=", copy.messageId)
    .where("contact_id", "=", copy.contactId)
    .execute();
}
