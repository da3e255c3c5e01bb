import { allow, refuse } from "@partyline/domain/result";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiClient, type ApiClient, type WriteRequest } from "../../../utils/api-client.ts";
import type { CallRefusal, Command } from "../../../utils/command.ts";
import { createOutbox, type OutboxParts } from "../../../utils/outbox.ts";
import type { Replica, ReplicaChange } from "../../../utils/replica.ts";
import {
  AT,
  freshReplica,
  group,
  GROUP_ID,
  idOf,
  inbound,
  json,
  OTHER_GROUP_ID,
  outbound,
  serve,
  type TestServer,
} from "./example.ts";

let replica: Replica;
let server: TestServer | null = null;
let now: number;
let wakes: number[];
let opened: string[];
let announced: ReplicaChange[];

beforeEach(async () => {
  replica = await freshReplica();
  now = 1_000_000;
  wakes = [];
  opened = [];
  announced = [];
});
afterEach(async () => {
  await server?.close();
  server = null;
});

function outboxOf(api: ApiClient, changed: Partial<OutboxParts> = {}) {
  return createOutbox({
    replica,
    api,
    announce: (change) => void announced.push(change),
    now: () => now,
    random: () => 1,
    wakeAt: (time) => wakes.push(time),
    openGroup: (groupId) => opened.push(groupId),
    ...changed,
  });
}

/** A backend that answers as told, in the order it is asked. */
function backendOf(answer: (request: WriteRequest) => CallRefusal | null) {
  const asked: WriteRequest[] = [];
  const api = {
    async write(request: WriteRequest, schema: { parse(value: unknown): unknown }) {
      asked.push(request);
      const refusal = answer(request);
      if (refusal !== null) return refuse(refusal);
      const { id, text } = request.body as { id: string; text: string };
      const isMessage = request.path.includes("/messages");
      return allow(
        schema.parse(
          isMessage
            ? outbound(asked.length, { ...(id && { id }), ...(text && { text }) })
            : group({ id: GROUP_ID, revision: 2 }),
        ),
      );
    },
  } as unknown as ApiClient;
  return { api, asked };
}

function text(order: number, changed: Partial<Command> = {}): Command {
  return {
    id: idOf(order),
    groupId: GROUP_ID,
    madeAt: AT,
    kind: "send_message",
    body: { id: idOf(100 + order), text: `Text ${order}` },
    ...changed,
  } as Command;
}

function creation(order: number, successorOf: string | null = null): Command {
  const firstMessage = { id: idOf(200 + order), text: "Hello all" };
  const body = {
    id: GROUP_ID,
    businessNumberId: idOf(1),
    participants: [],
    name: null,
    successorOf,
    firstMessage,
  };
  return { id: idOf(order), groupId: GROUP_ID, madeAt: AT, kind: "create_group", body };
}

const UNREACHABLE: CallRefusal = { reason: "unreachable", backend: "http://127.0.0.1:1" };
const problemOf = (code: string, more: object = {}): CallRefusal => ({
  reason: "problem",
  code,
  detail: null,
  refusal: null,
  groupId: null,
  retryAfter: null,
  ...more,
});
const waiting = () => replica.getAll("outbox");

test("what is to be sent later, changed or settled goes to the group's own list, and what is settled leaves no trace", async () => {
  const { api, asked } = backendOf(({ path }) => (path.endsWith("/settle") ? problemOf("group_locked") : null));
  await replica.put("groups", group());
  const outbox = outboxOf(api);
  const content = { text: "Later", sendAt: AT };
  const scheduledId = idOf(50);
  await outbox.enqueue(text(1, { kind: "schedule_message", body: { id: scheduledId, ...content } }));
  await outbox.enqueue(text(2, { kind: "reschedule_message", scheduledId, body: content }));
  await outbox.enqueue(text(3, { kind: "settle_scheduled", scheduledId, body: { wish: "send" } }));
  await outbox.drain();
  expect(asked.map(({ method, path }) => `${method} ${path.replace(/.*\/scheduled/, "…/scheduled")}`)).toEqual([
    "POST …/scheduled",
    `PATCH …/scheduled/${scheduledId}`,
    `POST …/scheduled/${scheduledId}/settle`,
  ]);
  expect(await waiting()).toEqual([]);
});

test("a write leaves the outbox in the moment its answer is kept", async () => {
  const { api } = backendOf(() => null);
  await replica.put("groups", group());
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.drain();
  expect(await waiting()).toEqual([]);
  expect(await replica.get("messages", idOf(101))).toMatchObject({ text: "Text 1" });
});

