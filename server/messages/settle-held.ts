import type { HeldWish } from "@partyline/contract/message";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import type { GroupFacts } from "../groups/group-facts.ts";
import { holdWritable } from "../groups/hold-group.ts";
import { ProblemError } from "../http/problem-error.ts";
import { deliverMessage } from "../jobs/kinds.ts";
import { holdMessage, updateMessage, type MessageRow } from "../store/messages.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { reportDeliveries } from "./report-deliveries.ts";
import { refuseIfLocked } from "./send-message.ts";

/**
 * Sends or discards what a lock kept back after it was accepted. Only a person does either: it was written before the
 * lock, and may be wrong by now. Where somebody else was faster, nothing happens.
 */
export async function settleHeld(
  context: Context,
  trx: Trx,
  settling: { member: Member; groupId: string; messageId: string; wish: HeldWish["wish"] },
): Promise<void> {
  const { member, groupId, messageId, wish } = settling;
  const facts = await holdWritable(trx, member, groupId);
  const message = await holdMessage(trx, member.workspaceId, messageId);
  if (message?.groupId !== groupId) throw new ProblemError("not_found");
  if (message.sendState !== "held") return;
  if (wish === "discard") return discard(context, trx, { workspaceId: member.workspaceId, facts, message });
  refuseIfLocked(member, facts);
  await release(context, trx, { workspaceId: member.workspaceId, facts, message });
}

interface Held {
  workspaceId: string;
  facts: GroupFacts;
  message: MessageRow;
}

async function release(context: Context, trx: Trx, { workspaceId, message }: Held): Promise<void> {
  const { id: messageId, groupId } = message;
  await recordChange(context, trx, {
    workspaceId,
    changes: [{ kind: "message", groupId, messageId }],
    write: (revision) => updateMessage(trx, workspaceId, messageId, { sendState: "queued", revision }),
  });
  const target = { workspaceId, groupId, messageId };
  await context.queue.enqueue(trx, deliverMessage, target, { key: `${workspaceId}:${groupId}` });
}

/** It stays in the thread, as what was never sent. */
async function discard(context: Context, trx: Trx, { workspaceId, facts, message }: Held): Promise<void> {
  const reports = facts.roster.map(({ phone }) => ({ phone, state: "skipped", failure: null }) as const);
  await reportDeliveries(context, trx, { workspaceId, message, reports, change: { sendState: "rejected" } });
}
