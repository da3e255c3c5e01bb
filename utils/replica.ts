import type { BusinessNumber } from "@partyline/contract/number";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { Session } from "@partyline/contract/session";
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { OutboxItem } from "./command.ts";
import type { Forgotten } from "./known.ts";

/**
 * The extension's own copy of what this user may see, in IndexedDB: the background writes it, the panel renders from
 * it and never waits for the network to show what is known. Groups and messages are as the backend last said; what the
 * user wrote since is in the outbox, and the panel draws it on top.
 */
export interface ReplicaSchema extends DBSchema {
  groups: { key: string; value: Group; indexes: { by_activity: string; by_unread: number } };
  messages: { key: string; value: Message; indexes: { by_group: [string, number] } };
  outbox: { key: string; value: OutboxItem };
  drafts: { key: string; value: { groupId: string; text: string } };
  /** Single values under fixed names. */
  facts: { key: FactName; value: { name: FactName; value: unknown } };
}

/** The single values the replica keeps, by name. */
export interface Facts {
  session: Session;
  numbers: BusinessNumber[];
  cursor: string;
  /** Up to which message of each group a notification was raised. */
  notified: Record<string, number>;
  /** What sync took away, for answers that do not know of it. */
  forgotten: Forgotten;
  /** Where the backend's list of unread groups goes on with those that are not here; null where all of them are. */
  unreadFrom: string | null;
}
export type FactName = keyof Facts;

export type Replica = IDBPDatabase<ReplicaSchema>;

const VERSION = 1;

/**
 * For the background. A page opens it with `openPanelReplica`: a frame inside somebody else's page may be refused
 * IndexedDB, and then has single reads and writes only, no transactions.
 */
export function openReplica(name = "partyline"): Promise<Replica> {
  return openDB<ReplicaSchema>(name, VERSION, {
    upgrade(replica) {
      const groups = replica.createObjectStore("groups", { keyPath: "id" });
      groups.createIndex("by_activity", "lastActivityAt");
      groups.createIndex("by_unread", "unread");
      replica.createObjectStore("messages", { keyPath: "id" }).createIndex("by_group", ["groupId", "seq"]);
      replica.createObjectStore("outbox", { keyPath: "id" });
      replica.createObjectStore("drafts", { keyPath: "groupId" });
      replica.createObjectStore("facts", { keyPath: "name" });
    },
  });
}

/** Reads one of the single values; undefined until it was first written. */
export async function readFact<Name extends FactName>(
  replica: Pick<Replica, "get">,
  name: Name,
): Promise<Facts[Name] | undefined> {
  const fact = await replica.get("facts", name);
  return fact?.value as Facts[Name] | undefined;
}

/** Told to every context after a write, so that an open panel reads again only what changed. */
export type ReplicaChange =
  | { store: "groups"; ids: string[] }
  | { store: "messages"; groupId: string }
  | { store: "outbox" }
  | { store: "drafts"; groupId: string }
  | { store: "facts"; name: FactName }
  | { store: "everything" };

export const REPLICA_CHANNEL = "partyline-replica";
