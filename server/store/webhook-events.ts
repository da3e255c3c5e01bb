import type { Trx } from "./tenant.ts";

export interface WebhookEventRow {
  id: string;
  carrier: string;
  eventId: string;
  /** Our own signed reference, where the carrier echoes one. */
  reference: string | null;
  body: unknown;
  receivedAt: Date;
}

/** Keeps a verified webhook as it came; false when it came before. Before its workspace is known, so as the owner. */
export async function keepWebhookEvent(owner: Trx, event: WebhookEventRow): Promise<boolean> {
  const kept = await owner
    .insertInto("webhook_event")
    .values({
      id: event.id,
      carrier: event.carrier,
      event_id: event.eventId,
      reference: event.reference,
      body: JSON.stringify(event.body, storable),
      received_at: event.receivedAt,
    })
    .onConflict((conflict) => conflict.columns(["carrier", "event_id"]).doNothing())
    .executeTakeFirst();
  return kept.numInsertedOrUpdatedRows === 1n;
}

/** PostgreSQL stores neither the null character nor half of a surrogate pair, and a text with one must not be lost. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value;
}

/** An event still to be processed; nothing when it was. */
export async function findWebhookEvent(owner: Trx, id: string): Promise<WebhookEventRow | undefined> {
  const row = await owner
    .selectFrom("webhook_event")
    .selectAll()
    .where("id", "=", id)
    .where("processed_at", "is", null)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      carrier: row.carrier,
      eventId: row.event_id,
      reference: row.reference,
      body: row.body,
      receivedAt: row.received_at,
    }
  );
}

export async function closeWebhookEvent(owner: Trx, id: string, outcome: string, at: Date): Promise<void> {
  await owner.updateTable("webhook_event").set({ processed_at: at, outcome }).where("id", "=", id).execute();
}

/** Whose number a message came to; across workspaces. */
export async function findWorkspaceOfNumber(owner: Trx, number: string): Promise<string | undefined> {
  const row = await owner
    .selectFrom("business_number")
    .select("workspace_id")
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.workspace_id;
}

/** Forgets processed events that came before this. */
export async function forgetWebhookEvents(owner: Trx, before: Date): Promise<void> {
  await owner
    .deleteFrom("webhook_event")
    .where("received_at", "<", before)
    .where("processed_at", "is not", null)
    .execute();
}
