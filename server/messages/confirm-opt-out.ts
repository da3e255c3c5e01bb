import type { Context } from "../context.ts";
import { claimConfirmation, releaseConfirmation } from "../store/opt-outs.ts";
import { inWorkspace } from "../store/tenant.ts";
import { CarrierBusyError } from "./deliver.ts";

/** Later than this, a confirmation no longer counts as part of the opt-out: 47 CFR 64.1200(a)(12). */
const CONFIRM_WITHIN_MS = 5 * 60_000;
const confirmation = (sender: string) =>
  `${sender}: you are unsubscribed and will get no more messages from this number. Reply START to get them again.`;

interface Target {
  workspaceId: string;
  consentEventId: string;
}

/**
 * The one text that somebody who opted out still gets (rule R13), to them alone. Claimed before the call: a process that
 * dies in between confirms nothing rather than twice.
 */
export async function confirmOptOut(context: Context, target: Target): Promise<void> {
  const { workspaceId } = target;
  const now = context.now();
  const notBefore = new Date(now.getTime() - CONFIRM_WITHIN_MS);
  const claim = { id: target.consentEventId, now, notBefore };
  const event = await inWorkspace(context.database, workspaceId, (trx) => claimConfirmation(trx, workspaceId, claim));
  if (event === null) return;
  const { businessNumber: from, phone: to, workspaceName } = event;
  const outcome = await context.carrier.sendText({ from, to, text: confirmation(workspaceName) });
  context.log.info({ consentEventId: claim.id, outcome: outcome.kind }, "opt-out confirmation handed to the carrier");
  if (outcome.kind !== "rejected" || !outcome.retryable) return;
  await inWorkspace(context.database, workspaceId, (trx) => releaseConfirmation(trx, workspaceId, claim.id));
  throw new CarrierBusyError(outcome.code ?? outcome.failure);
}
