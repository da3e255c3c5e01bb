import type { Message, NewMessage } from "@partyline/contract/message";
import type { ScheduledMessage } from "@partyline/contract/scheduled";
import type { OutboxItem } from "../command.ts";
import { hasTrouble } from "./delivery-summary.ts";

/** A text the user sent that the backend has not accepted yet. */
export interface PendingText {
  id: string;
  text: string;
  madeAt: string;
  refused: OutboxItem["refused"];
  /** When it is to be sent; null for at once. */
  sendAt: string | null;
  /** The scheduled message that it changes; null where it changes none. */
  scheduledId: string | null;
}

export type ThreadItem =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; message: Message; startsRun: boolean; showsDelivery: boolean }
  | { kind: "pending"; key: string; pending: PendingText }
  | { kind: "scheduled"; key: string; scheduled: ScheduledMessage };

export interface ThreadParts {
  messages: readonly Message[];
  pending: readonly PendingText[];
  scheduled: readonly ScheduledMessage[];
  /** Inbound messages after this `seq` are new; null where nothing is. */
  newAfter: number | null;
}

/** What the thread shows, in order: days, the line above what is new, messages, what is on its way, what waits. */
export function threadItems({ messages, pending, scheduled, newAfter }: ThreadParts): ThreadItem[] {
  const items: ThreadItem[] = [];
  const lastOwn = messages.findLast((message) => message.direction === "outbound");
  const firstNew = firstInboundAfter(messages, newAfter);
  let before: Message | null = null;
  for (const message of messages) {
    const newDay = before === null || dayOf(before.createdAt) !== dayOf(message.createdAt);
    if (newDay) items.push({ kind: "day", key: `day ${dayOf(message.createdAt)}`, at: message.createdAt });
    if (message === firstNew) items.push({ kind: "new", key: "new" });
    items.push({
      kind: "message",
      key: message.id,
      message,
      startsRun: newDay || message === firstNew || before?.author.id !== message.author.id,
      showsDelivery: (message === lastOwn && pending.length === 0) || hasTrouble(message.deliveries),
    });
    before = message;
  }
  return [
    ...items,
    ...pending.map((pending): ThreadItem => ({ kind: "pending", key: pending.id, pending })),
    ...scheduled.map((one): ThreadItem => ({ kind: "scheduled", key: one.id, scheduled: one })),
  ];
}

/** The outbox's texts for a group that are not among its messages yet. */
export function pendingTexts(
  items: readonly OutboxItem[],
  groupId: string,
  messages: readonly Message[],
): PendingText[] {
  const arrived = new Set(messages.map((message) => message.id));
  return items.flatMap((item): PendingText[] => {
    if (item.groupId !== groupId) return [];
    const { id, madeAt, refused } = item;
    if (item.kind === "schedule_message" || item.kind === "reschedule_message") {
      const scheduledId = item.kind === "reschedule_message" ? item.scheduledId : null;
      const { text, sendAt } = item.body;
      return [{ id, text, madeAt, refused, sendAt, scheduledId }];
    }
    const body = bodyOf(item);
    if (body === null || arrived.has(body.id)) return [];
    return [{ id, text: body.text, madeAt, refused, sendAt: null, scheduledId: null }];
  });
}

function bodyOf(item: OutboxItem): NewMessage | null {
  if (item.kind === "send_message") return item.body;
  return item.kind === "create_group" ? item.body.firstMessage : null;
}

/** Kept because the group is locked: there is nothing wrong with the text itself. */
export function isHeld({ refused }: PendingText): boolean {
  return refused?.reason === "problem" && refused.code === "group_locked";
}

function firstInboundAfter(messages: readonly Message[], seq: number | null): Message | undefined {
  if (seq === null) return undefined;
  return messages.find((message) => message.direction === "inbound" && message.seq > seq);
}

/** The local calendar day, since that is what the reader lives in. */
function dayOf(time: string): string {
  return new Date(time).toDateString();
}
