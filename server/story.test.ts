import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { Contact } from "@partyline/contract/contact";
import { Group } from "@partyline/contract/group";
import { Message, MessagePage } from "@partyline/contract/message";
import { SyncPage } from "@partyline/contract/sync";
import {
  API_KEY,
  clientOf,
  eventually,
  MAIN_LINE,
  startTestBackend,
  WORKSPACE,
  type TestBackend,
} from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";

function person(id: string, name: string, number: string, rest: Partial<Contact> = {}) {
  return {
    id,
    name,
    ownerId: "u-ava",
    doNotDisturb: false,
    smsStatus: "inactive",
    phones: [{ number, label: "mobile", primary: true }],
    tags: [],
    ...rest,
  };
}

const DANA = "+14155550142";
const LUIS = "+16285550110";
const TOM = "+15105550133";
const PEOPLE = [
  person("c-dana", "Dana Wu", "(415) 555-0142"),
  person("c-luis", "Luis Ortega", LUIS),
  person("c-tom", "Tom Ray", TOM),
];

describe.each(databases)("the main job on $name", (engine) => {
  let backend: TestBackend;
  let ava: ReturnType<typeof clientOf>;
  let crm: ReturnType<typeof clientOf>;
  const groupId = newId();
  const wanted = () => ({
    id: groupId,
    businessNumberId: WORKSPACE.numbers[0]!.id,
    participants: PEOPLE.map(({ id, phones }) => ({ contactId: id, phone: phones[0]!.number })),
    name: null,
    firstMessage: { id: newId(), text: "Documents are ready" },
  });
  const messages = async () => MessagePage.parse((await ava("GET", `/v1/groups/${groupId}/messages`)).body).messages;
  const group = async () => Group.parse((await ava("GET", `/v1/groups/${groupId}`)).body);

  beforeAll(async () => {
    backend = await startTestBackend(engine);
    ava = clientOf(backend.url, await backend.tokenOf("ava"));
    crm = clientOf(backend.url, API_KEY);
    const imported = await crm("POST", "/v1/contacts/import", { contacts: PEOPLE });
    expect(imported).toMatchObject({ status: 200, body: { count: 3 } });
  });
  afterAll(() => backend.close());

  test("a new group's first message is delivered to each person", async () => {
    const created = await ava("POST", "/v1/groups", wanted());
    expect(created.status).toBe(201);
    expect(Group.parse(created.body).participants.map((one) => one.phone)).toEqual([DANA, LUIS, TOM]);
    const [first] = await eventually(messages, ([one]) => one!.deliveries.every(({ state }) => state === "delivered"));
    expect(first).toMatchObject({ direction: "outbound", text: "Documents are ready", seq: 1 });
    const phone = await (await fetch(`${backend.carrier.url}/control/handsets/${DANA}`)).text();
    expect(phone).toContain("Documents are ready");
  });

  test("the same people again are the same group", async () => {
    const again = await ava("POST", "/v1/groups", { ...wanted(), id: newId() });
    expect(again).toMatchObject({ status: 409, body: { code: "group_exists", groupId } });
  });

  test("a reply from a handset is stored once, wakes the waiting sync, and counts as unread", async () => {
    const { cursor } = SyncPage.parse((await ava("GET", "/v1/sync")).body);
    const waiting = ava("GET", `/v1/sync?cursor=${cursor}&wait=20`);
    await fetch(`${backend.carrier.url}/control/handsets/${LUIS}/texts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: [MAIN_LINE, DANA, TOM], text: "Works for me, 3 pm?" }),
    });
    const page = SyncPage.parse((await waiting).body);
    expect(page.changes).toContainEqual({
      kind: "message",
      message: expect.objectContaining({
        text: "Works for me, 3 pm?",
        author: expect.objectContaining({ name: "Luis Ortega" }),
      }),
    });
    expect((await group()).unread).toBe(1);
    const read = await ava("PUT", `/v1/groups/${groupId}/read`, { seq: 2 });
    expect(read).toMatchObject({ status: 200, body: { unread: 0, readSeq: 2 } });
  });

  test("a participant on do-not-disturb locks the group with name and reason, and opting back in unlocks it", async () => {
    const { id, ...tom } = PEOPLE[2]!;
    await crm("PUT", `/v1/contacts/${id}`, { ...tom, doNotDisturb: true });
    expect((await group()).lock).toMatchObject({ causes: [{ name: "Tom Ray", reason: "do_not_disturb" }] });
    const refused = await ava("POST", `/v1/groups/${groupId}/messages`, { id: newId(), text: "Hello?" });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "group_locked", detail: expect.stringContaining("Tom Ray") },
    });
    await crm("PUT", `/v1/contacts/${id}`, tom);
    expect((await group()).lock).toBeNull();
    const sent = await ava("POST", `/v1/groups/${groupId}/messages`, { id: newId(), text: "Hello again" });
    expect(Message.parse(sent.body).seq).toBe(3);
  });

  test("an edited number and a deleted contact are tagged, and texts still go to the old numbers", async () => {
    const { id: luis, ...rest } = PEOPLE[1]!;
    await crm("PUT", `/v1/contacts/${luis}`, {
      ...rest,
      phones: [{ number: "+16285550199", label: null, primary: true }],
    });
    expect((await crm("DELETE", "/v1/contacts/c-dana")).status).toBe(204);
    const { participants } = await group();
    expect(participants.map(({ phone, contacts }) => ({ phone, tag: contacts[0]?.tag }))).toEqual([
      { phone: DANA, tag: { kind: "deleted" } },
      { phone: LUIS, tag: { kind: "updated", phone: "+16285550199", name: null } },
      { phone: TOM, tag: null },
    ]);
    const id = newId();
    await ava("POST", `/v1/groups/${groupId}/messages`, { id, text: "Still you" });
    const sent = await eventually(
      async () => (await messages()).find((one) => one.id === id),
      (one) => one?.deliveries.every(({ state }) => state === "delivered") ?? false,
    );
    expect(sent?.deliveries).toHaveLength(3);
  });

  test("a STOP from a handset locks the group and START unlocks it", async () => {
    const text = (words: string) =>
      fetch(`${backend.carrier.url}/control/handsets/${TOM}/texts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ to: [MAIN_LINE, DANA, LUIS], text: words }),
      });
    await text("STOP");
    const locked = await eventually(group, ({ lock }) => lock !== null);
    expect(locked.lock?.causes).toMatchObject([{ name: "Tom Ray", reason: "opted_out" }]);
    await text("START");
    const open = await eventually(group, ({ lock }) => lock === null);
    expect(open.participants.map(({ optedOut }) => optedOut)).toEqual([false, false, false]);
  });

  test("everything is still there after a restart", async () => {
    const before = await messages();
    await backend.restart();
    expect(await messages()).toEqual(before);
  });

  test("no log line holds a message's text or a whole number", () => {
    const log = JSON.stringify(backend.log);
    expect(log).not.toContain("Documents are ready");
    expect(log).not.toMatch(/\+1\d{10}/);
  });
});
