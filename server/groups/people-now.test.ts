import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Group } from "@partyline/contract/group";
import { API_KEY, clientOf, startTestBackend, WORKSPACE, type TestBackend } from "../testing/backend.ts";
import { databases } from "../testing/databases.ts";

const SHARED = "+14155550142";
const PEOPLE = {
  harriet: { name: "Harriet Cole", phone: SHARED, ownerId: "u-ava" },
  martin: { name: "Martin Cole", phone: SHARED, ownerId: "u-zoe" },
  priya: { name: "Priya Nair", phone: "+16505550127", ownerId: null },
  tom: { name: "Tom Ray", phone: "+15105550133", ownerId: "u-ava" },
} as const;
type Id = keyof typeof PEOPLE;

describe.each(databases)("people of a group as the directory has them now, on $name", (engine) => {
  let backend: TestBackend;
  let ava: ReturnType<typeof clientOf>;
  let crm: ReturnType<typeof clientOf>;
  let groupId: string;

  beforeAll(async () => {
    backend = await startTestBackend(engine);
    ava = clientOf(backend.url, await backend.tokenOf("ava"));
    crm = clientOf(backend.url, API_KEY);
    for (const id of Object.keys(PEOPLE) as Id[]) await write(id);
    groupId = newId();
    const created = await ava("POST", "/v1/groups", {
      id: groupId,
      businessNumberId: WORKSPACE.numbers[0]!.id,
      participants: Object.entries(PEOPLE).map(([contactId, { phone }]) => ({ contactId, phone })),
      name: null,
      firstMessage: null,
    });
    expect(created.status).toBe(201);
  });
  afterAll(() => backend.close());

  const write = (id: Id, rest: object = {}) => {
    const { phone, ...person } = PEOPLE[id];
    const phones = [{ number: phone, label: null, primary: true }];
    const written = { ...person, phones, doNotDisturb: false, smsStatus: "inactive", tags: [], ...rest };
    return crm("PUT", `/v1/contacts/${id}`, written);
  };
  const group = async () => Group.parse((await ava("GET", `/v1/groups/${groupId}`)).body);
  const behindTheNumber = async () => (await group()).participants.find(({ phone }) => phone === SHARED)!.contacts;

  test("an owner who has no account here is told from nobody", async () => {
    const contacts = (await group()).participants.flatMap((participant) => participant.contacts);
    expect(contacts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: "harriet", ownerId: "u-ava", ownerName: "Ava Brooks" }),
        expect.objectContaining({ id: "martin", ownerId: "u-zoe", ownerName: null }),
        expect.objectContaining({ id: "priya", ownerId: null, ownerName: null }),
      ]),
    );
  });

  test("everybody who keeps the group locked has a time of their own", async () => {
    const timesOf = async () => {
      const { lock } = await group();
      return { since: lock?.since, times: lock?.causes.map(({ name, since }) => [name, since]) };
    };
    await write("tom", { doNotDisturb: true });
    const before = await timesOf();
    backend.setAhead(60_000);
    await write("priya", { smsStatus: "permanent" });
    await write("tom", { doNotDisturb: true, tags: ["vip"] });
    const both = await timesOf();
    const [priya, tom] = both.times ?? [];
    expect([priya?.[0], tom?.[0]]).toEqual(["Priya Nair", "Tom Ray"]);
    expect([both.since, tom?.[1]]).toEqual([before.since, before.since]);
    expect(Date.parse(priya?.[1] ?? "") - Date.parse(before.since ?? "")).toBeGreaterThanOrEqual(60_000);
    await write("tom");
    expect(await timesOf()).toEqual({ since: priya?.[1], times: [priya] });
    await write("priya");
    expect((await group()).lock).toBeNull();
    backend.setAhead(0);
  });

  test("of two behind one number, only the one who changed or was deleted is tagged", async () => {
    await write("martin", { name: "Martin Coleman" });
    expect(await behindTheNumber()).toMatchObject([
      { id: "harriet", tag: null },
      { id: "martin", name: "Martin Cole", tag: { kind: "updated", phone: null, name: "Martin Coleman" } },
    ]);
    await write("martin");
    await crm("DELETE", "/v1/contacts/harriet");
    expect(await behindTheNumber()).toMatchObject([
      { id: "harriet", tag: { kind: "deleted" } },
      { id: "martin", tag: null },
    ]);
  });
});
