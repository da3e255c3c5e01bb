import { computed, createModel, type ReadonlySignal } from "@preact/signals";
import type { HeldWish, Message } from "@partyline/contract/message";
import type { Command, OutboxItem } from "../command.ts";
import { commandBase } from "./command-base.ts";
import type { Gateway } from "./gateway.ts";
import type { OutboxModel } from "./outbox-model.ts";
import { isHeld, type PendingText } from "./thread-items.ts";

interface ThreadTexts {
  /** Of this group. */
  items: ReadonlySignal<OutboxItem[]>;
  pending: ReadonlySignal<PendingText[]>;
  messages: ReadonlySignal<Message[] | null>;
}

/**
 * What a lock kept back: texts that the backend did not take any more, and such as it had taken but nobody was texted.
 * Either goes, or is given up, only when somebody says so.
 */
export const Held = createModel((gateway: Gateway, outbox: OutboxModel, groupId: string, texts: ThreadTexts) => {
  const { items, pending, messages } = texts;
  const settling = computed(
    () =>
      new Map(items.value.flatMap((item) => (item.kind === "settle_held" ? [[item.messageId, item.body.wish]] : []))),
  );
  // What was to be sent later has its time to be set anew, and never goes at once for that.
  const refused = computed(() => pending.value.filter((one) => isHeld(one) && one.sendAt === null));
  const accepted = computed(
    () => messages.value?.filter(({ id, held }) => held && !settling.value.has(id)).map(({ id }) => id) ?? [],
  );
  const commandFor = (messageId: string, wish: HeldWish["wish"]): Command => ({
    ...commandBase(gateway, groupId),
    kind: "settle_held",
    messageId,
    body: { wish },
  });
  return {
    count: computed(() => refused.value.length + accepted.value.length),
    /** What this user wants of it, until the backend has heard it. */
    wishFor: (messageId: string) => settling.value.get(messageId) ?? null,
    send: (messageId: string) => outbox.send([commandFor(messageId, "send")]),
    discard: (messageId: string) => gateway.calls.enqueue(commandFor(messageId, "discard")),
    sendAll: () =>
      outbox.send(
        accepted.peek().map((id) => commandFor(id, "send")),
        refused.peek().map(({ id }) => id),
      ),
  };
});