test("writes to one group go one after another, in the order they were made", async () => {
  const { api, asked } = backendOf(() => null);
  const outbox = outboxOf(api);
  await Promise.all([outbox.enqueue(text(1)), outbox.enqueue(text(2)), outbox.enqueue(text(3))]);
  await outbox.drain();
  expect(asked.map(({ key }) => key)).toEqual([idOf(1), idOf(2), idOf(3)]);
});

test("an answer lost with the worker is asked for again under the same key, and the text is sent once", async () => {
  const sent = new Map<string, string>();
  let losing = true;
  const running = await serve(({ headers, body }, response) => {
    const key = String(headers["idempotency-key"]);
    const { id, text } = JSON.parse(body) as { id: string; text: string };
    if (!sent.has(key)) sent.set(key, text);
    if (losing) return void response.destroy();
    json(response, 202, outbound(1, { id, text: sent.get(key)! }));
  });
  server = running;
  const api = createApiClient({
    backend: async () => running.url,
    mayReach: async () => true,
    accessToken: async () => allow("token"),
    renewToken: async () => allow("token"),
  });
  const dying = outboxOf(api);
  await dying.enqueue(text(1));
  await dying.drain();
  expect(await waiting()).toHaveLength(1);

  // Another worker, which knows only what the replica holds.
  losing = false;
  now += 60_000;
  await outboxOf(api).drain();
  expect(await waiting()).toEqual([]);
  expect([...sent]).toEqual([[idOf(1), "Text 1"]]);
  expect(running.asked).toHaveLength(2);
});

test("while the network is down everything waits, in order, and longer each time", async () => {
  let down = true;
  const { api, asked } = backendOf(() => (down ? UNREACHABLE : null));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.enqueue(text(2));
  await outbox.drain();
  expect(asked.map(({ key }) => key)).toEqual([idOf(1)]);
  expect(wakes.at(-1)).toBe(now + 1_000);
  now += 1_000;
  await outbox.drain();
  expect(wakes.at(-1)).toBe(now + 2_000);
  down = false;
  now += 2_000;
  await outbox.drain();
  expect(asked.map(({ key }) => key)).toEqual([idOf(1), idOf(1), idOf(1), idOf(2)]);
});

test("a group whose network fails holds up no other group", async () => {
  const { api } = backendOf(({ path }) => (path.includes(GROUP_ID) ? UNREACHABLE : null));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.enqueue(text(2, { groupId: OTHER_GROUP_ID }));
  await outbox.drain();
  expect((await waiting()).map(({ id }) => id)).toEqual([idOf(1)]);
});

test("a backend that names a time is not asked before it", async () => {
  const { api, asked } = backendOf(() => problemOf("rate_limited", { retryAfter: 120 }));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.drain();
  expect(wakes.at(-1)).toBe(now + 120_000);
  now += 119_000;
  await outbox.drain();
  expect(asked).toHaveLength(1);
});

test("what a rule refuses stays, marked, and lets the next go", async () => {
  const { api } = backendOf(({ key }) => (key === idOf(1) ? problemOf("text_refused") : null));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.enqueue(text(2));
  await outbox.drain();
  expect(await waiting()).toMatchObject([{ id: idOf(1), refused: { code: "text_refused" } }]);
});

test("nothing follows into a group whose creation was refused, and dropping it drops them too", async () => {
  const { api, asked } = backendOf(() => problemOf("roster_refused"));
  const outbox = outboxOf(api);
  await outbox.enqueue(creation(1));
  await outbox.enqueue(text(2));
  await outbox.drain();
  expect(asked.map(({ path }) => path)).toEqual(["/v1/groups"]);
  expect(await waiting()).toHaveLength(2);
  await outbox.drop(idOf(1));
  expect(await waiting()).toEqual([]);
});

test("a refused write goes again when the user asks for it", async () => {
  let locked = true;
  const { api } = backendOf(() => (locked ? problemOf("group_locked") : null));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.drain();
  locked = false;
  await outbox.retry(idOf(1));
  await outbox.drain();
  expect(await waiting()).toEqual([]);
});

const settling = (order: number): Command => ({
  id: idOf(order),
  groupId: GROUP_ID,
  madeAt: AT,
  kind: "settle_held",
  messageId: idOf(300 + order),
  body: { wish: "send" },
});

test("what a lock held on the backend goes before what was written after it", async () => {
  let locked = true;
  const { api, asked } = backendOf(() => (locked ? problemOf("group_locked") : null));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.drain();
  locked = false;
  asked.length = 0;
  await replica.put("outbox", { ...settling(2), attempts: 0, notBefore: 0, refused: null });
  await outbox.retry(idOf(1));
  await outbox.drain();
  expect(asked.map(({ path }) => path)).toEqual([
    `/v1/groups/${GROUP_ID}/messages/${idOf(302)}/held`,
    `/v1/groups/${GROUP_ID}/messages`,
  ]);
});

