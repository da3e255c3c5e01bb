import type { Group } from "@partyline/contract/group";
import type { Delivery } from "@partyline/contract/message";
import { displayName, firstName } from "@partyline/domain/people";
import { t, tn } from "../text.ts";
import { summariseDeliveries, wasDiscarded } from "./delivery-summary.ts";
import { failureText } from "./refusal-text.ts";

/** The quiet line under an own message: "4 of 4 delivered", "3 of 4 delivered · Tom: landline". */
export function deliveryLine(deliveries: readonly Delivery[], group: Group): string {
  const { total, delivered, troubled, unconfirmed, phase } = summariseDeliveries(deliveries);
  const [first] = troubled;
  if (wasDiscarded(deliveries)) return t("delivery_discarded");
  if (first === undefined && delivered === 0 && phase !== "settled") {
    return phase === "sending" ? t("delivery_sending") : tn("delivery_sent", total);
  }
  const summary = t("delivery_delivered", { delivered, total });
  if (troubled.length > 1) return t("delivery_trouble_more", { summary, count: troubled.length });
  if (first !== undefined) {
    return t("delivery_trouble", { summary, name: nameOf(first, group, firstName), reason: deliveryReason(first) });
  }
  return unconfirmed > 0 ? t("delivery_unconfirmed", { summary, count: unconfirmed }) : summary;
}

/** What became of the message for one person, in words: the reason where there is one. */
export function deliveryReason(delivery: Delivery): string {
  return delivery.failure === null ? t(`delivery_state_${delivery.state}`) : failureText(delivery.failure);
}

export function deliveryName(delivery: Delivery, group: Group): string {
  return nameOf(delivery, group, displayName);
}

function nameOf(delivery: Delivery, group: Group, name: typeof displayName): string {
  const person = group.participants.find(({ id }) => id === delivery.participantId);
  return person === undefined ? t("person_no_name") : name(person);
}
