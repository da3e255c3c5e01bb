import { groupKey, inboundMembers } from "@partyline/domain/group-key";
import { readConsentWish, type ConsentWish } from "@partyline/domain/opt-out";
import type { CarrierEvent } from "../carriers/carrier.ts";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { refreshGroups } from "../groups/change-group.ts";
import { findGroupIdByKey, findGroupIdsOf, findRosters, holdGroups } from "../store/groups.ts";
import { findByCarrierMessageId, insertMessage } from "../store/messages.ts";
import { recordConsent, type ConsentEvent } from "../store/opt-outs.ts";
import type { Trx } from "../store/tenant.ts";
import type { IngestOutcome } from "./ingest.ts";

type Inbound = Extract<CarrierEvent, { kind: "inbound" }>;

/** A reply: into the group whose people are exactly those it was written to, or into none (rule R14). */
export async function applyInbound(
  context: Context,
  trx: Trx,
  inbound: { workspaceId: string; webhookEventId: string; event: Inbound },
): Promise<IngestOutcome> {
  const { workspaceId, webhookEventId, event } = inbound;
  if (await findByCarrierMessageId(trx, workspaceId, event.carrierMessageId)) return "repeated";
  const members = inboundMembers(event.own, event.from, event.others);
  const groupId = await findGroupIdByKey(trx, workspaceId, groupKey(event.own, members));
  const wish = readConsentWish(event.text);
  const concerned = wish === null ? [] : await findGroupIdsOf(trx, workspaceId, { phones: [event.from] });
  await holdGroups(trx, workspaceId, groupId === undefined ? concerned : [groupId, ...concerned]);
  if (wish !== null) await recordConsent(trx, workspaceId, consentOf(event, wish, webhookEventId));
  if (groupId !== undefined) await storeReply(context, trx, { workspaceId, groupId, event });
  if (wish === "opt_out" || wish === "opt_in") await refreshGroups(context, trx, workspaceId, concerned);
  if (groupId !== undefined) return "applied";
  return members.length === 1 ? "one_to_one" : "no_such_group";
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