test("what is still held when it is to be sent says so itself, and nothing stays in the outbox", async () => {
  const { api } = backendOf(() => problemOf("group_locked"));
  const outbox = outboxOf(api);
  await outbox.enqueue(settling(1));
  await outbox.drain();
  expect(await waiting()).toEqual([]);
});

test("a new group that exists already opens, and what was written for it becomes its draft", async () => {
  const { api } = backendOf(() => problemOf("group_exists", { groupId: OTHER_GROUP_ID }));
  const outbox = outboxOf(api);
  await replica.put("drafts", { groupId: OTHER_GROUP_ID, text: "Begun" });
  // Both are waiting before the first answer comes, as after a night offline.
  await replica.put("outbox", { ...text(2), attempts: 0, notBefore: 0, refused: null });
  await outbox.enqueue(creation(1));
  await outbox.drain();
  expect(opened).toEqual([OTHER_GROUP_ID]);
  expect(await waiting()).toEqual([]);
  expect(await replica.get("drafts", OTHER_GROUP_ID)).toMatchObject({ text: "Begun\nHello all\nText 2" });
  expect(announced).toContainEqual({ store: "drafts", groupId: OTHER_GROUP_ID });
});

test("what was to be sent later to a new group that exists already becomes its draft too", async () => {
  const { api } = backendOf(() => problemOf("group_exists", { groupId: OTHER_GROUP_ID }));
  const outbox = outboxOf(api);
  const later = text(2, { kind: "schedule_message", body: { id: idOf(50), text: "Later", sendAt: AT } });
  await replica.put("outbox", { ...later, attempts: 0, notBefore: 0, refused: null });
  await outbox.enqueue(creation(1));
  await outbox.drain();
  expect(await waiting()).toEqual([]);
  expect(await replica.get("drafts", OTHER_GROUP_ID)).toMatchObject({ text: "Hello all\nLater" });
});

test("a successor that exists already is tied to the group before, when the backend can be asked", async () => {
  let isDown = true;
  const { api, asked } = backendOf(({ path }) => {
    if (path === "/v1/groups") return problemOf("group_exists", { groupId: OTHER_GROUP_ID });
    return isDown ? UNREACHABLE : null;
  });
  const outbox = outboxOf(api);
  await replica.put("outbox", { ...text(2), attempts: 0, notBefore: 0, refused: null });
  const before = idOf(900);
  await outbox.enqueue(creation(1, before));
  await outbox.drain();
  expect(opened).toEqual([OTHER_GROUP_ID]);
  const [follow, ...rest] = await waiting();
  expect(rest).toEqual([]);
  expect(follow).toMatchObject({ kind: "follow_group", groupId: OTHER_GROUP_ID, body: { groupId: before } });
  isDown = false;
  await outbox.retry(follow!.id);
  await outbox.drain();
  expect(asked.at(-1)).toMatchObject({ path: `/v1/groups/${OTHER_GROUP_ID}/predecessor`, body: { groupId: before } });
  expect(await waiting()).toEqual([]);
});

test.each(["number_not_usable", "not_found"])("that two groups cannot be tied is no news: %s", async (code) => {
  const { api } = backendOf(() => problemOf(code));
  const outbox = outboxOf(api);
  const body = { groupId: GROUP_ID };
  await outbox.enqueue({ id: idOf(1), groupId: OTHER_GROUP_ID, madeAt: AT, kind: "follow_group", body });
  await outbox.drain();
  expect(await waiting()).toEqual([]);
});

test("while signed out writes wait without counting as tries, and go after the sign-in", async () => {
  let signedIn = false;
  const { api } = backendOf(() => (signedIn ? null : { reason: "signed_out" }));
  const outbox = outboxOf(api);
  await outbox.enqueue(text(1));
  await outbox.drain();
  expect(await waiting()).toMatchObject([{ attempts: 0, notBefore: 0, refused: null }]);
  signedIn = true;
  await outbox.drain();
  expect(await waiting()).toEqual([]);
});

test("reading shows at once, before the backend knows", async () => {
  await replica.put("groups", group({ unread: 3 }));
  for (const seq of [1, 2, 3]) await replica.put("messages", inbound(seq));
  const { api } = backendOf(() => UNREACHABLE);
  await outboxOf(api).enqueue({ id: idOf(1), groupId: GROUP_ID, madeAt: AT, kind: "mark_read", body: { seq: 2 } });
  expect(await replica.get("groups", GROUP_ID)).toMatchObject({ readSeq: 2, unread: 1 });
});
