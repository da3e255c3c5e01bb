import "./bubble.css";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";

interface HeldLineProps {
  model: ThreadModel;
  group: Group;
  message: Message;
}

/** Under a message that a lock kept back after it was accepted: why it was not sent, and what can be done. */
export function HeldLine({ model, group, message }: HeldLineProps) {
  const wish = model.held.wishFor(message.id);
  if (wish !== null) {
    return <span class="bubble-actions quiet">{t(wish === "send" ? "pending_sending" : "delivery_discarded")}</span>;
  }
  const maySend = group.lock === null && group.sendRefusal === null;
  return (
    <div class="bubble-actions">
      <p>{t("pending_held")}</p>
      {maySend && (
        <Button kind="text" onClick={() => void model.held.send(message.id)}>
          {t("retry")}
        </Button>
      )}
      {group.sendRefusal === null && (
        <Button kind="text" onClick={() => void model.held.discard(message.id)}>
          {t("discard")}
        </Button>
      )}
    </div>
  );
}
