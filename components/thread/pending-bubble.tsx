import "./bubble.css";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { isHeld, type PendingText } from "../../utils/models/thread-items.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { MessageText } from "./message-text.tsx";

interface PendingBubbleProps {
  pending: PendingText;
  /** Whether the group is: then trying again would not help. */
  isLocked: boolean;
  onRetry: () => void;
  onDrop: () => void;
}

/** A text on its way, dimmed until the backend has it; one that was refused says why and what can be done. */
export function PendingBubble({ pending, isLocked, onRetry, onDrop }: PendingBubbleProps) {
  const { refused } = pending;
  return (
    <div class={`bubble-row bubble-row-own ${refused === null ? "bubble-pending" : "bubble-refused"}`}>
      <div class="bubble" dir="auto">
        <MessageText text={pending.text} />
      </div>
      <div class="bubble-actions">
        {refused === null ? (
          <span class="quiet">{t("pending_sending")}</span>
        ) : (
          <>
            <p role="alert">
              {isHeld(pending) ? t("pending_held") : t("pending_refused", { reason: callRefusalText(refused) })}
            </p>
            {!(isLocked && isHeld(pending)) && (
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
