import type { Context } from "../context.ts";
import { lookAtPeople } from "../groups/look-at-people.ts";
import { confirmOptOut } from "../messages/confirm-opt-out.ts";
import { deliver, giveUpDelivery, reconcile } from "../messages/deliver.ts";
import { giveUpDue, sendDue } from "../messages/send-due.ts";
import { ingest } from "../messages/ingest.ts";
import { applyDirectoryEvent, giveUpDirectoryEvent } from "../directories/highlevel/apply-event.ts";
import { reconcile as reconcileWithCrm } from "../directories/highlevel/reconcile.ts";
import { copyTimelines } from "../directories/highlevel/copy-timelines.ts";
import {
  applyDirectoryWebhook,
  confirmOptOut as confirmOptOutJob,
  copyToTimelines,
  deliverMessage,
  ingestWebhook,
  reconcileDirectory,
  reconcileMessage,
  sendScheduled,
} from "./kinds.ts";

/** Lets this process take jobs. */
export async function startWork(context: Context): Promise<void> {
  const send = async (target: Parameters<typeof deliver>[1]) => {
    // It may have waited for long behind another message, or for a carrier that asked for patience.
    await lookAtPeople(context, target);
    await deliver(context, target);
  };
  await context.queue.work(deliverMessage, send, { onGivenUp: (target) => giveUpDelivery(context, target) });
  const sendLater = async (target: Parameters<typeof sendDue>[1]) => {
    await lookAtPeople(context, target);
    await sendDue(context, target);
  };
  await context.queue.work(sendScheduled, sendLater, { onGivenUp: (target) => giveUpDue(context, target) });
  await context.queue.work(reconcileMessage, (target) => reconcile(context, target));
  await context.queue.work(confirmOptOutJob, (target) => confirmOptOut(context, target));
  await context.queue.work(ingestWebhook, ({ webhookEventId }) => ingest(context, webhookEventId));
  await context.queue.work(
    applyDirectoryWebhook,
    ({ webhookEventId }, { attempt }) => applyDirectoryEvent(context, webhookEventId, attempt),
    { onGivenUp: ({ webhookEventId }) => giveUpDirectoryEvent(context, webhookEventId) },
  );
  await context.queue.work(copyToTimelines, ({ workspaceId }) => copyTimelines(context, workspaceId));
  await context.queue.work(reconcileDirectory, ({ workspaceId }) => reconcileWithCrm(context, workspaceId));
}
