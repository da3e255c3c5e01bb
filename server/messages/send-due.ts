import { mayUseNumber } from "@partyline/domain/access";
import { judgeDue, type ScheduledHold } from "@partyline/domain/send-time";
import type { Context } from "../context.ts";
import { causesOf, holdFacts, isVisibleTo, type GroupFacts } from "../groups/group-facts.ts";
import { deleteScheduled, readScheduled, updateScheduled, type ScheduledRow } from "../store/scheduled-messages.ts";
import { inWorkspace, type Trx } from "../store/tenant.ts";
import { readMember, type Member } from "../store/users.ts";
import { changeGroup } from "./schedule-message.ts";
import { storeMessage } from "./send-message.ts";

interface Target {
  workspaceId: string;
  groupId: string;
  scheduledId: string;
  /** The time the job was made for: what was given another one meanwhile has a job of its own. */
  sendAt: string;
}

/** Makes a scheduled message a message at its time, by the rules as they stand then; what they forbid is held. */
export async function sendDue(context: Context, target: Target): Promise<void> {
  await inWaiting(context, target, async (trx, facts, scheduled) => {
    const author = await readMember(trx, { workspaceId: target.workspaceId, id: scheduled.authorUserId });
    const sender = author !== undefined && maySend(author, facts) ? author : null;
    const hold = judgeDue({
      at: scheduled.sendAt,
      now: context.now(),
      isLocked: causesOf(facts).length > 0,
      mayAuthorSend: sender !== null,
    });
    if (hold !== null || sender === null) return keepBack(context, trx, target, hold ?? "author_cannot_send");
    await deleteScheduled(trx, target.workspaceId, scheduled.id);
    await storeMessage(context, trx, { member: sender, facts, id: context.newId(), text: scheduled.text });
  });
}

/** The job failed too often: its message is not forgotten, a person decides. */
export async function giveUpDue(context: Context, target: Target): Promise<void> {
  await inWaiting(context, target, (trx) => keepBack(context, trx, target, "missed"));
}

async function inWaiting(
  context: Context,
  { workspaceId, groupId, scheduledId, sendAt }: Target,
  work: (trx: Trx, facts: GroupFacts, scheduled: ScheduledRow) => Promise<void>,
): Promise<void> {
  await inWorkspace(context.database, workspaceId, async (trx) => {
    const facts = await holdFacts(trx, workspaceId, groupId);
    const scheduled = await readScheduled(trx, workspaceId, { groupId, id: scheduledId });
    if (facts === undefined || scheduled === undefined || scheduled.held !== null) return;
    if (scheduled.sendAt.toISOString() === sendAt) await work(trx, facts, scheduled);
  });
}

function maySend(member: Member, facts: GroupFacts): boolean {
  return isVisibleTo(member, facts) && mayUseNumber(member, facts.number).ok;
}

async function keepBack(
  context: Context,
  trx: Trx,
  { workspaceId, groupId, scheduledId }: Target,
  held: ScheduledHold,
): Promise<void> {
  await changeGroup(context, trx, { workspaceId, groupId }, () =>
    updateScheduled(trx, workspaceId, scheduledId, { held }),
  );
}
