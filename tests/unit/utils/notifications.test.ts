import { beforeEach, expect, test } from "vitest";
import { clearRead, groupOfNotice, notifyNews, type Notice, type NotifierParts } from "../../../utils/notifications.ts";
import type { Replica } from "../../../utils/replica.ts";
import { badgeText, countUnread } from "../../../utils/unread.ts";
import { freshReplica, group, GROUP_ID, idOf, inbound, OTHER_GROUP_ID, outbound } from "./example.ts";

let replica: Replica;
let shown: Notice[];
let cleared: string[];
let parts: NotifierParts;
beforeEach(async () => {
  replica = await freshReplica();
  shown = [];
  cleared = [];
  parts = {
    replica,
    isWatched: () => false,
    show: async (notice) => shown.push(notice),
    clear: async (id) => cleared.push(id),
    say: (key, values) => [key, ...values].join("|"),
  };
  // This browser has looked before: what comes from here on is news.
  await replica.put("facts", { name: "notified", value: {} });
});

async function receive(groupId: string, seqs: number[], readSeq = 0) {
  await replica.put("groups", group({ id: groupId, name: `Group ${groupId.at(-1)}`, unread: seqs.length, readSeq }));
  for (const seq of seqs) await replica.put("messages", inbound(seq, { id: `${groupId} ${seq}`, groupId }));
}

test("a reply raises one notification for its thread, with who said what", async () => {
  await receive(GROUP_ID, [1]);
  await notifyNews(parts);
  expect(shown).toEqual([{ id: `thread:${GROUP_ID}`, title: "Group 1", message: "notification_line|Dana Wu|Reply 1" }]);
  expect(groupOfNotice(shown[0]!.id)).toBe(GROUP_ID);
});

test("no message is told twice, by whatever worker", async () => {
  await receive(GROUP_ID, [1]);
  await notifyNews(parts);
  await notifyNews({ ...parts });
  expect(shown).toHaveLength(1);
});

test("the next reply replaces the thread's notification", async () => {
  await receive(GROUP_ID, [1]);
  await notifyNews(parts);
  await receive(GROUP_ID, [1, 2]);
  await notifyNews(parts);
  expect(shown.map(({ id }) => id)).toEqual([`thread:${GROUP_ID}`, `thread:${GROUP_ID}`]);
  expect(shown[1]?.message).toBe("notification_line|Dana Wu|Reply 2");
});

test("several replies of one thread are one notification, the last three said", async () => {
  await receive(GROUP_ID, [1, 2, 3, 4]);
  await notifyNews(parts);
  expect(shown).toHaveLength(1);
  expect(shown[0]?.message.split("\n")).toEqual([2, 3, 4].map((seq) => `notification_line|Dana Wu|Reply ${seq}`));
});

test("a reply that is only a picture says so", async () => {
  await receive(GROUP_ID, []);
  await replica.put("groups", group({ unread: 1 }));
  await replica.put("messages", inbound(1, { text: "" }));
  await notifyNews(parts);
  expect(shown[0]?.message).toBe("notification_line|Dana Wu|notification_picture");
});

test("the thread in front of the user raises nothing, then or later", async () => {
  await receive(GROUP_ID, [1]);
  await notifyNews({ ...parts, isWatched: (groupId) => groupId === GROUP_ID });
  await notifyNews(parts);
  expect(shown).toEqual([]);
});

test("own texts and what was read elsewhere raise nothing", async () => {
  await receive(GROUP_ID, [1], 1);
  await replica.put("groups", group({ id: OTHER_GROUP_ID, unread: 0 }));
  await replica.put("messages", outbound(1, { id: idOf(5), groupId: OTHER_GROUP_ID }));
  await notifyNews(parts);
  expect(shown).toEqual([]);
});

test("what was there before this browser first looked is no news, and what comes after is", async () => {
  await replica.delete("facts", "notified");
  await receive(GROUP_ID, [1]);
  await notifyNews(parts);
  expect(shown).toEqual([]);
  await receive(GROUP_ID, [1, 2]);
  await notifyNews(parts);
  expect(shown.map(({ message }) => message)).toEqual(["notification_line|Dana Wu|Reply 2"]);
});

test("a night's worth of threads is summed up in one", async () => {
  for (const last of [1, 2, 3, 4]) await receive(`${GROUP_ID.slice(0, -1)}${last}`, [1, 2]);
  await notifyNews(parts);
  expect(shown).toEqual([
    {
      id: "summary",
      title: "notification_summary_title|8",
      message: "notification_summary_text|4|Group 1, Group 2, Group 3, Group 4",
    },
  ]);
  expect(groupOfNotice("summary")).toBeNull();
});

test("a thread that was read, or is gone, takes its notification away, and the summary that may name it", async () => {
  await receive(GROUP_ID, [1]);
  await clearRead(parts, [GROUP_ID]);
  expect(cleared).toEqual([]);
  await replica.put("groups", group({ unread: 0 }));
  await clearRead(parts, [GROUP_ID, GROUP_ID, OTHER_GROUP_ID]);
  expect(cleared).toEqual([`thread:${GROUP_ID}`, `thread:${OTHER_GROUP_ID}`, "summary"]);
});

test("the badge counts threads, not messages", async () => {
  await receive(GROUP_ID, [1, 2, 3]);
  await receive(OTHER_GROUP_ID, [1]);
  await replica.put("groups", group({ id: idOf(3), unread: 0 }));
  expect(await countUnread(replica)).toBe(2);
  expect([0, 2, 99, 100].map(badgeText)).toEqual(["", "2", "99", "99+"]);
});
