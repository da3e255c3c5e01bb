import "./bubble.css";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { ComponentChildren } from "preact";
import { wasDiscarded } from "../../utils/models/delivery-summary.ts";
import { clockTime, fullTime } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";
import { DeliveryLine } from "./delivery-line.tsx";
import { MediaPart } from "./media-part.tsx";
import { MessageText } from "./message-text.tsx";

interface BubbleProps {
  message: Message;
  group: Group;
  userId: string | null;
  /** Whether the author and the time stand above it. */
  startsRun: boolean;
  showsDelivery: boolean;
  /** Stands in the place of the deliveries where a lock kept the message back. */
  held: ComponentChildren;
}

export function Bubble({ message, group, userId, startsRun, showsDelivery, held }: BubbleProps) {
  const author = message.author.kind === "user" && message.author.id === userId ? t("thread_you") : message.author.name;
  return (
    <div class={rowClass(message)} title={fullTime(message.createdAt)}>
      <p class={startsRun ? "bubble-author quiet" : "visually-hidden"}>
        <bdi class="ellipsis">{author}</bdi>
        <time dateTime={message.createdAt}>{clockTime(message.createdAt)}</time>
      </p>
      {message.text !== "" && (
        <div class="bubble" dir="auto">
          <MessageText text={message.text} />
        </div>
      )}
      {message.media.map((media) => (
        <MediaPart key={media.url} media={media} />
      ))}
      {message.held ? held : showsDelivery && <DeliveryLine deliveries={message.deliveries} group={group} />}
    </div>
  );
}

function rowClass({ direction, held, deliveries }: Message): string {
  if (direction === "inbound") return "bubble-row";
  return held || wasDiscarded(deliveries) ? "bubble-row bubble-row-own bubble-refused" : "bubble-row bubble-row-own";
}
