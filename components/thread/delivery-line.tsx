import "./delivery-line.css";
import type { Group } from "@partyline/contract/group";
import type { Delivery } from "@partyline/contract/message";
import { useId, useState } from "preact/hooks";
import { hasTrouble } from "../../utils/models/delivery-summary.ts";
import { deliveryLine, deliveryName, deliveryReason } from "../../utils/models/delivery-text.ts";
import { clockTime, fullTime } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";

interface DeliveryProps {
  deliveries: readonly Delivery[];
  group: Group;
}

/** How far a message got, in one quiet line; a click opens the list of people. */
export function DeliveryLine({ deliveries, group }: DeliveryProps) {
  const [open, setOpen] = useState(false);
  const list = useId();
  const trouble = hasTrouble(deliveries);
  return (
    <>
      <button
        type="button"
        class={trouble ? "delivery-line delivery-line-trouble" : "delivery-line"}
        aria-expanded={open}
        aria-controls={list}
        title={t("delivery_details")}
        onClick={() => setOpen(!open)}
      >
        {deliveryLine(deliveries, group)}
      </button>
      {open && <DeliveryList id={list} deliveries={deliveries} group={group} />}
    </>
  );
}

function DeliveryList({ id, deliveries, group }: DeliveryProps & { id: string }) {
  return (
    <ul id={id} class="delivery-list" aria-label={t("delivery_list")}>
      {deliveries.map((delivery) => (
        <li key={delivery.participantId} title={fullTime(delivery.at)}>
          <bdi class="ellipsis">{deliveryName(delivery, group)}</bdi>
          <span class={hasTrouble([delivery]) ? "reason" : ""}>{deliveryReason(delivery)}</span>
          <time class="quiet number" dateTime={delivery.at}>
            {clockTime(delivery.at)}
          </time>
        </li>
      ))}
    </ul>
  );
}
