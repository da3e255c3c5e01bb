import type { CarrierEvent } from "../carriers/carrier.ts";
import type { Context } from "../context.ts";
import { holdGroup } from "../store/groups.ts";
import { holdMessage } from "../store/messages.ts";
import { inWorkspace } from "../store/tenant.ts";
import { readReference } from "./deliver.ts";
import type { IngestOutcome } from "./ingest.ts";
import { learnOptOuts } from "./learn-opt-outs.ts";
import { reportDeliveries } from "./report-deliveries.ts";

type DeliveryEvent = Extract<CarrierEvent, { kind: "delivery" }>;

/**
 * One member's report. It is tied to its message by our own signed reference, not by the carrier's id: it may come
 * before the carrier's answer to the send has told us that id.
 */
export async function applyDelivery(
  context: Context,
  event: DeliveryEvent,
  reference: string | null,
): Promise<IngestOutcome> {
  const target = reference === null ? null : readReference(context, reference);
  if (target === null) return "unknown_message";
  const { workspaceId, groupId, messageId } = target;
  const outcome = await inWorkspace(context.database, workspaceId, async (trx): Promise<IngestOutcome> => {
    await holdGroup(trx, workspaceId, groupId);
    const message = await holdMessage(trx, workspaceId, messageId);
    if (message === undefined) return "unknown_message";
    const { member: phone, state, failure, code } = event;
    await reportDeliveries(context, trx, {
      workspaceId,
      message,
      reports: [{ phone, state, failure, code }],
      change: {},
    });
    return "applied";
  });
  if (outcome === "applied" && event.failure === "opted_out") {
    await learnOptOuts(context, { workspaceId, groupId, phones: [event.member] });
  }
  return outcome;
}
