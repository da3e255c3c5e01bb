import type { Group } from "@partyline/contract/group";
import { allow, refuse } from "@partyline/domain/result";
import { beforeEach, expect, test } from "vitest";
import type { ApiClient, GetOptions } from "../../../utils/api-client.ts";
import { notifyNews, type Notice } from "../../../utils/notifications.ts";
import { readFact, type Replica, type ReplicaChange } from "../../../utils/replica.ts";
import { fetchUnread } from "../../../utils/unread-groups.ts";
import { countUnread } from "../../../utils/unread.ts";
import { freshReplica, group, idOf, inbound } from "./example.ts";

let replica: Replica;
let asked: GetOptions["query"][];
let announced: ReplicaChange[];
beforeEach(async () => {
  replica = await freshReplica();
  asked = [];
  announced = [];
});

/** A backend with so many unread groups, the first of which are here. */
function backendWith(total: number) {
  const get = async (_path: string, _schema: unknown, options?: GetOptions) => {
    asked.push(options?.query);
    const from = Number(options?.query?.["cursor"]);
    const to = Math.min(from + 100, total);
    return allow({ groups: unread(from, to), said: [], next: to < total ? String(to) : null });
  };
  return { get } as unknown as ApiClient;
}

function unread(from: number, to: number): Group[] {
  return Array.from({ length: to - from }, (_, index) => {
    const id = idOf(from + index);
    return group({ id, unread: 1, lastMessage: inbound(1, { groupId: id }) });
  });
}

async function start(known: number, total: number) {
  for (const one of unread(0, known)) await replica.put("groups", one);
  await replica.put("facts", { name: "unreadFrom", value: known < total ? String(known) : null });
  const api = backendWith(total);
  return () => fetchUnread({ replica, api, announce: (change) => announced.push(change) });
}

test("of very many, more are fetched only as those that are here are read, and in the end all are", async () => {
  const fetch = await start(120, 330);
  await fetch();
  expect(asked).toEqual([]);
  const seen = new Set<string>();
  for (let round = 0; round < 10; round += 1) {
    for (const { id } of (await replica.getAll("groups")).slice(0, 40)) {
      seen.add(id);
      await replica.delete("groups", id);
    }
    await fetch();
    const left = 330 - seen.size;
    // What a badge shows is right at every moment: a number, or that there are more than it can show.
    expect(Math.min(await countUnread(replica), 100)).toBe(Math.min(left, 100));
  }
  expect(seen.size).toBe(330);
  expect(asked).toEqual([120, 220, 320].map((from) => ({ filter: "unread", cursor: String(from), limit: 100 })));
  expect(await readFact(replica, "unreadFrom")).toBeNull();
});

test("what was unread all along is told to the list, and to nobody as news", async () => {
  const fetch = await start(1, 3);
  await replica.put("facts", { name: "notified", value: { [idOf(0)]: 1 } });
  await fetch();
  expect(announced).toEqual([{ store: "groups", ids: [idOf(1), idOf(2)] }]);
  // Their messages come when somebody opens one.
  for (const order of [1, 2]) await replica.put("messages", inbound(1, { id: idOf(order), groupId: idOf(order) }));
  const shown: Notice[] = [];
  await notifyNews({
    replica,
    isWatched: () => false,
    show: async (notice) => shown.push(notice),
    clear: async () => {},
    say: (key) => key,
  });
  expect(shown).toEqual([]);
});

test("a page that comes after a fresh start is thrown away", async () => {
  await start(1, 3);
  const get = async () => {
    await replica.put("facts", { name: "unreadFrom", value: null });
    return allow({ groups: unread(1, 3), said: [], next: null });
  };
  await fetchUnread({ replica, api: { get } as unknown as ApiClient, announce: () => {} });
  expect(await replica.count("groups")).toBe(1);
});

test("where the backend is not reached, the next round asks again", async () => {
  await start(1, 3);
  const get = async () => refuse({ reason: "signed_out" });
  await fetchUnread({ replica, api: { get } as unknown as ApiClient, announce: () => {} });
  expect(await readFact(replica, "unreadFrom")).toBe("1");
});
