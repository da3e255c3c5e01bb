import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { IDBPTransaction, StoreNames } from "idb";
import type { ReplicaSchema } from "./replica.ts";

/** Any transaction that may write; which stores it needs, whoever opens it knows. */
export type Writing = IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], "readwrite">;

/** Keeps a group unless a later state of it is known. What was read here stays read: reading only moves forward. */
export async function keepGroup(transaction: Writing, group: Group): Promise<void> {
  const groups = transaction.objectStore("groups");
  const known = await groups.get(group.id);
  if (known !== undefined && known.revision > group.revision) return;
  const isReadFurther = known !== undefined && known.readSeq > group.readSeq;
  await groups.put(isReadFurther ? { ...group, readSeq: known.readSeq, unread: known.unread } : group);
}

/** Keeps a message unless a later state of it is known. */
export async function keepMessage(transaction: Writing, message: Message): Promise<void> {
  const messages = transaction.objectStore("messages");
  const known = await messages.get(message.id);
  if (known === undefined || known.revision <= message.revision) await messages.put(message);
}

/** Forgets a group and all that hangs on it. */
export async function forgetGroup(transaction: Writing, groupId: string): Promise<void> {
  await transaction.objectStore("groups").delete(groupId);
  await transaction.objectStore("drafts").delete(groupId);
  const messages = transaction.objectStore("messages");
  const keys = await messages.index("by_group").getAllKeys(IDBKeyRange.bound([groupId, 0], [groupId, Infinity]));
  for (const key of keys) await messages.delete(key);
}
