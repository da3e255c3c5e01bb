import type { Message } from "@partyline/contract/message";
import { displayName } from "@partyline/domain/people";
import type { RosterRow } from "../store/groups.ts";
import type { DeliveryRow, MessageRow } from "../store/messages.ts";

export interface MessageFacts {
  message: MessageRow;
  deliveries: readonly DeliveryRow[];
  roster: readonly RosterRow[];
  /** Names of the workspace's users by id. */
  userNames: ReadonlyMap<string, string>;
}

/** A message as the contract shows it. */
export function viewMessage({ message, deliveries, roster, userNames }: MessageFacts): Message {
  return {
    id: message.id,
    groupId: message.groupId,
    seq: message.seq,
    direction: message.direction,
    author: authorOf(message, roster, userNames),
    text: message.text,
    media: message.media,
    createdAt: message.createdAt.toISOString(),
    deliveries: deliveries.map(({ participantId, state, failure, at }) => ({
      participantId,
      state,
      failure,
      at: at.toISOString(),
    })),
    held: message.sendState === "held",
    revision: message.revision,
  };
}

function authorOf(
  message: MessageRow,
  roster: readonly RosterRow[],
  userNames: ReadonlyMap<string, string>,
): Message["author"] {
  if (message.authorUserId !== null) {
    return { kind: "user", id: message.authorUserId, name: userNames.get(message.authorUserId) ?? "" };
  }
  const author = roster.find((entry) => entry.id === message.authorParticipantId);
  if (author === undefined) throw new Error("an inbound message has no author in its group's roster");
  return { kind: "participant", id: author.id, name: displayName(author) };
}
