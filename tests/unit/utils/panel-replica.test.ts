import { beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { browser } from "../../../utils/browser.ts";
import { answerReplica, isReplicaMessage, openPanelReplica, type PanelReplica } from "../../../utils/panel-replica.ts";
import type { Replica } from "../../../utils/replica.ts";
import { freshReplica, group, GROUP_ID, inbound, OTHER_GROUP_ID } from "./example.ts";

let replica: Replica;
let distant: PanelReplica;
beforeEach(async () => {
  fakeBrowser.reset();
  replica = await freshReplica();
  // Messages between extension contexts are JSON.
  const travel = (it: unknown): unknown => JSON.parse(JSON.stringify(it));
  const send = async (message: unknown) => {
    const arrived = travel(message);
    return isReplicaMessage(arrived) ? travel(await answerReplica(replica, arrived)) : undefined;
  };
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation(send);
  distant = await openPanelReplica(() => Promise.reject(new Error("The user denied permission")));
});

test("where IndexedDB is allowed the page reads it itself", async () => {
  expect(await openPanelReplica(async () => replica)).toBe(replica);
});

test("a page that is refused IndexedDB reads through the background what is there", async () => {
  await replica.put("groups", group());
  expect(await distant.get("groups", GROUP_ID)).toEqual(group());
  expect(await distant.getAll("groups")).toEqual([group()]);
  expect(await distant.get("groups", OTHER_GROUP_ID)).toBeUndefined();
});

test("ranges mean the same on the other side, infinity included", async () => {
  for (const seq of [1, 2, 3]) await replica.put("messages", inbound(seq));
  await replica.put("messages", inbound(4, { groupId: OTHER_GROUP_ID }));
  const range = IDBKeyRange.bound([GROUP_ID, 1], [GROUP_ID, Infinity], true);
  const seqs = (await distant.getAllFromIndex("messages", "by_group", range)).map(({ seq }) => seq);
  expect(seqs).toEqual([2, 3]);
  expect(await distant.countFromIndex("messages", "by_group", IDBKeyRange.lowerBound([GROUP_ID, 3]))).toBe(2);
});

test("drafts are written and deleted through the background", async () => {
  await distant.put("drafts", { groupId: GROUP_ID, text: "Dear" });
  expect(await replica.get("drafts", GROUP_ID)).toMatchObject({ text: "Dear" });
  await distant.delete("drafts", GROUP_ID);
  expect(await replica.count("drafts")).toBe(0);
});

test("nothing else of the database can be called from a page", async () => {
  const message = { kind: "replica", method: "close", args: [] } as unknown as Parameters<typeof answerReplica>[1];
  expect(await answerReplica(replica, message)).toEqual({});
  expect(await replica.count("groups")).toBe(0);
});
