import "./bubble.css";
import type { CallRefusal } from "../../utils/command.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { isHeld, type PendingText } from "../../utils/models/thread-items.ts";
import { dayAndTime } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { MessageText } from "./message-text.tsx";

interface PendingBubbleProps {
  pending: PendingText;
  /** Whether the group is: then trying again would not help. */
  isLocked: boolean;
  onRetry: () => void;
  onDrop: () => void;
  /** Of a text that is to be sent later: sets its time anew. */
  onCorrect: () => void;
  now: number;
}

/** A text on its way, dimmed until the backend has it; one that was refused says why and what can be done. */
export function PendingBubble({ pending, isLocked, onRetry, onDrop, onCorrect, now }: PendingBubbleProps) {
  const { refused } = pending;
  return (
    <div class={`bubble-row bubble-row-own ${refused === null ? "bubble-pending" : "bubble-refused"}`}>
      <div class="bubble" dir="auto">
        <MessageText text={pending.text} />
      </div>
      <div class="bubble-actions">
        {refused === null ? (
          <span class="quiet">{onItsWay(pending, now)}</span>
        ) : (
          <>
            <p role="alert">
              {isHeld(pending) ? t("pending_held") : t("pending_refused", { reason: reasonOf(pending, refused) })}
            </p>
            {pending.sendAt !== null && (
              <Button kind="text" onClick={onCorrect}>
                {t("scheduled_change")}
              </Button>
            )}
            {pending.sendAt === null && !(isLocked && isHeld(pending)) && (
              <Button kind="text" onClick={onRetry}>
                {t("retry")}
              </Button>
            )}
            <Button kind="text" onClick={onDrop}>
              {t("discard")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function reasonOf({ scheduledId }: PendingText, refused: CallRefusal): string {
  const isGone = scheduledId !== null && refused.reason === "problem" && refused.code === "not_found";
  return isGone ? t("scheduled_gone") : callRefusalText(refused);
}

function onItsWay({ sendAt }: PendingText, now: number): string {
  return sendAt === null ? t("pending_sending") : t("scheduled_saving", { time: dayAndTime(sendAt, now) });
}
