import { createModel, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import { commandBase } from "./command-base.ts";
import type { Gateway } from "./gateway.ts";

export interface ThreadInView {
  group: ReadonlySignal<Group | null>;
  messages: ReadonlySignal<Message[] | null>;
}

/** What the user has seen of an open thread. Opening is not reading unless the panel is visible and focused. */
export const Reading = createModel((gateway: Gateway, groupId: string, view: ThreadInView) => {
  /** Inbound messages after this `seq` stand below the line "new". */
  const newAfter = signal<number | null>(null);
  /** The latest message from somebody else, to be read aloud once. */
  const announced = signal<Message | null>(null);
  let opened = false;
  let markedUpTo = 0;
  let heardUpTo: number | null = null;

  effect(() => {
    void gateway.calls.watching(gateway.attentive.value ? groupId : null);
  });
  effect(() => () => void gateway.calls.watching(null));

  effect(() => {
    const group = view.group.value;
    if (group === null) return;
    const arrivesUnseen = !opened || !gateway.attentive.value;
    opened = true;
    if (group.unread > 0 && arrivesUnseen && newAfter.peek() === null) newAfter.value = group.readSeq;
  });
  effect(() => {
    const newest = view.messages.value?.at(-1)?.seq ?? 0;
    const unread = view.group.value?.unread ?? 0;
    if (!gateway.attentive.value || unread === 0 || newest <= markedUpTo) return;
    markedUpTo = newest;
    void gateway.calls.enqueue({ ...commandBase(gateway, groupId), kind: "mark_read", body: { seq: newest } });
  });
  effect(() => {
    const messages = view.messages.value;
    if (messages === null) return;
    const newest = messages.findLast((message) => message.direction === "inbound") ?? null;
    const isNew = heardUpTo !== null && newest !== null && newest.seq > heardUpTo;
    heardUpTo = Math.max(heardUpTo ?? 0, newest?.seq ?? 0);
    if (isNew) announced.value = newest;
  });
  return {
    newAfter,
    announced,
    /** Once the user has answered, nothing is new any more. */
    settle() {
      newAfter.value = null;
    },
  };
});
export type Reading = InstanceType<typeof Reading>;
