import type { Message } from "@partyline/contract/message";
import { t } from "../../utils/text.ts";

/** Says a message that has just come into the open thread, once, to those who listen rather than look. */
export function NewMessageVoice({ message }: { message: Message | null }) {
  return (
    <div class="visually-hidden" aria-live="polite" aria-atomic="true">
      {message !== null && (
        <p key={message.id}>
          {t("thread_announce", { name: message.author.name, text: message.text || t("group_attachment") })}
        </p>
      )}
    </div>
  );
}
