import "./message-list.css";
import type { Group } from "@partyline/contract/group";
import { displayName } from "@partyline/domain/people";
import { useRef } from "preact/hooks";
import type { ThreadItem } from "../../utils/models/thread-items.ts";
import type { ThreadModel } from "../../utils/models/thread-model.ts";
import type { PanelModel } from "../../utils/models/panel-model.ts";
import { loneWriter } from "../../utils/models/lone-thread.ts";
import { callRefusalText } from "../../utils/models/refusal-text.ts";
import { dayName } from "../../utils/models/when.ts";
import { t } from "../../utils/text.ts";
import { Button } from "../button.tsx";
import { Notice } from "../notice.tsx";
import { Bubble } from "./bubble.tsx";
import { HeldLine } from "./held-line.tsx";
import { PendingBubble } from "./pending-bubble.tsx";
import { ScheduledBubble } from "./scheduled-bubble.tsx";
import { useThreadScroll } from "./use-thread-scroll.ts";

/** So near to the top, older messages are fetched. */
const NEAR_TOP_PX = 120;

interface MessageListProps {
  panel: PanelModel;
  model: ThreadModel;
  group: Group;
}

export function MessageList({ panel, model, group }: MessageListProps) {
  const box = useRef<HTMLDivElement>(null);
  const items = model.items.value;
  const scroll = useThreadScroll(box, items);
  const { hasOlder, refusal, messages } = model.thread;
  const onScroll = () => {
    scroll.onScroll();
    if (box.current !== null && box.current.scrollTop < NEAR_TOP_PX && hasOlder.value && refusal.value === null) {
      void model.thread.loadOlder();
    }
  };
  return (
    <div
      class="message-list"
      ref={box}
      onScroll={onScroll}
      // Scrollable, hence focusable: arrow keys scroll what has no control in it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t("thread_messages")}
    >
      <ol>
        {messages.value !== null && <Beginning model={model} group={group} />}
        {items.map((item) => (
          <Item key={item.key} item={item} panel={panel} model={model} group={group} />
        ))}
      </ol>
    </div>
  );
}

function Beginning({ model, group }: { model: ThreadModel; group: Group }) {
  const { hasOlder, loading, refusal, messages } = model.thread;
  if (refusal.value !== null) {
    return (
      <li>
        <Notice
          kind="bad"
          action={
            <Button kind="text" onClick={() => void model.thread.loadOlder()}>
              {t("retry")}
            </Button>
          }
        >
          {callRefusalText(refusal.value)}
        </Notice>
      </li>
    );
  }
  if (hasOlder.value) {
    return (
      <li class="message-list-older">
        <Button kind="text" disabled={loading.value} onClick={() => void model.thread.loadOlder()}>
          {t(loading.value ? "thread_loading_older" : "thread_older")}
        </Button>
      </li>
    );
  }
  if (messages.value?.length === 0 && model.items.value.length === 0) {
    return <li class="message-list-day">{t("thread_empty")}</li>;
  }
  return <li class="message-list-day">{origin(group)}</li>;
}

function origin(group: Group): string {
  if (group.createdBy !== null) return t("thread_beginning", { name: group.createdBy.name });
  const alone = loneWriter(group);
  if (alone === null) return t("thread_beginning_discovered");
  return t("thread_beginning_alone", { name: displayName(alone) });
}

function Item({ item, panel, model, group }: MessageListProps & { item: ThreadItem }) {
  switch (item.kind) {
    case "day":
      return <li class="message-list-day">{dayName(item.at, panel.now.value)}</li>;
    case "new":
      return (
        <li class="message-list-new" data-new>
          {t("thread_new")}
        </li>
      );
    case "message":
      return (
        <li>
          <Bubble
            {...item}
            group={group}
            userId={panel.facts.session.value?.user.id ?? null}
            held={<HeldLine model={model} group={group} message={item.message} />}
          />
        </li>
      );
    case "pending":
      return (
        <li>
          <PendingBubble
            pending={item.pending}
            isLocked={group.lock !== null}
            onRetry={() => void panel.outbox.send([], [item.pending.id])}
            onDrop={() => void panel.outbox.drop(item.pending.id)}
            onCorrect={() => model.scheduled.correct(item.pending)}
            now={panel.now.value}
          />
        </li>
      );
    case "scheduled":
      return (
        <li>
          <ScheduledBubble scheduled={item.scheduled} model={model.scheduled} group={group} now={panel.now.value} />
        </li>
      );
  }
}
