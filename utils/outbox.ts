import { Group } from "@partyline/contract/group";
import { Message } from "@partyline/contract/message";
import type { Result } from "@partyline/domain/result";
import type { ApiClient } from "./api-client.ts";
import type { CallRefusal, Command, OutboxItem } from "./command.ts";
import { keepMessage, keepWrittenGroup } from "./known.ts";
import { dropGroupInto } from "./existing-group.ts";
import type { Replica, ReplicaChange } from "./replica.ts";

export interface OutboxParts {
  replica: Replica;
  api: ApiClient;
  announce: (change: ReplicaChange) => void;
  now: () => number;
  /** From 0 up to 1, spreads retries of many browsers. */
  random: () => number;
  /** Asks to be drained again at this time, even if the worker dies in between. */
  wakeAt: (time: number) => void;
  /** The user meant a group that exists already: show it. */
  openGroup: (groupId: string) => void;
}

export interface Outbox {
  enqueue(command: Command): Promise<void>;
  retry(id: string): Promise<void>;
  drop(id: string): Promise<void>;
  /** Sends whatever is due, in order within each group. Ends when nothing is due any more. */
  drain(): Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Writes on their way to the backend. An item leaves only on the backend's answer, in the same transaction that keeps
 * what was answered; whatever dies in between, the same id is sent again and done once.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const { replica, announce } = parts;
  let draining: Promise<void> | null = null;
  let again = false;

  function drain(): Promise<void> {
    again = true;
    draining ??= (async () => {
      while (again) {
        again = false;
        await sendDue(parts);
      }
    })().finally(() => (draining = null));
    return draining;
  }

  return {
    drain,
    async enqueue(command) {
      const item: OutboxItem = { ...command, attempts: 0, notBefore: 0, refused: null };
      await replica.put("outbox", item);
      announce({ store: "outbox" });
      if (command.kind === "mark_read") await readUpTo(parts, command.groupId, command.body.seq);
      void drain();
    },
    async retry(id) {
      const item = await replica.get("outbox", id);
      if (item === undefined) return;
      await replica.put("outbox", { ...item, notBefore: 0, refused: null });
      announce({ store: "outbox" });
      void drain();
    },
    async drop(id) {
      const item = await replica.get("outbox", id);
      if (item === undefined) return;
      for (const gone of await withDependants(replica, item)) await replica.delete("outbox", gone.id);
      announce({ store: "outbox" });
      void drain();
    },
  };
}

/** What was written to a group that never came to be goes with it. */
async function withDependants(replica: Replica, item: OutboxItem): Promise<OutboxItem[]> {
  if (item.kind !== "create_group") return [item];
  return (await replica.getAll("outbox")).filter(({ groupId }) => groupId === item.groupId);
}

async function sendDue(parts: OutboxParts): Promise<void> {
  // Ids are UUIDv7 and the store's key: they come in the order in which they were made.
  const lines = Map.groupBy(await parts.replica.getAll("outbox"), ({ groupId }) => groupId);
  await Promise.all([...lines.values()].map((line) => sendLine(parts, line)));
}

/** Sends one group's items one after another, up to the first that has to wait. */
async function sendLine(parts: OutboxParts, line: readonly OutboxItem[]): Promise<void> {
  // What was held before these were written goes before them.
  for (const item of line.toSorted((one, other) => Number(isSettling(other)) - Number(isSettling(one)))) {
    if (item.refused !== null) {
      // Nothing can follow into a group that does not exist; after any other refusal life goes on.
      if (item.kind === "create_group") return;
      continue;
    }
    if (item.notBefore > parts.now()) return parts.wakeAt(item.notBefore);
    if (!(await sendOne(parts, item))) return;
  }
}

function isSettling({ kind }: OutboxItem): boolean {
  return kind === "settle_held";
}

/** Whether the next in line may go. */
async function sendOne(parts: OutboxParts, item: OutboxItem): Promise<boolean> {
  const answer = await request(parts.api, item);
  if (answer.ok) {
    await settle(parts, item, answer.value);
    return true;
  }
  const { refusal } = answer;
  if (refusal.reason === "problem" && refusal.code === "group_exists" && refusal.groupId !== null) {
    const follow = await dropGroupInto(parts, item, refusal.groupId);
    // What came after it was for a group that never came to be.
    if (follow !== null) await sendOne(parts, follow);
    return false;
  }
  if (isFinal(refusal)) return setAside(parts, item, refusal);
  await postpone(parts, item, refusal);
  return false;
}

type Answered = { group: Group } | { message: Message };

