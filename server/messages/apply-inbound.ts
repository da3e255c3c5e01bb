import { groupKey, inboundMembers } from "@partyline/domain/group-key";
import { readConsentWish } from "@partyline/domain/opt-out";
import type { CarrierEvent } from "../carriers/carrier.ts";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { refreshGroups } from "../groups/change-group.ts";
import { findGroupIdByKey, findGroupIdsOf, findRosters, holdGroup } from "../store/groups.ts";
import { findByCarrierMessageId, insertMessage } from "../store/messages.ts";
import { recordConsent } from "../store/opt-outs.ts";
import type { Trx } from "../store/tenant.ts";
import type { IngestOutcome } from "./ingest.ts";

type Inbound = Extract<CarrierEvent, { kind: "inbound" }>;

/** A reply: into the group whose people are exactly those it was written to, or into none (rule R14). */
export async function applyInbound(
  context: Context,
  trx: Trx,
  workspaceId: string,
  event: Inbound,
): Promise<IngestOutcome> {
  if (await findByCarrierMessageId(trx, workspaceId, event.carrierMessageId)) return "repeated";
  const members = inboundMembers(event.own, event.from, event.others);
  const groupId = await findGroupIdByKey(trx, workspaceId, groupKey(event.own, members));
  if (groupId !== undefined) await storeReply(context, trx, { workspaceId, groupId, event });
  await heedConsent(context, trx, workspaceId, event);
  if (groupId !== undefined) return "applied";
  return members.length === 1 ? "one_to_one" : "no_such_group";
}

async function storeReply(
  context: Context,
  trx: Trx,
  reply: { workspaceId: string; groupId: string; event: Inbound },
): Promise<void> {
  const { workspaceId, groupId, event } = reply;
  await holdGroup(trx, workspaceId, groupId);
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

/** Rule R13: an opt-out counts at once, for this business number, in every group the number is in. */
async function heedConsent(context: Context, trx: Trx, workspaceId: string, event: Inbound): Promise<void> {
  const wish = readConsentWish(event.text);
  if (wish === null) return;
  const consent = { businessNumber: event.own, phone: event.from };
  await recordConsent(trx, workspaceId, {
    ...consent,
    id: context.newId(),
    wish,
    rawText: event.text,
    at: event.at,
  });
  if (wish === "help") return;
  await refreshGroups(context, trx, workspaceId, await findGroupIdsOf(trx, workspaceId, { phones: [event.from] }));
}
