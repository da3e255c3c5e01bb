import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { Session } from "@partyline/contract/session";
import type { IDBPTransaction, StoreNames } from "idb";
import type { FactName, ReplicaSchema } from "./replica.ts";

/** Any transaction that may write; which stores it needs, whoever opens it knows. */
export type Writing = IDBPTransaction<ReplicaSchema, StoreNames<ReplicaSchema>[], "readwrite">;

/**
 * What sync has taken away, since an answer that was under way meanwhile does not know of it. A group's revision and
 * sync's cursor are numbers of the same count, the workspace's changes, and tell which of the two is later.
 */
export interface Forgotten {
  /** The cursor of the last fresh start, which dropped everything. */
  before: number;
  /** Groups that went since then, each with the cursor it was known by. */
  groups: Record<string, number>;
}

/** Answers that old are not under way any more. */
const REMEMBERED = 1_000;

interface FactStore {
  get(name: FactName): Promise<{ value: unknown } | undefined>;
}

async function readForgotten(facts: FactStore): Promise<Forgotten> {
  return ((await facts.get("forgotten"))?.value as Forgotten | undefined) ?? { before: 0, groups: {} };
}

/** In whose name, and since which fresh start, things are known: an answer asked for in another life is of no use. */
export async function lifeOf(facts: FactStore): Promise<string> {
  const session = (await facts.get("session"))?.value as Session | undefined;
  const { before } = await readForgotten(facts);
  return [session?.workspace.id, session?.user.id, before].join();
}

/**
 * Keeps a group as sync says it is, unless a later state of it is known: sync comes in order, and brings back what it
 * took. What was read here stays read: reading only moves forward.
 */
export async function keepGroup(transaction: Writing, group: Group): Promise<void> {
  const groups = transaction.objectStore("groups");
  const known = await groups.get(group.id);
  if (known !== undefined && known.revision > group.revision) return;
  const isReadFurther = known !== undefined && known.readSeq > group.readSeq;
  await groups.put(isReadFurther ? { ...group, readSeq: known.readSeq, unread: known.unread } : group);
}

/** Keeps a group that was asked for in this life, unless sync has taken it away since. */
export async function keepAskedGroup(transaction: Writing, group: Group): Promise<void> {
  const { groups } = await readForgotten(transaction.objectStore("facts"));
  await keepUnlessGone(transaction, group, groups[group.id] ?? 0);
}

/**
 * Keeps a group as the answer to a write has it. The backend repeats an answer for whoever repeats the write, so it
 * may be older than any question.
 */
export async function keepWrittenGroup(transaction: Writing, group: Group): Promise<void> {
  const { before, groups } = await readForgotten(transaction.objectStore("facts"));
  await keepUnlessGone(transaction, group, groups[group.id] ?? before);
}

async function keepUnlessGone(transaction: Writing, group: Group, goneUntil: number): Promise<void> {
  const isKnown = (await transaction.objectStore("groups").getKey(group.id)) !== undefined;
  if (isKnown || group.revision > goneUntil) await keepGroup(transaction, group);
}

/** Keeps a message unless a later state of it is known, or its group is not here: it could never be taken away. */
export async function keepMessage(transaction: Writing, message: Message): Promise<void> {
  if ((await transaction.objectStore("groups").getKey(message.groupId)) === undefined) return;
  const messages = transaction.objectStore("messages");
  const known = await messages.get(message.id);
  if (known === undefined || known.revision <= message.revision) await messages.put(message);
}

/** Forgets a group and all that hangs on it, and that it went. */
export async function forgetGroup(transaction: Writing, groupId: string, cursor: string): Promise<void> {
  await transaction.objectStore("groups").delete(groupId);
  await transaction.objectStore("drafts").delete(groupId);
  const messages = transaction.objectStore("messages");
  const keys = await messages.index("by_group").getAllKeys(IDBKeyRange.bound([groupId, 0], [groupId, Infinity]));
  for (const key of keys) await messages.delete(key);
  const facts = transaction.objectStore("facts");
  const { before, groups } = await readForgotten(facts);
  const others = Object.entries(groups).filter(([id]) => id !== groupId);
  const gone = Object.fromEntries([...others, [groupId, Number(cursor)] as const].slice(-REMEMBERED));
  await facts.put({ name: "forgotten", value: { before, groups: gone } satisfies Forgotten });
}

/** Drops every group and message, and tells which groups there were. */
export async function forgetEverything(transaction: Writing, cursor: string): Promise<string[]> {
  const known = await transaction.objectStore("groups").getAllKeys();
  await transaction.objectStore("groups").clear();
  await transaction.objectStore("messages").clear();
  const forgotten: Forgotten = { before: Number(cursor), groups: {} };
  await transaction.objectStore("facts").put({ name: "forgotten", value: forgotten });
  return known;
}
