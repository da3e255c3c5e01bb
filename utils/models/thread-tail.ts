import type { Message } from "@partyline/contract/message";
import type { Gateway } from "./gateway.ts";

/**
 * The newest messages of a group that are here without a hole, about `wanted`, oldest first. Sync may have brought a
 * late message while older ones are missing: what is beyond the hole is fetched before it is shown.
 */
export async function readTail(replica: Gateway["replica"], groupId: string, wanted: number): Promise<Message[]> {
  const group = await replica.get("groups", groupId);
  const first = Math.max(1, (group?.lastMessage?.seq ?? 0) - wanted + 1);
  const range = IDBKeyRange.bound([groupId, first], [groupId, Infinity]);
  return withoutHoles(await replica.getAllFromIndex("messages", "by_group", range));
}

/** The longest run of consecutive `seq` at the end. */
function withoutHoles(messages: readonly Message[]): Message[] {
  let start = messages.length - 1;
  while (start > 0 && messages[start - 1]?.seq === (messages[start]?.seq ?? 0) - 1) start -= 1;
  return messages.slice(Math.max(start, 0));
}
