import { createHmac, timingSafeEqual } from "node:crypto";
import type { FailureClass } from "@partyline/domain/delivery";
import type { GroupSend, SendOutcome } from "../carriers/carrier.ts";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { causesOf, gatherFacts } from "../groups/group-facts.ts";
import { reconcileMessage } from "../jobs/kinds.ts";
import { holdGroup } from "../store/groups.ts";
import { holdMessage, updateMessage, type MessageChange } from "../store/messages.ts";
import { inWorkspace, type Trx } from "../store/tenant.ts";
import { learnOptOuts } from "./learn-opt-outs.ts";
import { reportDeliveries, type MemberReport } from "./report-deliveries.ts";

interface Target {
  workspaceId: string;
  groupId: string;
  messageId: string;
}

/** The carrier asked for patience; the queue repeats the job later. */
export class CarrierBusyError extends Error {
  override name = "CarrierBusyError";
}

/**
 * Sends one message, once. `attempting` is committed before the call: a process that dies in between leaves a message
 * that the next run finds attempted and must not send again.
 */
export async function deliver(context: Context, target: Target): Promise<void> {
  const claim = await inWorkspace(context.database, target.workspaceId, (trx) => claimMessage(context, trx, target));
  if (claim.kind === "nothing_to_do") return;
  if (claim.kind === "cut_short") return settle(context, target, { kind: "unknown", cause: "process_ended" });
  const outcome = await context.carrier.sendGroup(claim.send);
  context.log.info({ messageId: target.messageId, outcome: outcome.kind }, "message handed to the carrier");
  await settle(context, target, outcome);
}

type Claim = { kind: "nothing_to_do" } | { kind: "cut_short" } | { kind: "send"; send: GroupSend };

async function claimMessage(context: Context, trx: Trx, target: Target): Promise<Claim> {
  const { workspaceId, groupId, messageId } = target;
  await holdGroup(trx, workspaceId, groupId);
  const message = await holdMessage(trx, workspaceId, messageId);
  if (message?.sendState === "attempting") return { kind: "cut_short" };
  const [facts] = await gatherFacts(trx, workspaceId, [groupId]);
  if (message?.sendState !== "queued" || facts === undefined) return { kind: "nothing_to_do" };
  if (causesOf(facts).length > 0 || facts.number.released) {
    await keepBack(context, trx, target);
    return { kind: "nothing_to_do" };
  }
  await updateMessage(trx, workspaceId, messageId, { sendState: "attempting" });
  return {
    kind: "send",
    send: {
      from: facts.number.number,
      to: facts.roster.map((entry) => entry.phone),
      text: message.text,
      webhookUrl: `${context.config.publicUrl}/webhooks/${context.carrier.id}?ref=${signReference(context, target)}`,
    },
  };
}

/**
 * Somebody may have opted out, or the CRM released our number, between the click and this moment: then nobody is texted.
 * The message waits until somebody sends it once the group is open again, or discards it.
 */
async function keepBack(context: Context, trx: Trx, { workspaceId, groupId, messageId }: Target): Promise<void> {
  await recordChange(context, trx, {
    workspaceId,
    changes: [{ kind: "message", groupId, messageId }],
    write: (revision) => updateMessage(trx, workspaceId, messageId, { sendState: "held", revision }),
  });
}

async function settle(context: Context, target: Target, outcome: SendOutcome): Promise<void> {
  const { workspaceId, messageId } = target;
  await inWorkspace(context.database, workspaceId, async (trx) => {
    await holdGroup(trx, workspaceId, target.groupId);
    const message = await holdMessage(trx, workspaceId, messageId);
    const [facts] = await gatherFacts(trx, workspaceId, [target.groupId]);
    if (message === undefined || facts === undefined) return;
    const phones = facts.roster.map((entry) => entry.phone);
    if (outcome.kind === "rejected" && outcome.retryable) {
      await updateMessage(trx, workspaceId, messageId, { sendState: "queued" });
      return;
    }
    const { reports, change } = consequence(outcome, phones);
    await reportDeliveries(context, trx, { workspaceId, message, reports, change });
    const startAfter = new Date(context.now().getTime() + context.config.unknownAfterMs);
    if (outcome.kind !== "rejected") await context.queue.enqueue(trx, reconcileMessage, target, { startAfter });
  });
  if (outcome.kind === "rejected" && outcome.failure === "opted_out") {
    await learnOptOuts(context, { ...target, phones: outcome.members });
  }
  // After the commit: the queue repeats a failed job with growing pauses, in its place before the group's next message.
  if (outcome.kind === "rejected" && outcome.retryable) throw new CarrierBusyError(outcome.code ?? outcome.failure);
}

