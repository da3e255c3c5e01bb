import type { ColumnType } from "kysely";
import type { DeliveryState, FailureClass } from "@partyline/domain/delivery";
import type { ScheduledHold } from "@partyline/domain/send-time";

type Time = ColumnType<Date, Date, Date>;

/**
 * Where the one attempt to hand a message to the carrier stands; `attempting` is committed before the call. A `held` one
 * met a lock before it, and waits for a person.
 */
export type SendState = "queued" | "held" | "attempting" | "accepted" | "rejected" | "unknown";

interface MessageTable {
  workspace_id: string;
  id: string;
  group_id: string;
  seq: number;
  direction: "outbound" | "inbound";
  author_user_id: string | null;
  author_participant_id: string | null;
  text: string;
  /** Its words as searches compare them, where those are not the text's own; written by `insertMessage`. */
  folded_words: string | null;
  media: ColumnType<{ url: string; type: string | null }[], string, string>;
  created_at: Time;
  send_state: SendState | null;
  carrier_message_id: string | null;
  revision: number;
}

/** To be sent later; `held` says why it was not, at its time. */
interface ScheduledMessageTable {
  workspace_id: string;
  id: string;
  group_id: string;
  author_user_id: string;
  text: string;
  send_at: Time;
  held: ScheduledHold | null;
}

interface DeliveryTable {
  workspace_id: string;
  message_id: string;
  participant_id: string;
  state: DeliveryState;
  failure: FailureClass | null;
  carrier_code: string | null;
  at: Time;
}

export interface MessageTables {
  message: MessageTable;
  scheduled_message: ScheduledMessageTable;
  delivery: DeliveryTable;
}
