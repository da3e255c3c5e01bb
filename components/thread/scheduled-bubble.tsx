import "./bubble.css";
import type { Group } from "@partyline/contract/group";
import type { ScheduledMessage } from "@partyline/contract/scheduled";
import { Clock } from "lucide-preact";
import type { Scheduled } from "../../utils/models/scheduled-texts.ts";
import { dayAndTime } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { MessageText } from "./message-text.tsx";

/** So long after its time it is taken for on its way; then for something that a person had better look after. */
const DUE_MS = 5 * 60_000;

interface ScheduledBubbleProps {
  scheduled: ScheduledMessage;
  model: Scheduled;
  group: Group;
  now: number;
}

/** What is to be sent later: when, or why it was not, and what can be done. */
export function ScheduledBubble({ scheduled, model, group, now }: ScheduledBubbleProps) {
  return (
    <div class={`bubble-row bubble-row-own ${scheduled.held === null ? "bubble-later" : "bubble-refused"}`}>
      <div class="bubble" dir="auto">
        <MessageText text={scheduled.text} />
      </div>
      <div class="bubble-actions">
        <State scheduled={scheduled} group={group} now={now} />
        <Actions scheduled={scheduled} model={model} group={group} now={now} />
      </div>
    </div>
  );
}

function State({ scheduled, group, now }: Omit<ScheduledBubbleProps, "model">) {
  const { author, sendAt, held } = scheduled;
  const values = { time: dayAndTime(sendAt, now), name: author.name };
  if (held !== null) return <p>{t(`scheduled_held_${held}`, values)}</p>;
  return (
    <span class="quiet">
      <Clock size={12} aria-hidden="true" /> {t(group.lock === null ? "scheduled_by" : "scheduled_by_locked", values)}
    </span>
  );
}

function Actions({ scheduled, model, group, now }: ScheduledBubbleProps) {
  const { id, sendAt, held } = scheduled;
  const wish = model.wishFor(id);
  if (wish !== null) return <span class="quiet">{t(wish === "send" ? "pending_sending" : "scheduled_deleting")}</span>;
  const sinceDue = now - Date.parse(sendAt);
  if (held === null && sinceDue >= 0 && sinceDue < DUE_MS) return <span class="quiet">{t("scheduled_due")}</span>;
  if (group.sendRefusal !== null) return null;
  return (
    <>
      {group.lock === null && (
        <>
          <Button kind="text" onClick={() => void model.sendNow(id)}>
            {t("scheduled_now")}
          </Button>
          <Button kind="text" onClick={() => model.change(scheduled)}>
            {t("scheduled_change")}
          </Button>
        </>
      )}
      <Button kind="text" onClick={() => void model.discard(id)}>
        {t("scheduled_delete")}
      </Button>
    </>
  );
}
