import type { GroupPredecessor, GroupRename, NewGroup } from "@partyline/contract/group";
import type { HeldWish, NewMessage } from "@partyline/contract/message";
import type { NewScheduled, ScheduledContent, ScheduledWish } from "@partyline/contract/scheduled";

/**
 * A write the user made. It waits in the outbox under its own id (UUIDv7, also the idempotency key), is applied to the
 * replica at once, and leaves only on the backend's answer.
 */
export type Command = { id: string; groupId: string; madeAt: string } & (
  | { kind: "create_group"; body: NewGroup }
  | { kind: "send_message"; body: NewMessage }
  | { kind: "settle_held"; messageId: string; body: HeldWish }
  | { kind: "schedule_message"; body: NewScheduled }
  | { kind: "reschedule_message"; scheduledId: string; body: ScheduledContent }
  | { kind: "settle_scheduled"; scheduledId: string; body: ScheduledWish }
  | { kind: "rename_group"; body: GroupRename }
  | { kind: "follow_group"; body: GroupPredecessor }
  | { kind: "mark_read"; body: { seq: number } }
);

/** A command as it waits. `refused` ones stay until the user has seen why and dismissed, edited or retried them. */
export type OutboxItem = Command & {
  attempts: number;
  /** When to try next, milliseconds since the epoch; 0 is at once. */
  notBefore: number;
  refused: CallRefusal | null;
};

/** Why a call to the backend gave no value. Travels between extension contexts as data. */
export type CallRefusal =
  | { reason: "signed_out" }
  | { reason: "no_permission"; origin: string }
  | { reason: "unreachable"; backend: string }
  /** Something answered, but not our backend: a captive portal, a proxy, another server. */
  | { reason: "not_a_backend"; backend: string }
  | {
      reason: "problem";
      code: string;
      detail: string | null;
      refusal: unknown;
      groupId: string | null;
      retryAfter: number | null;
    };
