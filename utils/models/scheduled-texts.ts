import { computed, createModel, signal, type ReadonlySignal } from "@preact/signals";
import type { Group } from "@partyline/contract/group";
import type { ScheduledMessage, ScheduledWish } from "@partyline/contract/scheduled";
import type { Command, OutboxItem } from "../command.ts";
import { commandBase } from "./command-base.ts";
import type { Gateway } from "./gateway.ts";
import type { OutboxModel } from "./outbox-model.ts";
import type { PendingText } from "./thread-items.ts";

/** A text and its time as the user is setting them. */
export interface Planning {
  text: string;
  /** Null where none was chosen yet. */
  sendAt: string | null;
  /** What it changes; null for a new one. */
  scheduledId: string | null;
  /** What was refused, and is replaced by this. */
  insteadOf: string | null;
  /** Whether the text is the one in the composer. */
  isDraft: boolean;
}

interface ThreadParts {
  group: ReadonlySignal<Group | null>;
  /** Of this group. */
  items: ReadonlySignal<OutboxItem[]>;
}

/** What is to be sent later in one group, and what the user is doing about it. */
export const Scheduled = createModel((gateway: Gateway, outbox: OutboxModel, groupId: string, parts: ThreadParts) => {
  const { group, items } = parts;
  const wishes = computed(
    () =>
      new Map(
        items.value.flatMap((item) => (item.kind === "settle_scheduled" ? [[item.scheduledId, item.body.wish]] : [])),
      ),
  );
  const planning = signal<Planning | null>(null);
  const wish = (scheduledId: string, wish: ScheduledWish["wish"]): Command => ({
    ...commandBase(gateway, groupId),
    kind: "settle_scheduled",
    scheduledId,
    body: { wish },
  });
  return {
    /** Without those that a change, on its way, stands for. */
    list: computed(() => {
      const changing = new Set(items.value.flatMap(changeOnItsWay));
      return (group.value?.scheduled ?? []).filter(({ id }) => !changing.has(id));
    }),
    /** What this user wants of it, until the backend has heard it. */
    wishFor: (id: string) => wishes.value.get(id) ?? null,
    planning,
    plan: (draft: string) =>
      (planning.value = { text: draft, sendAt: null, scheduledId: null, insteadOf: null, isDraft: true }),
    change: ({ id, text, sendAt }: ScheduledMessage) =>
      (planning.value = { text, sendAt, scheduledId: id, insteadOf: null, isDraft: false }),
    correct({ id, text, sendAt, scheduledId, refused }: PendingText) {
      // What it was to change is gone: it can only be sent as another one.
      const isGone = refused?.reason === "problem" && refused.code === "not_found";
      planning.value = { text, sendAt, scheduledId: isGone ? null : scheduledId, insteadOf: id, isDraft: false };
    },
    putAway: () => (planning.value = null),
    /** Answers whether it was let out. */
    async keep({ scheduledId, insteadOf }: Planning, content: { text: string; sendAt: string }): Promise<boolean> {
      const base = commandBase(gateway, groupId);
      const command: Command =
        scheduledId === null
          ? { ...base, kind: "schedule_message", body: { id: gateway.newId(), ...content } }
          : { ...base, kind: "reschedule_message", scheduledId, body: content };
      const isOut = await outbox.send([command]);
      if (!isOut) return false;
      // At once: whoever presses twice means it once.
      planning.value = null;
      if (insteadOf !== null) await outbox.drop(insteadOf);
      return true;
    },
    sendNow: (id: string) => outbox.send([wish(id, "send")]),
    discard: (id: string) => gateway.calls.enqueue(wish(id, "discard")),
  };
});
export type Scheduled = InstanceType<typeof Scheduled>;

function changeOnItsWay(item: OutboxItem): string[] {
  return item.kind === "reschedule_message" && item.refused === null ? [item.scheduledId] : [];
}
