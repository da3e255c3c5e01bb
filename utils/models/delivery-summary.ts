import type { Delivery } from "@partyline/contract/message";
import type { DeliveryState } from "@partyline/domain/delivery";

export interface DeliverySummary {
  total: number;
  delivered: number;
  /** Failed, undelivered or skipped: those who did not get it. */
  troubled: Delivery[];
  unconfirmed: number;
  /** How far the slowest of the others are. */
  phase: "sending" | "sent" | "settled";
}

const NOT_REACHED: ReadonlySet<DeliveryState> = new Set(["failed", "undelivered", "skipped"]);

export function summariseDeliveries(deliveries: readonly Delivery[]): DeliverySummary {
  const of = (...states: DeliveryState[]) => deliveries.filter(({ state }) => states.includes(state));
  return {
    total: deliveries.length,
    delivered: of("delivered").length,
    troubled: deliveries.filter(({ state }) => NOT_REACHED.has(state)),
    unconfirmed: of("unconfirmed").length,
    phase: of("queued", "accepted").length > 0 ? "sending" : of("sent").length > 0 ? "sent" : "settled",
  };
}

/** A lock held it back, and somebody gave it up: no carrier skips everybody. */
export function wasDiscarded(deliveries: readonly Delivery[]): boolean {
  return deliveries.length > 0 && deliveries.every(({ state, failure }) => state === "skipped" && failure === null);
}

export function hasTrouble(deliveries: readonly Delivery[]): boolean {
  return deliveries.some(({ state }) => NOT_REACHED.has(state));
}
