import type { Change, SyncPage } from "@partyline/contract/sync";
import { allow, refuse, type Result } from "@partyline/domain/result";
import { beforeEach, expect, test } from "vitest";
import type { ApiClient, GetOptions } from "../../../utils/api-client.ts";
import type { CallRefusal } from "../../../utils/command.ts";
import { readFact, type Replica, type ReplicaChange } from "../../../utils/replica.ts";
import { syncOnce } from "../../../utils/sync.ts";
import { freshReplica, group, GROUP_ID, inbound, OTHER_GROUP_ID, SESSION } from "./example.ts";

let replica: Replica;
let announced: ReplicaChange[];
beforeEach(async () => {
  replica = await freshReplica();
  announced = [];
});

type Answer = Result<unknown, CallRefusal>;
const UNREACHABLE: Answer = refuse({ reason: "unreachable", backend: "http://127.0.0.1:1" });

function page(cursor: string, changes: Change[], changed: Partial<SyncPage> = {}): SyncPage {
  return { cursor, changes, more: false, reset: false, unreadFrom: null, ...changed };
}

/** A backend with these pages to give, whose other answers can be taken away. */
function backendOf(pages: (SyncPage | (() => Promise<SyncPage>))[], facts: () => Answer | null = () => null) {
  const asked: { path: string; options: GetOptions | undefined }[] = [];
  const api = {
    async get(path: string, _: unknown, options?: GetOptions) {
      asked.push({ path, options });
      if (path === "/v1/session") return facts() ?? allow(SESSION);
      if (path === "/v1/numbers") return facts() ?? allow({ numbers: [] });
      const next = pages.shift();
      return next === undefined ? UNREACHABLE : allow(typeof next === "function" ? await next() : next);
    },
  } as unknown as ApiClient;
  return { api, asked };
}

const run = (api: ApiClient, wait = 0) =>
  syncOnce({ replica, api, announce: (change) => announced.push(change) }, wait);

test("changes and the cursor after them are kept together", async () => {
  const { api } = backendOf([
    page("c1", [
      { kind: "group", group: group() },
      { kind: "message", message: inbound(1) },
    ]),
  ]);
  expect(await run(api)).toEqual(allow({ groupIds: [GROUP_ID, GROUP_ID], contactIds: [], recipes: false }));
  expect(await readFact(replica, "cursor")).toBe("c1");
  expect(await replica.get("groups", GROUP_ID)).toMatchObject({ name: "Oak Street closing" });
  expect(announced).toEqual([
    { store: "groups", ids: [GROUP_ID] },
    { store: "messages", groupId: GROUP_ID },
  ]);
});

test("a round tells whether recipes are to be fetched again, on whichever page it heard of them", async () => {
  const { api } = backendOf([page("c1", [{ kind: "recipes" }], { more: true }), page("c2", []), page("c3", [])]);
  expect(await run(api)).toMatchObject({ value: { recipes: true } });
  expect(await run(api)).toMatchObject({ value: { recipes: false } });
});

test("the next round goes on from the cursor, and follows until there is no more", async () => {
  const { api, asked } = backendOf([page("c1", [], { more: true }), page("c2", [], { more: true }), page("c3", [])]);
  await run(api, 25);
  expect(asked.map(({ options }) => options?.query)).toEqual([
    { wait: 25 },
    { cursor: "c1", wait: 0 },
    { cursor: "c2", wait: 0 },
  ]);
  expect(await readFact(replica, "cursor")).toBe("c3");
});

test("an older state of a group or a message does not overwrite a newer one", async () => {
  await replica.put("groups", group({ revision: 5, name: "Newer" }));
  await replica.put("messages", inbound(1, { revision: 5, text: "Newer" }));
  const { api } = backendOf([
    page("c1", [
      { kind: "group", group: group({ revision: 4, name: "Older" }) },
      { kind: "message", message: inbound(1, { revision: 4, text: "Older" }) },
    ]),
  ]);
  await run(api);
  expect((await replica.get("groups", GROUP_ID))?.name).toBe("Newer");
  expect((await replica.get("messages", inbound(1).id))?.text).toBe("Newer");
});

