import { afterAll, beforeAll, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { Message } from "@partyline/contract/message";
import type { SyncPage } from "@partyline/contract/sync";
import { eventually, MAIN_LINE } from "./testing/backend.ts";
import { databases, type TestEngine } from "./testing/databases.ts";
import { openGate, type Gate } from "./testing/gate.ts";
import { bodyOf, freshNumbers, openOffice, type Office } from "./testing/office.ts";

const postgresql = databases.find(({ name }) => name === "postgresql")!;
let gate: Gate;
let office: Office;

const throughGate: TestEngine = {
  ...postgresql,
  place: async () => {
    const place = await postgresql.place();
    gate = await openGate(place.config.databaseUrl!);
    return {
      config: { ...place.config, databaseUrl: gate.url },
      remove: async () => {
        await gate.shut();
        await place.remove();
      },
    };
  },
};

beforeAll(async () => {
  office = await openOffice(throughGate, {
    carrier: { delays: { sentMs: 10, finalizedMs: 30, webhookRetryMs: 2_000 } },
  });
});
afterAll(() => office.close());

test("a database that goes away and comes back costs nothing but time", async () => {
  const numbers = freshNumbers(2);
  const [one, other] = numbers as [string, string];
  const { id } = await office.openGroup(numbers, "Before");
  const { cursor } = bodyOf(200, await office.ava<SyncPage>("GET", "/v1/sync"));
  const message = { id: newId(), text: "Meanwhile" };
  const send = () =>
    office.ava<Message>("POST", `/v1/groups/${id}/messages`, message, { "idempotency-key": message.id });

  await gate.shut();
  expect(await send()).toMatchObject({
    status: 503,
    body: { code: "unavailable", detail: expect.stringContaining("nothing was lost") },
  });
  expect(await office.ava("GET", `/v1/groups/${id}`)).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect(await office.ava("GET", "/readyz")).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect((await office.ava("GET", "/healthz")).status).toBe(200);
  await office.carrier("POST", `/handsets/${one}/texts`, { to: [MAIN_LINE, other], text: "A reply meanwhile" });

  await gate.open();
  const stored = await eventually(send, ({ status }) => status === 202, 30_000);
  await office.outcome(stored.body, (states) => states.every((state) => state === "delivered"), 40_000);
  expect(await office.callsWith("Meanwhile")).toBe(1);
  const texts = async () => (await office.messages(id)).map(({ text }) => text);
  const all = await eventually(texts, (some) => some.includes("A reply meanwhile"), 40_000);
  expect(all.toSorted()).toEqual(["A reply meanwhile", "Before", "Meanwhile"]);
  const page = bodyOf(200, await office.ava<SyncPage>("GET", `/v1/sync?cursor=${cursor}&wait=5`));
  expect(page.changes.some((change) => change.kind === "message")).toBe(true);
  expect((await office.ava("GET", "/readyz")).body).toMatchObject({ database: "postgresql" });
}, 180_000);
