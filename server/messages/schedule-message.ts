import type { NewScheduled, ScheduledContent, ScheduledWish } from "@partyline/contract/scheduled";
import { judgeSendTime, SCHEDULED_MAX, type SendTimeRefusal } from "@partyline/domain/send-time";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { holdWritable } from "../groups/hold-group.ts";
import { ProblemError } from "../http/problem-error.ts";
import { sendScheduled } from "../jobs/kinds.ts";
import { updateGroup } from "../store/groups.ts";
import {
  deleteScheduled,
  findScheduled,
  insertScheduled,
  readScheduled,
  updateScheduled,
} from "../store/scheduled-messages.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { judgeSendable, refuseIfLocked, storeMessage } from "./send-message.ts";

interface Place {
  member: Member;
  groupId: string;
}

/** Stores a message and the job that sends it at its time, or refuses with the rule that forbids it. */
export async function scheduleMessage(
  context: Context,
  trx: Trx,
  { member, groupId, scheduled }: Place & { scheduled: NewScheduled },
): Promise<void> {
  const { workspaceId } = member;
  const facts = await holdWritable(trx, member, groupId);
  refuseIfLocked(member, facts);
  const content = judgeContent(context, scheduled);
  const waiting = await findScheduled(trx, workspaceId, [groupId]);
  if (waiting.length >= SCHEDULED_MAX) throw sendTimeProblem({ reason: "too_many_scheduled", max: SCHEDULED_MAX });
  await changeGroup(context, trx, { workspaceId, groupId }, () =>
    insertScheduled(trx, workspaceId, {
      id: scheduled.id,
      groupId,
      authorUserId: member.id,
      held: null,
      ...content,
    }),
  );
  await enqueue(context, trx, { workspaceId, groupId, scheduledId: scheduled.id }, content.sendAt);
}

/** Another text, another time, or both; what was held waits for its new time like any other. */
export async function rescheduleMessage(
  context: Context,
  trx: Trx,
  { member, groupId, id, content }: Place & { id: string; content: ScheduledContent },
): Promise<void> {
  const { workspaceId } = member;
  const facts = await holdWritable(trx, member, groupId);
  if ((await readScheduled(trx, workspaceId, { groupId, id })) === undefined) {
    throw new ProblemError("not_found", { detail: "It was sent or deleted meanwhile. Nothing was changed." });
  }
  refuseIfLocked(member, facts);
  const { text, sendAt } = judgeContent(context, content);
  await changeGroup(context, trx, { workspaceId, groupId }, () =>
    updateScheduled(trx, workspaceId, id, { text, sendAt, held: null }),
  );
  await enqueue(context, trx, { workspaceId, groupId, scheduledId: id }, sendAt);
}

/** Sends it now or drops it. Where its time came first, or somebody else was faster, nothing happens. */
export async function settleScheduled(
  context: Context,
  trx: Trx,
  { member, groupId, id, wish }: Place & { id: string; wish: ScheduledWish["wish"] },
): Promise<void> {
  const { workspaceId } = member;
  const facts = await holdWritable(trx, member, groupId);
  const scheduled = await readScheduled(trx, workspaceId, { groupId, id });
  if (scheduled === undefined) return;
  if (wish === "discard") {
    return changeGroup(context, trx, { workspaceId, groupId }, () => deleteScheduled(trx, workspaceId, id));
  }
  refuseIfLocked(member, facts);
  await deleteScheduled(trx, workspaceId, id);
  // Whoever says "now" answers for it from here on.
  await storeMessage(context, trx, { member, facts, id: context.newId(), text: scheduled.text });
}

function judgeContent(context: Context, content: ScheduledContent): { text: string; sendAt: Date } {
  const text = judgeSendable(content.text, context);
  const time = judgeSendTime(new Date(content.sendAt), context.now());
  if (!time.ok) throw sendTimeProblem(time.refusal);
  return { text, sendAt: time.value };
}

function sendTimeProblem(refusal: SendTimeRefusal): ProblemError {
  return new ProblemError("send_time_refused", { detail: sendTimeDetail(refusal), refusal });
}

function sendTimeDetail(refusal: SendTimeRefusal): string {
  switch (refusal.reason) {
    case "time_passed":
      return "The time has passed. Choose a later one, or send it now.";
    case "time_too_far":
      return `A message can be scheduled up to ${refusal.days} days ahead. Choose an earlier time.`;
    case "too_many_scheduled":
      return `${refusal.max} messages wait in this group already. Send or delete one first.`;
  }
}

/** What waits in a group is a part of the group, and reaches everybody with it. */
export async function changeGroup(
  context: Pick<Context, "wakeups">,
  trx: Trx,
  { workspaceId, groupId }: { workspaceId: string; groupId: string },
  write: () => Promise<void>,
): Promise<void> {
  await recordChange(context, trx, {
    workspaceId,
    changes: [{ kind: "group", groupId }],
    write: async (revision) => {
      await write();
      await updateGroup(trx, workspaceId, groupId, { revision });
    },
  });
}

async function enqueue(
  context: Context,
  trx: Trx,
  target: { workspaceId: string; groupId: string; scheduledId: string },
  sendAt: Date,
): Promise<void> {
  await context.queue.enqueue(trx, sendScheduled, { ...target, sendAt: sendAt.toISOString() }, { startAfter: sendAt });
}
