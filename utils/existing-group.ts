import type { OutboxItem } from "./command.ts";
import type { Replica, ReplicaChange } from "./replica.ts";

interface Parts {
  replica: Replica;
  announce: (change: ReplicaChange) => void;
  openGroup: (groupId: string) => void;
}

/**
 * The new group is one that exists already. What the user wrote for it becomes the draft there, since they have not
 * seen that thread yet, and the panel opens it. Where it was to follow another one, the wish to tie the two takes its place in the outbox, under
 * its id: what was refused has used up no key.
 */
export async function dropGroupInto(parts: Parts, item: OutboxItem, existing: string): Promise<OutboxItem | null> {
  const transaction = parts.replica.transaction(["outbox", "drafts"], "readwrite");
  const outbox = transaction.objectStore("outbox");
  const drafts = transaction.objectStore("drafts");
  const line = (await outbox.getAll()).filter(({ groupId }) => groupId === item.groupId);
  const begun = (await drafts.get(existing))?.text;
  const text = [...(begun ? [begun] : []), ...line.flatMap(textOf)].join("\n");
  if (text !== "") await drafts.put({ groupId: existing, text });
  for (const { id } of line) await outbox.delete(id);
  const follow = followIn(item, existing);
  if (follow !== null) await outbox.put(follow);
  await transaction.done;
  parts.announce({ store: "outbox" });
  parts.announce({ store: "drafts", groupId: existing });
  parts.openGroup(existing);
  return follow;
}

function followIn(item: OutboxItem, existing: string): OutboxItem | null {
  const before = item.kind === "create_group" ? item.body.successorOf : null;
  if (before === null || before === existing) return null;
  const { id, madeAt } = item;
  const waiting = { attempts: 0, notBefore: 0, refused: null };
  return { id, madeAt, groupId: existing, kind: "follow_group", body: { groupId: before }, ...waiting };
}

function textOf(item: OutboxItem): string[] {
  if (item.kind === "send_message" || item.kind === "schedule_message") return [item.body.text];
  return item.kind === "create_group" && item.body.firstMessage ? [item.body.firstMessage.text] : [];
}
