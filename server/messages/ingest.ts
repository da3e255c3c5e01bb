import type { CarrierEvent } from "../carriers/carrier.ts";
import type { Context } from "../context.ts";
import { asOwner, inWorkspace } from "../store/tenant.ts";
import {
  closeWebhookEvent,
  findWebhookEvent,
  findWorkspaceOfNumber,
  type WebhookEventRow,
} from "../store/webhook-events.ts";
import { applyDelivery } from "./apply-delivery.ts";
import { applyInbound } from "./apply-inbound.ts";

/** What became of one event, kept beside it; also a word of the log. */
export type IngestOutcome =
  | "applied"
  | "repeated"
  | "unknown_business_number"
  | "unknown_message"
  | "discovered"
  | "no_such_group";

/**
 * Applies a stored webhook. Every step is idempotent, so a run that was cut short is simply repeated; the event itself
 * stays, whatever became of it.
 */
export async function ingest(context: Context, webhookEventId: string): Promise<void> {
  const stored = await asOwner(context.database, (owner) => findWebhookEvent(owner, webhookEventId));
  if (stored === undefined) return;
  const outcomes: string[] = [];
  for (const event of context.carrier.parse(stored.body)) {
    outcomes.push(await apply(context, event, stored));
  }
  const outcome = [...new Set(outcomes)].join(",");
  await asOwner(context.database, (owner) => closeWebhookEvent(owner, webhookEventId, outcome, context.now()));
  context.log.info({ webhookEventId, outcome }, "webhook applied");
}

async function apply(context: Context, event: CarrierEvent, webhook: WebhookEventRow): Promise<string> {
  if (event.kind === "ignored") return event.why;
  if (event.kind === "delivery") return applyDelivery(context, event, webhook.reference);
  const workspaceId = await asOwner(context.database, (owner) => findWorkspaceOfNumber(owner, event.own));
  if (workspaceId === undefined) return "unknown_business_number";
  return inWorkspace(context.database, workspaceId, (trx) =>
    applyInbound(context, trx, { workspaceId, webhookEventId: webhook.id, event }),
  );
}
