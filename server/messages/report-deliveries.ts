import { joinDelivery, type DeliveryState, type FailureClass } from "@partyline/domain/delivery";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { findRosters } from "../store/groups.ts";
import {
  findDeliveries,
  updateMessage,
  writeDelivery,
  type DeliveryReport,
  type DeliveryRow,
  type MessageChange,
  type MessageRow,
} from "../store/messages.ts";
import type { Trx } from "../store/tenant.ts";

/** What somebody knows about one member of a message's group. */
export interface MemberReport {
  phone: string;
  state: DeliveryState;
  failure: FailureClass | null;
  code?: string | null;
}

/** Joins reports into a message's deliveries: states only move up, so late, doubled and disordered reports are harmless. */
export async function reportDeliveries(
  context: Context,
  trx: Trx,
  report: {
    workspaceId: string;
    /** Held by the caller. */
    message: MessageRow;
    reports: readonly MemberReport[];
    change: MessageChange;
  },
): Promise<void> {
  const { workspaceId, message, reports, change } = report;
  const roster = await findRosters(trx, workspaceId, [message.groupId]);
  const known = await findDeliveries(trx, workspaceId, [message.id]);
  const news = reports.flatMap((one): DeliveryReport[] => {
    const participant = roster.find((entry) => entry.phone === one.phone);
    const delivery = known.find((row) => row.participantId === participant?.id);
    return delivery ? advance(delivery, one, context.now()) : [];
  });
  if (news.length === 0) {
    if (Object.keys(change).length > 0) await updateMessage(trx, workspaceId, message.id, change);
    return;
  }
  await recordChange(context, trx, {
    workspaceId,
    changes: [{ kind: "message", groupId: message.groupId, messageId: message.id }],
    write: async (revision) => {
      await updateMessage(trx, workspaceId, message.id, { ...change, revision });
      for (const one of news) await writeDelivery(trx, workspaceId, message.id, one);
    },
  });
}

function advance(known: DeliveryRow, report: MemberReport, at: Date): DeliveryReport[] {
  const state = joinDelivery(known.state, report.state);
  const reasonIsNews = known.failure === null && report.failure !== null && report.state === state;
  if (state === known.state && !reasonIsNews) return [];
  return [{ participantId: known.participantId, state, failure: report.failure, carrierCode: report.code ?? null, at }];
}
