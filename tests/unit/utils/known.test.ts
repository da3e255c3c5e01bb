import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { Change, SyncPage } from "@partyline/contract/sync";
import { allow } from "@partyline/domain/result";
import { beforeEach, expect, test } from "vitest";
import type { ApiClient } from "../../../utils/api-client.ts";
import { createLookups } from "../../../utils/lookups.ts";
import { createOutbox } from "../../../utils/outbox.ts";
import { readFact, type Replica } from "../../../utils/replica.ts";
import { syncOnce } from "../../../utils/sync.ts";
import { AT, freshReplica, group, GROUP_ID, idOf, inbound, OTHER_GROUP_ID, SESSION } from "./example.ts";

let replica: Replica;
let asked: string[];
beforeEach(async () => {
  replica = await freshReplica();
  asked = [];
});

interface Holding {
  group?: () => Promise<Group>;
  groups?: Group[];
  messages?: Message[];
  /** The answer to any write. */
  written?: () => Promise<Group | Message>;
}

function backendOf({ group: one = async () => group(), groups = [], messages = [], written }: Holding): ApiClient {
  const answerTo = async (path: string) => {
    if (path === "/v1/groups") return { groups, said: [], next: null };
    return path.endsWith("/messages") ? { messages, before: null } : await one();
  };
  return {
    async get(path: string) {
      asked.push(path);
      return allow(await answerTo(path));
    },
    write: async (_: unknown, schema: { parse(value: unknown): unknown }) => allow(schema.parse(await written?.())),
  } as unknown as ApiClient;
}

const lookupsAt = (api: ApiClient) => createLookups({ replica, api, announce: () => {}, newId: () => idOf(1) });

async function hear(cursor: number, changes: Change[], changed: Partial<SyncPage> = {}) {
  const page = { cursor: String(cursor), changes, more: false, reset: false, unreadFrom: null, ...changed };
  const api = {
    async get(path: string) {
      if (path === "/v1/session") return allow(SESSION);
      return allow(path === "/v1/numbers" ? { numbers: [] } : page);
    },
  } as unknown as ApiClient;
  await syncOnce({ replica, api, announce: () => {} }, 0);
}
const gone = (cursor: number) => hear(cursor, [{ kind: "group_gone", groupId: GROUP_ID }]);

const here = async () => [...(await replica.getAllKeys("groups")), ...(await replica.getAllKeys("messages"))];

test("an answer that was under way does not bring back a group that has gone, nor its messages", async () => {
  const api = backendOf({
    group: async () => {
      await gone(20);
      return group({ revision: 12 });
    },
    messages: [inbound(1)],
  });
  await lookupsAt(api).load_group(GROUP_ID);
  expect(await here()).toEqual([]);
});

test("a page of the list brings its other groups all the same", async () => {
  await gone(20);
  const other = group({ id: OTHER_GROUP_ID, revision: 3 });
  const api = backendOf({ groups: [group({ revision: 12 }), other] });
  await lookupsAt(api).load_groups({ query: "", filter: "all", cursor: null });
  expect(await here()).toEqual([OTHER_GROUP_ID]);
});

test("older messages of a group that went meanwhile are not kept", async () => {
  await gone(20);
  await lookupsAt(backendOf({ messages: [inbound(1)] })).load_older(GROUP_ID, 2);
  expect(await here()).toEqual([]);
});

test.each([
  ["sync", () => hear(31, [{ kind: "group", group: group({ revision: 30 }) }])],
  ["a question", () => lookupsAt(backendOf({ group: async () => group({ revision: 30 }) })).load_group(GROUP_ID)],
])("a group that was given back comes back by %s", async (_, bring) => {
  await gone(20);
  await bring();
  expect(await here()).toEqual([GROUP_ID]);
});

test("what was asked before everything was dropped is asked again", async () => {
  const answers = [
    async () => {
      // With other rights, the group is none of this user's.
      await hear(20, [], { reset: true });
      return group({ revision: 12, name: "Before" });
    },
    async () => group({ revision: 12, name: "After" }),
  ];
  await lookupsAt(backendOf({ group: () => answers.shift()!() })).load_group(GROUP_ID);
  expect(await replica.get("groups", GROUP_ID)).toMatchObject({ name: "After" });
  expect(asked.filter((path) => path === `/v1/groups/${GROUP_ID}`)).toHaveLength(2);
});

const READING = { id: idOf(1), groupId: GROUP_ID, madeAt: AT, kind: "mark_read", body: { seq: 1 } } as const;
const TEXT = {
  id: idOf(1),
  groupId: GROUP_ID,
  madeAt: AT,
  kind: "send_message",
  body: { id: idOf(2), text: "Hello" },
} as const;

function outboxAt(api: ApiClient) {
  const quiet = { announce: () => {}, wakeAt: () => {}, openGroup: () => {} };
  return createOutbox({ replica, api, now: () => 0, random: () => 0, ...quiet });
}

test.each([
  ["one that has gone", () => gone(20)],
  ["one that a fresh start did not bring", () => hear(20, [], { reset: true })],
])("the answer to a write does not bring back a group: %s", async (_, lose) => {
  const api = backendOf({
    written: async () => {
      await lose();
      return group({ revision: 12, lastMessage: inbound(1) });
    },
  });
  const outbox = outboxAt(api);
  await outbox.enqueue(READING);
  await outbox.drain();
  expect(await here()).toEqual([]);
  expect(await replica.count("outbox")).toBe(0);
});

test("the answer to a new group keeps it, with its first message", async () => {
  await hear(20, [], { reset: true });
  const outbox = outboxAt(
    backendOf({ written: async () => group({ revision: 21, lastMessage: inbound(1, { revision: 21 }) }) }),
  );
  await outbox.enqueue({ ...READING, kind: "rename_group", body: { name: "Oak" } });
  await outbox.drain();
  expect(await here()).toEqual([GROUP_ID, inbound(1).id]);
});

test("nothing is kept for whoever comes after a user who left while the answer was under way", async () => {
  await replica.put("groups", group({ name: "Theirs" }));
  const outbox = outboxAt(
    backendOf({
      written: async () => {
        for (const store of ["groups", "messages", "outbox", "facts"] as const) await replica.clear(store);
        return inbound(1, { id: TEXT.body.id });
      },
    }),
  );
  await outbox.enqueue(TEXT);
  await outbox.drain();
  expect(await here()).toEqual([]);
  expect(await replica.count("outbox")).toBe(0);
});

test("a refusal does not put back what its user, who left, had written", async () => {
  const api = {
    async write() {
      await replica.clear("outbox");
      const problem = { code: "group_locked", detail: null, refusal: null, groupId: null, retryAfter: null };
      return { ok: false, refusal: { reason: "problem", ...problem } };
    },
  } as unknown as ApiClient;
  const outbox = outboxAt(api);
  await outbox.enqueue(TEXT);
  await outbox.drain();
  expect(await replica.count("outbox")).toBe(0);
});

test("of what went, the last thousand groups are remembered", async () => {
  const ids = Array.from({ length: 1_001 }, (_, order) => idOf(order));
  await hear(
    20,
    ids.map((groupId): Change => ({ kind: "group_gone", groupId })),
  );
  expect(Object.keys((await readFact(replica, "forgotten"))?.groups ?? {})).toEqual(ids.slice(1));
});
