/**
 * How far one outbound message got towards one participant, lowest first. Reports arrive late, doubled and out of
 * order, so a state only ever moves up; `delivered` is the top because a handset's receipt overrules any guess.
 */
export const DELIVERY_STATES = [
  "queued",
  "accepted",
  "sent",
  "unconfirmed",
  "skipped",
  "failed",
  "undelivered",
  "delivered",
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The carrier's reason in our words; the panel has one sentence for each. */
export const FAILURE_CLASSES = [
  "opted_out",
  // Ours, not a carrier's: the CRM's do-not-disturb came between the click and the send.
  "do_not_disturb",
  "landline",
  "unreachable",
  "spam_blocked",
  "not_registered",
  "not_group_capable",
  "bad_number",
  "media",
  "rate",
  "auth",
  "carrier_temporary",
  "unknown",
] as const;

export type FailureClass = (typeof FAILURE_CLASSES)[number];

export function deliveryRank(state: DeliveryState): number {
  return DELIVERY_STATES.indexOf(state);
}

/** The join of two reports about the same delivery: commutative, associative, idempotent. */
export function joinDelivery(one: DeliveryState, other: DeliveryState): DeliveryState {
  return deliveryRank(one) >= deliveryRank(other) ? one : other;
}

/** Whether a later report can still be expected to change what the person should believe. */
export function isSettled(state: DeliveryState): boolean {
  return deliveryRank(state) >= deliveryRank("unconfirmed");
}
