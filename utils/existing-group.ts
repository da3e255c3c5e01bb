import type { OutboxItem } from "./command.ts";
import type { Replica, ReplicaChange } from "./replica.ts";

interface Parts {
  replica: Replica;
  announce: (change: ReplicaChange) => void;
  openGroup: (groupId: string) => void;
}

/**
 * The new group is one that exists already. What the user wrote for it becomes the draft there, since they have not
 * seen that thread yet, and the panel opens it.
 */
export async function dropGroupInto(parts: Parts, item: OutboxItem, existing: string): Promise<void> {
  const transaction = parts.replica.transaction(["outbox", "drafts"], "readwrite");
  const outbox = transaction.objectStore("outbox");
  const drafts = transaction.objectStore("drafts");
  const line = (await outbox.getAll()).filter(({ groupId }) => groupId === item.groupId);
  const begun = (await drafts.get(existing))?.text;
  const text = [...(begun ? [begun] : []), ...line.flatMap(textOf)].join("\n");
  if (text !== "") await drafts.put({ groupId: existing, text });
  for (const { id } of line) await outbox.delete(id);
  await transaction.done;
  parts.announce({ store: "outbox" });
  parts.announce({ store: "drafts", groupId: existing });
  parts.openGroup(existing);
}

function textOf(item: OutboxItem): string[] {
  if (item.kind === "send_message") return [item.body.text];
  return item.kind === "create_group" && item.body.firstMessage ? [item.body.firstMessage.text] : [];
}
