import { groupKey, inboundMembers } from "@partyline/domain/group-key";
import { readConsentWish, type ConsentWish } from "@partyline/domain/opt-out";
import type { CarrierEvent } from "../carriers/carrier.ts";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { confirmOptOut } from "../jobs/kinds.ts";
import { refreshGroups } from "../groups/change-group.ts";
import { discoverThread } from "../groups/discover-thread.ts";
import { findGroupByKey, findGroupIdsOf, findRosters, holdGroups } from "../store/groups.ts";
import { findByCarrierMessageId, insertMessage } from "../store/messages.ts";
import { recordConsent, type ConsentEvent } from "../store/opt-outs.ts";
import type { Trx } from "../store/tenant.ts";
import type { IngestOutcome } from "./ingest.ts";

type Inbound = Extract<CarrierEvent, { kind: "inbound" }>;

/** A reply: into the group whose people are exactly those it was written to, or into a thread of its own (rule R14). */
export async function applyInbound(
  context: Context,
  trx: Trx,
  inbound: { workspaceId: string; webhookEventId: string; event: Inbound },
): Promise<IngestOutcome> {
  const { workspaceId, event } = inbound;
  if (await findByCarrierMessageId(trx, workspaceId, event.carrierMessageId)) return "repeated";
  const members = inboundMembers(event.own, event.from, event.others);
  const group = await findGroupByKey(trx, workspaceId, groupKey(event.own, members));
  const concerned = await heedConsent(context, trx, inbound, group?.id);
  const threadId = group?.id ?? (await threadFor(context, trx, workspaceId, { event, members }));
  if (threadId !== null) await storeReply(context, trx, { workspaceId, groupId: threadId, event });
  await refreshGroups(context, trx, workspaceId, concerned);
  if (group !== undefined) return "applied";
  return threadId === null ? "no_such_group" : "discovered";
}

/**
 * Keeps what the text says about consent (rule R13), and holds every group that it or the reply itself changes.
 * @returns the groups that may lock or unlock by it
 */
async function heedConsent(
  context: Context,
  trx: Trx,
  { workspaceId, webhookEventId, event }: { workspaceId: string; webhookEventId: string; event: Inbound },
  groupId: string | undefined,
): Promise<string[]> {
  const wish = readConsentWish(event.text);
  const changesLocks = wish === "opt_out" || wish === "opt_in";
  const concerned = changesLocks ? await findGroupIdsOf(trx, workspaceId, { phones: [event.from] }) : [];
  await holdGroups(trx, workspaceId, groupId === undefined ? concerned : [groupId, ...concerned]);
  if (wish === null) return concerned;
  const { optsOut } = await recordConsent(trx, workspaceId, consentOf(event, wish, webhookEventId));
  if (optsOut && !event.isAnswered) {
    await context.queue.enqueue(trx, confirmOptOut, { workspaceId, consentEventId: webhookEventId });
  }
  return concerned;
}

/** A STOP in a set that is no group is heeded, but begins no thread. */
async function threadFor(
  context: Context,
  trx: Trx,
  workspaceId: string,
  reply: { event: Inbound; members: readonly string[] },
): Promise<string | null> {
  return readConsentWish(reply.event.text) === null ? discoverThread(context, trx, workspaceId, reply) : null;
}

/** Rule R13: counts at once, for this business number. Named after its webhook, so that a repeated run keeps it once. */
function consentOf(event: Inbound, wish: ConsentWish, webhookEventId: string): ConsentEvent {
  return {
    id: webhookEventId,
    businessNumber: event.own,
    phone: event.from,
    wish,
    rawText: event.text,
    at: event.at,
  };
}

async function storeReply(
  context: Context,
  trx: Trx,
  reply: { workspaceId: string; groupId: string; event: Inbound },
): Promise<void> {
  const { workspaceId, groupId, event } = reply;
  const roster = await findRosters(trx, workspaceId, [groupId]);
  const author = roster.find((entry) => entry.phone === event.from);
  if (author === undefined) throw new Error("a group's key names a number its roster does not have");
  const id = context.newId();
  await recordChange(context, trx, {
    workspaceId,
    changes: [
      { kind: "group", groupId },
      { kind: "message", groupId, messageId: id },
    ],
    write: (revision) =>
      insertMessage(trx, workspaceId, {
        id,
        groupId,
        direction: "inbound",
        authorUserId: null,
        authorParticipantId: author.id,
        text: event.text,
        media: event.media,
        createdAt: event.at,
        sendState: null,
        carrierMessageId: event.carrierMessageId,
        revision,
        recipients: [],
      }),
  });
}