async function request(api: ApiClient, item: OutboxItem): Promise<Result<Answered, CallRefusal>> {
  const group = `/v1/groups/${item.groupId}`;
  const asGroup = Group.transform((group): Answered => ({ group }));
  const asMessage = Message.transform((message): Answered => ({ message }));
  const { id: key, body } = item;
  switch (item.kind) {
    case "create_group":
      return api.write({ method: "POST", path: "/v1/groups", key, body }, asGroup);
    case "send_message":
      return api.write({ method: "POST", path: `${group}/messages`, key, body }, asMessage);
    case "settle_held":
      return api.write({ method: "POST", path: `${group}/messages/${item.messageId}/held`, key, body }, asMessage);
    case "schedule_message":
      return api.write({ method: "POST", path: `${group}/scheduled`, key, body }, asGroup);
    case "reschedule_message":
      return api.write({ method: "PATCH", path: `${group}/scheduled/${item.scheduledId}`, key, body }, asGroup);
    case "settle_scheduled":
      return api.write({ method: "POST", path: `${group}/scheduled/${item.scheduledId}/settle`, key, body }, asGroup);
    case "rename_group":
      return api.write({ method: "PATCH", path: group, key, body }, asGroup);
    case "follow_group":
      return api.write({ method: "PUT", path: `${group}/predecessor`, key, body }, asGroup);
    case "mark_read":
      return api.write({ method: "PUT", path: `${group}/read`, key, body }, asGroup);
  }
}

async function settle({ replica, announce }: OutboxParts, item: OutboxItem, answered: Answered): Promise<void> {
  const transaction = replica.transaction(["groups", "messages", "outbox", "facts"], "readwrite");
  // Dropped meanwhile, or its user left: what it did comes by sync to whoever may see it.
  if ((await transaction.objectStore("outbox").getKey(item.id)) === undefined) return;
  if ("group" in answered) {
    await keepWrittenGroup(transaction, answered.group);
    if (answered.group.lastMessage) await keepMessage(transaction, answered.group.lastMessage);
  } else await keepMessage(transaction, answered.message);
  await transaction.objectStore("outbox").delete(item.id);
  await transaction.done;
  announce({ store: "groups", ids: [item.groupId] });
  announce({ store: "messages", groupId: item.groupId });
  announce({ store: "outbox" });
}

/** Whether asking again could not help: a rule said no, rather than the world. */
function isFinal(refusal: CallRefusal): boolean {
  return refusal.reason === "problem" && !["internal", "unavailable", "rate_limited"].includes(refusal.code);
}

async function setAside({ replica, announce }: OutboxParts, item: OutboxItem, refusal: CallRefusal): Promise<boolean> {
  if (isSilent(item)) await replica.delete("outbox", item.id);
  else await putBack(replica, { ...item, attempts: item.attempts + 1, refused: refusal });
  announce({ store: "outbox" });
  return item.kind !== "create_group";
}

const SILENT: ReadonlySet<OutboxItem["kind"]> = new Set([
  "mark_read",
  "settle_held",
  "settle_scheduled",
  "follow_group",
]);

/** Having read something, or a link more, is no news to anybody, and what still waits says so itself. */
function isSilent({ kind }: OutboxItem): boolean {
  return SILENT.has(kind);
}

async function postpone(parts: OutboxParts, item: OutboxItem, refusal: CallRefusal): Promise<void> {
  // Signing in or granting the site drains again; counting those waits as attempts would only slow it down.
  if (refusal.reason === "signed_out" || refusal.reason === "no_permission") return;
  const attempts = item.attempts + 1;
  const asked = refusal.reason === "problem" ? (refusal.retryAfter ?? 0) * 1000 : 0;
  const backoff = Math.min(FIRST_PAUSE_MS * 2 ** item.attempts, LONGEST_PAUSE_MS) * (0.5 + parts.random() / 2);
  const notBefore = parts.now() + Math.max(asked, Math.round(backoff));
  if (!(await putBack(parts.replica, { ...item, attempts, notBefore }))) return;
  parts.announce({ store: "outbox" });
  parts.wakeAt(notBefore);
}

/** Unless it was dropped meanwhile, or its user left. */
async function putBack(replica: Replica, item: OutboxItem): Promise<boolean> {
  const { store, done } = replica.transaction("outbox", "readwrite");
  const isThere = (await store.getKey(item.id)) !== undefined;
  if (isThere) await store.put(item);
  await done;
  return isThere;
}

/** Reading shows at once: it is the one write whose effect is certain. */
async function readUpTo({ replica, announce }: OutboxParts, groupId: string, seq: number): Promise<void> {
  const transaction = replica.transaction(["groups", "messages"], "readwrite");
  const group = await transaction.objectStore("groups").get(groupId);
  if (group !== undefined && group.readSeq < seq) {
    const later = await transaction
      .objectStore("messages")
      .index("by_group")
      .getAll(IDBKeyRange.bound([groupId, seq], [groupId, Infinity], true));
    const unread = later.filter(({ direction }) => direction === "inbound").length;
    await transaction.objectStore("groups").put({ ...group, readSeq: seq, unread });
  }
  await transaction.done;
  announce({ store: "groups", ids: [groupId] });
}
