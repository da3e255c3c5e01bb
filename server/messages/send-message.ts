import type { NewMessage } from "@partyline/contract/message";
import { judgeText } from "@partyline/domain/message-text";
import { displayName } from "@partyline/domain/people";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { causesOf, lockingContactOf, type GroupFacts } from "../groups/group-facts.ts";
import { holdWritable } from "../groups/hold-group.ts";
import { ProblemError } from "../http/problem-error.ts";
import { deliverMessage } from "../jobs/kinds.ts";
import { insertMessage } from "../store/messages.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";

/**
 * Stores a message, its deliveries and the job that sends it, or refuses with the rule that forbids it. The group's
 * row is held from before the rules are asked until the commit.
 */
export async function sendMessage(
  context: Context,
  trx: Trx,
  send: { member: Member; groupId: string; message: NewMessage },
): Promise<void> {
  const { member, groupId, message } = send;
  const facts = await holdWritable(trx, member, groupId);
  refuseIfLocked(member, facts);
  const text = judgeSendable(message.text, context);
  await storeMessage(context, trx, { member, facts, id: message.id, text });
}

/** Rule R8, with the names of those who lock it. */
export function refuseIfLocked(member: Member, facts: GroupFacts): void {
  const causes = causesOf(facts);
  if (causes.length === 0) return;
  const who = causes.map((cause) => {
    const by = lockingContactOf(member, facts, cause);
    return { name: displayName(cause.participant), reason: cause.reason, ...(by !== undefined && { by }) };
  });
  const names = who.map(({ name, reason, by }) => {
    if (reason === "opted_out") return `${name} opted out`;
    if (by === undefined) return `${name} is on do-not-disturb`;
    return `${name}'s number is on do-not-disturb by the contact ${by?.name ?? "of somebody else"}`;
  });
  throw new ProblemError("group_locked", {
    detail: `${names.join(", ")}. Nobody can send here until that changes; a new group without them can.`,
    refusal: { reason: "group_locked", who },
  });
}

/** Rule on text, for this carrier; also asked when a group is made with its first message. */
export function judgeSendable(text: string, context: Pick<Context, "carrier">): string {
  const judged = judgeText(text, context.carrier.caps.textMax);
  if (judged.ok) return judged.value;
  const { refusal } = judged;
  const detail =
    refusal.reason === "empty_message"
      ? "The message is empty."
      : `The message has ${refusal.length} characters; ${refusal.max} is the most. Shorten it or send it in two.`;
  throw new ProblemError("text_refused", { detail, refusal });
}

/** Stores what the rules allow, with the job that sends it; the caller holds the group. */
export async function storeMessage(
  context: Context,
  trx: Trx,
  message: { member: Member; facts: GroupFacts; id: string; text: string },
): Promise<void> {
  const { member, facts, id, text } = message;
  const { workspaceId } = member;
  const groupId = facts.group.id;
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
        direction: "outbound",
        authorUserId: member.id,
        authorParticipantId: null,
        text,
        media: [],
        createdAt: context.now(),
        sendState: "queued",
        carrierMessageId: null,
        revision,
        recipients: facts.roster.map((entry) => entry.id),
      }),
  });
  await context.queue.enqueue(
    trx,
    deliverMessage,
    { workspaceId, groupId, messageId: id },
    { key: `${workspaceId}:${groupId}` },
  );
}
