import { GroupPage } from "@partyline/contract/group";
import type { ApiClient } from "./api-client.ts";
import { keepAskedGroup, type Writing } from "./known.ts";
import { readFact, type Replica, type ReplicaChange } from "./replica.ts";
import { countUnread } from "./unread.ts";

interface Parts {
  replica: Replica;
  api: ApiClient;
  announce: (change: ReplicaChange) => void;
}

/** Some more than the badge counts, so that reading one of very many does not make it a number for a moment. */
const ENOUGH = 110;
const PAGE = 100;

/**
 * A fresh start brings no more unread groups than the badge can count; as they are read, the next ones follow, until
 * all that are unread are here. New ones come by sync.
 */
export async function fetchUnread({ replica, api, announce }: Parts): Promise<void> {
  for (;;) {
    const cursor = await readFact(replica, "unreadFrom");
    if (typeof cursor !== "string" || (await countUnread(replica)) >= ENOUGH) return;
    const page = await api.get("/v1/groups", GroupPage, { query: { filter: "unread", cursor, limit: PAGE } });
    if (!page.ok) return;
    const transaction = replica.transaction(["groups", "facts"], "readwrite");
    if (await isStillNext(transaction, cursor)) await keepPage(transaction, page.value);
    await transaction.done;
    announce({ store: "groups", ids: page.value.groups.map(({ id }) => id) });
  }
}

/** Not after a fresh start, nor for another user: those go on from elsewhere. */
async function isStillNext(transaction: Writing, cursor: string): Promise<boolean> {
  return (await transaction.objectStore("facts").get("unreadFrom"))?.value === cursor;
}

async function keepPage(transaction: Writing, { groups, next }: GroupPage): Promise<void> {
  const facts = transaction.objectStore("facts");
  const told = (await facts.get("notified"))?.value as Record<string, number> | undefined;
  for (const group of groups) await keepAskedGroup(transaction, group);
  // They were unread all along: nobody is notified of them now.
  const now = Object.fromEntries(groups.map(({ id, lastMessage }) => [id, lastMessage?.seq ?? 0]));
  if (told !== undefined) await facts.put({ name: "notified", value: { ...now, ...told } });
  await facts.put({ name: "unreadFrom", value: next });
}