function consequence(
  outcome: SendOutcome,
  phones: readonly string[],
): { reports: MemberReport[]; change: MessageChange } {
  if (outcome.kind === "accepted") {
    const reports = phones.map((phone): MemberReport => ({ phone, state: "accepted", failure: null }));
    return { reports, change: { sendState: "accepted", carrierMessageId: outcome.carrierMessageId } };
  }
  // Nothing is known about anybody yet: the carrier's own reports may still tell, until the time is up.
  if (outcome.kind === "unknown") return { reports: [], change: { sendState: "unknown" } };
  return { reports: rejection(phones, outcome.failure, outcome.members), change: { sendState: "rejected" } };
}

/** The whole call was refused: the members the carrier blames failed, the others were never tried. */
function rejection(phones: readonly string[], failure: FailureClass, blamed: readonly string[]): MemberReport[] {
  return phones.map((phone) =>
    blamed.length === 0 || blamed.includes(phone)
      ? { phone, state: "failed", failure }
      : { phone, state: "skipped", failure: null },
  );
}

/** The job was given up: the carrier never took the message, unless the last attempt ended between call and record. */
export async function giveUpDelivery(context: Context, target: Target): Promise<void> {
  const message = await inWorkspace(context.database, target.workspaceId, (trx) =>
    holdMessage(trx, target.workspaceId, target.messageId),
  );
  if (message?.sendState === "attempting") {
    await settle(context, target, { kind: "unknown", cause: "attempt_failed" });
  } else if (message?.sendState === "queued") {
    const failure = "carrier_temporary";
    await settle(context, target, { kind: "rejected", failure, code: null, retryable: false, members: [] });
  }
}

/** The time is up: whoever is still without a report from the network is shown as unconfirmed, never texted again. */
export async function reconcile(context: Context, target: Target): Promise<void> {
  const { workspaceId, messageId } = target;
  await inWorkspace(context.database, workspaceId, async (trx) => {
    await holdGroup(trx, workspaceId, target.groupId);
    const message = await holdMessage(trx, workspaceId, messageId);
    const [facts] = await gatherFacts(trx, workspaceId, [target.groupId]);
    if (message === undefined || facts === undefined) return;
    const reports = facts.roster.map(({ phone }): MemberReport => ({ phone, state: "unconfirmed", failure: null }));
    await reportDeliveries(context, trx, { workspaceId, message, reports, change: {} });
  });
}

/** Our own reference, which a carrier's reports bring back: it cannot be made up, so it needs no look-up to be trusted. */
export function signReference(context: Pick<Context, "config">, target: Target): string {
  const named = `${target.workspaceId}.${target.groupId}.${target.messageId}`;
  return `${named}.${macOf(context, named)}`;
}

/** What a reference names, or null when it is not ours. */
export function readReference(context: Pick<Context, "config">, reference: string): Target | null {
  const [workspaceId = "", groupId = "", messageId = "", mac = ""] = reference.split(".");
  const expected = Buffer.from(macOf(context, `${workspaceId}.${groupId}.${messageId}`));
  const given = Buffer.from(mac);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  return { workspaceId, groupId, messageId };
}

function macOf({ config }: Pick<Context, "config">, named: string): string {
  return createHmac("sha256", config.secret).update(`reference:${named}`).digest("base64url").slice(0, 32);
}
