import { z } from "zod";
import { defineJob } from "./job-kind.ts";

const OfMessage = z.object({ workspaceId: z.uuid(), groupId: z.uuid(), messageId: z.uuid() });

/** Hands one message to the carrier; a group's messages leave in the order they were written. */
export const deliverMessage = defineJob({
  name: "deliver_message",
  payload: OfMessage,
  order: "per_key",
  attempts: 8,
});

/** Sends what was scheduled, at its time. */
export const sendScheduled = defineJob({
  name: "send_scheduled",
  payload: z.object({ workspaceId: z.uuid(), groupId: z.uuid(), scheduledId: z.uuid(), sendAt: z.iso.datetime() }),
  order: "free",
  attempts: 8,
});

/** Settles a message whose outcome is still unknown when its time is up. */
export const reconcileMessage = defineJob({
  name: "reconcile_message",
  payload: OfMessage,
  order: "free",
  attempts: 5,
});

/** Confirms an opt-out that the carrier does not confirm itself. */
export const confirmOptOut = defineJob({
  name: "confirm_opt_out",
  payload: z.object({ workspaceId: z.uuid(), consentEventId: z.uuid() }),
  order: "free",
  attempts: 5,
});

/** Applies one stored webhook. */
export const ingestWebhook = defineJob({
  name: "ingest_webhook",
  payload: z.object({ webhookEventId: z.uuid() }),
  order: "free",
  attempts: 10,
});

/** Applies one stored webhook of a CRM; its API may be behind its webhooks, or down, for a while. */
export const applyDirectoryWebhook = defineJob({
  name: "apply_directory_webhook",
  payload: z.object({ webhookEventId: z.uuid() }),
  order: "free",
  attempts: 15,
});

/** Looks for what a CRM's webhooks missed. */
export const reconcileDirectory = defineJob({
  name: "reconcile_directory",
  payload: z.object({ workspaceId: z.uuid() }),
  order: "one_waiting",
  attempts: 3,
});

/** Writes copies of group messages to people's timelines in a CRM. */
export const copyToTimelines = defineJob({
  name: "copy_to_timelines",
  payload: z.object({ workspaceId: z.uuid() }),
  order: "one_waiting",
  attempts: 1,
});

export const JOB_KINDS = [
  deliverMessage,
  sendScheduled,
  reconcileMessage,
  confirmOptOut,
  ingestWebhook,
  applyDirectoryWebhook,
  reconcileDirectory,
  copyToTimelines,
];