test("what was read here stays read when an older reading comes back", async () => {
  await replica.put("groups", group({ revision: 1, readSeq: 7, unread: 0 }));
  const { api } = backendOf([page("c1", [{ kind: "group", group: group({ revision: 2, readSeq: 3, unread: 4 }) }])]);
  await run(api);
  expect(await replica.get("groups", GROUP_ID)).toMatchObject({ revision: 2, readSeq: 7, unread: 0 });
});

test("a group this user may no longer see goes with its messages and its draft, and nothing else does", async () => {
  for (const id of [GROUP_ID, OTHER_GROUP_ID]) {
    await replica.put("groups", group({ id }));
    await replica.put("drafts", { groupId: id, text: "Dear" });
  }
  await replica.put("messages", inbound(1));
  await replica.put("messages", inbound(2, { groupId: OTHER_GROUP_ID }));
  const { api } = backendOf([page("c1", [{ kind: "group_gone", groupId: GROUP_ID }])]);
  await run(api);
  expect(await replica.getAllKeys("groups")).toEqual([OTHER_GROUP_ID]);
  expect(await replica.getAllKeys("drafts")).toEqual([OTHER_GROUP_ID]);
  expect(await replica.getAllKeys("messages")).toEqual([inbound(2).id]);
});

test("a reset drops what was known, keeps what the user wrote, and reads who is signed in", async () => {
  await replica.put("groups", group({ id: OTHER_GROUP_ID }));
  await replica.put("messages", inbound(9));
  await replica.put("drafts", { groupId: GROUP_ID, text: "Dear" });
  const { api } = backendOf([page("c1", [{ kind: "group", group: group() }], { reset: true })]);
  // Whoever tells people about it hears of the group that did not come back, too.
  expect(await run(api)).toEqual(allow({ groupIds: [OTHER_GROUP_ID, GROUP_ID], contactIds: [], recipes: false }));
  expect(await replica.getAllKeys("groups")).toEqual([GROUP_ID]);
  expect(await replica.getAllKeys("messages")).toEqual([]);
  expect(await replica.count("drafts")).toBe(1);
  expect(await readFact(replica, "session")).toEqual(SESSION);
  expect(announced).toEqual([{ store: "everything" }]);
});

test("news of the numbers moves the cursor only once the numbers are here", async () => {
  let answer: Answer | null = UNREACHABLE;
  const news = page("c1", [{ kind: "numbers" }]);
  const { api } = backendOf([news, news], () => answer);
  expect(await run(api)).toEqual(UNREACHABLE);
  expect(await readFact(replica, "cursor")).toBeUndefined();
  answer = null;
  await run(api);
  expect(await readFact(replica, "cursor")).toBe("c1");
  expect(await readFact(replica, "numbers")).toEqual([]);
});

test("a page that another round overtook is thrown away", async () => {
  const { api } = backendOf([
    async () => {
      await replica.put("facts", { name: "cursor", value: "c9" });
      return page("c1", [{ kind: "group", group: group() }]);
    },
  ]);
  await run(api);
  expect(await readFact(replica, "cursor")).toBe("c9");
  expect(await replica.count("groups")).toBe(0);
});

test("a fresh start tells where more unread groups are, and the round fetches them", async () => {
  const { api, asked } = backendOf([
    page("7", [{ kind: "group", group: group({ unread: 1 }) }], { reset: true, unreadFrom: "older" }),
  ]);
  await run(api);
  expect(asked.at(-1)).toEqual({
    path: "/v1/groups",
    options: { query: { filter: "unread", cursor: "older", limit: 100 } },
  });
  expect(await readFact(replica, "cursor")).toBe("7");
});

test("trouble is passed on, and nothing is changed", async () => {
  const { api } = backendOf([]);
  expect(await run(api)).toEqual(UNREACHABLE);
  expect(await replica.count("facts")).toBe(0);
});
