import type { Message, MessagePage } from "@partyline/contract/message";
import { findRosters } from "../store/groups.ts";
import { findDeliveries, pageMessages, type MessageRow } from "../store/messages.ts";
import type { Trx } from "../store/tenant.ts";
import { listUserNames } from "../store/users.ts";
import { viewMessage } from "./message-view.ts";

/** These rows as the contract shows them, in the same order. The caller knows that the user may see their groups. */
export async function viewMessages(trx: Trx, workspaceId: string, messages: MessageRow[]): Promise<Message[]> {
  if (messages.length === 0) return [];
  const groupIds = [...new Set(messages.map((message) => message.groupId))];
  const rosterOf = Map.groupBy(await findRosters(trx, workspaceId, groupIds), (entry) => entry.groupId);
  const deliveries = await findDeliveries(
    trx,
    workspaceId,
    messages.map((message) => message.id),
  );
  const deliveriesOf = Map.groupBy(deliveries, (delivery) => delivery.messageId);
  const userNames = new Map((await listUserNames(trx, workspaceId)).map((user) => [user.id, user.name]));
  return messages.map((message) =>
    viewMessage({
      message,
      deliveries: deliveriesOf.get(message.id) ?? [],
      roster: rosterOf.get(message.groupId) ?? [],
      userNames,
    }),
  );
}

/** One page of a thread, oldest first, and where the next older page ends. */
export async function listMessages(
  trx: Trx,
  workspaceId: string,
  page: { groupId: string; before: number | null; limit: number },
): Promise<MessagePage> {
  const rows = await pageMessages(trx, workspaceId, page);
  const messages = await viewMessages(trx, workspaceId, rows.toReversed());
  const oldest = messages[0]?.seq ?? 1;
  return { messages, before: oldest > 1 ? oldest : null };
}
