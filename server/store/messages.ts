import { sql } from "kysely";
import type { DeliveryState, FailureClass } from "@partyline/domain/delivery";
import { foldedWords } from "./folded-words.ts";
import type { SendState } from "./message-schema.ts";
import type { Trx } from "./tenant.ts";

export interface DeliveryRow {
  messageId: string;
  participantId: string;
  state: DeliveryState;
  failure: FailureClass | null;
  at: Date;
}

export interface MessageRow {
  id: string;
  groupId: string;
  seq: number;
  direction: "outbound" | "inbound";
  authorUserId: string | null;
  authorParticipantId: string | null;
  text: string;
  media: { url: string; type: string | null }[];
  createdAt: Date;
  sendState: SendState | null;
  carrierMessageId: string | null;
  revision: number;
}

export interface NewMessageRow extends Omit<MessageRow, "seq"> {
  /** Outbound: everybody it goes to; each starts as queued. */
  recipients: string[];
}

/**
 * Gives the message the group's next number and moves the group up. The caller holds the group's row lock. One statement,
 * because a send is what this database does most, and every statement is a round trip.
 */
export async function insertMessage(trx: Trx, workspaceId: string, message: NewMessageRow): Promise<void> {
  const { id, groupId, direction, createdAt, revision, recipients } = message;
  const { rows } = await sql`
    with numbered as (
      update groups set
        message_seq = message_seq + 1,
        inbound_seq = case when ${direction} = 'inbound' then message_seq + 1 else inbound_seq end,
        -- A reply that was long on its way does not move its group down.
        last_activity_at = greatest(last_activity_at, ${createdAt}::timestamptz),
        revision = ${revision}
      where workspace_id = ${workspaceId} and id = ${groupId}
      returning message_seq
    ), stored as (
      insert into message (workspace_id, id, group_id, seq, direction, author_user_id, author_participant_id,
        text, folded_words, media, created_at, send_state, carrier_message_id, revision)
      select ${workspaceId}::uuid, ${id}::uuid, ${groupId}::uuid, message_seq, ${direction}::text,
        ${message.authorUserId}::uuid, ${message.authorParticipantId}::uuid, ${message.text}::text,
        ${foldedWords(message.text)}::text, ${JSON.stringify(message.media)}::jsonb, ${createdAt}::timestamptz,
        ${message.sendState}::text, ${message.carrierMessageId}::text, ${revision}::bigint
      from numbered
    ), addressed as (
      insert into delivery (workspace_id, message_id, participant_id, state, at)
      select ${workspaceId}::uuid, ${id}::uuid, recipient, 'queued', ${createdAt}::timestamptz
      from numbered, unnest(${recipients}::uuid[]) as recipient
    )
    select message_seq from numbered`.execute(trx);
  if (rows.length === 0) throw new Error("a message's group is gone");
}

const COLUMNS = [
  "id",
  "group_id",
  "seq",
  "direction",
  "author_user_id",
  "author_participant_id",
  "text",
  "media",
  "created_at",
  "send_state",
  "carrier_message_id",
  "revision",
] as const;

export async function findMessages(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom("message")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", [...new Set(ids)])
    .orderBy("group_id")
    .orderBy("seq")
    .execute();
  return rows.map(toMessage);
}

export async function holdMessage(trx: Trx, workspaceId: string, id: string): Promise<MessageRow | undefined> {
  const row = await trx
    .selectFrom("message")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && toMessage(row);
}

export async function findByCarrierMessageId(
  trx: Trx,
  workspaceId: string,
  carrierMessageId: string,
): Promise<{ id: string; groupId: string } | undefined> {
  const row = await trx
    .selectFrom("message")
    .select(["id", "group_id"])
    .where("workspace_id", "=", workspaceId)
    .where("carrier_message_id", "=", carrierMessageId)
    .executeTakeFirst();
  return row && { id: row.id, groupId: row.group_id };
}

/** The last message of each group. */
export async function findLastMessages(
  trx: Trx,
  workspaceId: string,
  groupIds: readonly string[],
): Promise<MessageRow[]> {
  if (groupIds.length === 0) return [];
  const rows = await trx
    .selectFrom("message")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where(
      sql<boolean>`(group_id, seq) in (select g.id, g.message_seq from groups g
        where g.workspace_id = ${workspaceId} and g.id = any(${[...new Set(groupIds)]}::uuid[]))`,
    )
    .execute();
  return rows.map(toMessage);
}

/** Messages of a group before a number (all when null), newest first. */
export async function pageMessages(
  trx: Trx,
  workspaceId: string,
  page: { groupId: string; before: number | null; limit: number },
): Promise<MessageRow[]> {
  let query = trx
    .selectFrom("message")
    .select(COLUMNS)
    .where("workspace_id", "=", workspaceId)
    .where("group_id", "=", page.groupId);
  if (page.before !== null) query = query.where("seq", "<", page.before);
  const rows = await query.orderBy("seq", "desc").limit(page.limit).execute();
  return rows.map(toMessage);
}

export async function findDeliveries(
  trx: Trx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<DeliveryRow[]> {
  if (messageIds.length === 0) return [];
  const rows = await trx
    .selectFrom("delivery")
    .select(["message_id", "participant_id", "state", "failure", "at"])
    .where("workspace_id", "=", workspaceId)
    .where("message_id", "in", [...new Set(messageIds)])
    .execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    participantId: row.participant_id,
    state: row.state,
    failure: row.failure,
    at: row.at,
  }));
}

export interface DeliveryReport {
  participantId: string;
  state: DeliveryState;
  failure: FailureClass | null;
  carrierCode: string | null;
  at: Date;
}

/** Writes what is now known of one delivery. The caller holds the message and has joined the states. */
export async function writeDelivery(
  trx: Trx,
  workspaceId: string,
  messageId: string,
  report: DeliveryReport,
): Promise<void> {
  await trx
    .updateTable("delivery")
    .set({ state: report.state, failure: report.failure, carrier_code: report.carrierCode, at: report.at })
    .where("workspace_id", "=", workspaceId)
    .where("message_id", "=", messageId)
    .where("participant_id", "=", report.participantId)
    .execute();
}

export interface MessageChange {
  sendState?: SendState;
  carrierMessageId?: string;
  revision?: number;
}

export async function updateMessage(trx: Trx, workspaceId: string, id: string, change: MessageChange): Promise<void> {
  await trx
    .updateTable("message")
    .set({
      ...(change.sendState === undefined ? {} : { send_state: change.sendState }),
      ...(change.carrierMessageId === undefined ? {} : { carrier_message_id: change.carrierMessageId }),
      ...(change.revision === undefined ? {} : { revision: change.revision }),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

interface Row {
  id: string;
  group_id: string;
  seq: number;
  direction: "outbound" | "inbound";
  author_user_id: string | null;
  author_participant_id: string | null;
  text: string;
  media: { url: string; type: string | null }[];
  created_at: Date;
  send_state: SendState | null;
  carrier_message_id: string | null;
  revision: number;
}

function toMessage(row: Row): MessageRow {
  return {
    id: row.id,
    groupId: row.group_id,
    seq: row.seq,
    direction: row.direction,
    authorUserId: row.author_user_id,
    authorParticipantId: row.author_participant_id,
    text: row.text,
    media: row.media,
    createdAt: row.created_at,
    sendState: row.send_state,
    carrierMessageId: row.carrier_message_id,
    revision: row.revision,
  };
}
