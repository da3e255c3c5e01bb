import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import { Group, GroupPage } from "@partyline/contract/group";
import { MessagePage } from "@partyline/contract/message";
import { SyncPage } from "@partyline/contract/sync";
import {
  API_KEY,
  clientOf,
  eventually,
  MAIN_LINE,
  startTestBackend,
  WORKSPACE,
  type TestBackend,
} from "../testing/backend.ts";
import { pageGroupIds, type GroupIdPage } from "../store/group-search.ts";
import { inWorkspace } from "../store/tenant.ts";
import { databases } from "../testing/databases.ts";

const PEOPLE = {
  dana: { name: "Dana Wu", phone: "+14155550142" },
  luis: { name: "Luis Ortega", phone: "+16285550110" },
  priya: { name: "Priya Nair", phone: "+16505550127" },
  tom: { name: "Tom Ray", phone: "+15105550133" },
  juergen: { name: "Jürgen Müller", phone: "+12125550177" },
  rosa: { name: "Rosa Vega", phone: "+12065550181" },
  sven: { name: "Sven Berg", phone: "+13035550164" },
} as const;
type Person = keyof typeof PEOPLE;

const compareText = (one = "", other = "") => one.localeCompare(other);

describe.each(databases)("threads that belong together, on $name", (engine) => {
  let backend: TestBackend;
  let ava: ReturnType<typeof clientOf>;
  let cleo: ReturnType<typeof clientOf>;

  beforeAll(async () => {
    backend = await startTestBackend(engine);
    ava = clientOf(backend.url, await backend.tokenOf("ava"));
    cleo = clientOf(backend.url, await backend.tokenOf("cleo"));
    const contacts = Object.entries(PEOPLE).map(([id, { name, phone }]) => ({
      id,
      name,
      ownerId: "u-ava",
      doNotDisturb: false,
      smsStatus: "inactive",
      phones: [{ number: phone, label: null, primary: true }],
      tags: [],
    }));
    await clientOf(backend.url, API_KEY)("POST", "/v1/contacts/import", { contacts });
  });
  afterAll(() => backend.close());

  const create = (people: Person[], rest: object = {}) =>
    ava("POST", "/v1/groups", {
      id: newId(),
      businessNumberId: WORKSPACE.numbers[0]!.id,
      participants: people.map((id) => ({ contactId: id, phone: PEOPLE[id].phone })),
      name: null,
      firstMessage: null,
      ...rest,
    });
  const made = async (people: Person[], rest: object = {}) => {
    const created = await create(people, rest);
    expect(created.status).toBe(201);
    return Group.parse(created.body);
  };
  const read = async (id: string) => Group.parse((await ava("GET", `/v1/groups/${id}`)).body);
  const list = async (query: string) => GroupPage.parse((await ava("GET", `/v1/groups?${query}`)).body).groups;
  const messages = async (id: string) =>
    MessagePage.parse((await ava("GET", `/v1/groups/${id}/messages`)).body).messages;
  const text = (from: Person, to: Person[], words: string) =>
    fetch(`${backend.carrier.url}/control/handsets/${PEOPLE[from].phone}/texts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: [MAIN_LINE, ...to.map((id) => PEOPLE[id].phone)], text: words }),
    });

  test("a successor and its predecessor know each other", async () => {
    const before = await made(["dana", "luis", "priya"], { name: "Oak Street" });
    const after = await made(["dana", "luis", "tom"], { name: "Oak Street", successorOf: before.id });
    expect(after.links).toEqual([{ groupId: before.id, title: "Oak Street", relation: "predecessor" }]);
    expect((await read(before.id)).links).toEqual([{ groupId: after.id, title: "Oak Street", relation: "successor" }]);
  });

  test("a group cannot succeed one that does not exist for the user", async () => {
    expect(await create(["dana", "tom"], { successorOf: newId() })).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  });

  test("people who text us in a set of their own get a thread beside the nearest group, and it is not answerable", async () => {
    const near = await made(["dana", "luis"]);
    await text("dana", ["luis", "juergen"], "Adding Jürgen");
    const [thread] = await eventually(
      async () => (await list("query=Adding")).filter((group) => group.discovered),
      (found) => found.length === 1,
    );
    expect(thread).toMatchObject({ createdBy: null, unread: 1, lastMessage: { text: "Adding Jürgen" } });
    expect(thread!.participants.map((one) => one.contacts[0]?.name).toSorted(compareText)).toEqual([
      "Dana Wu",
      "Jürgen Müller",
      "Luis Ortega",
    ]);
    expect(thread!.links).toContainEqual(expect.objectContaining({ groupId: near.id, relation: "nearest" }));
    expect((await read(near.id)).links).toContainEqual(
      expect.objectContaining({ groupId: thread!.id, relation: "discovered" }),
    );
    expect((await messages(near.id)).map((message) => message.text)).not.toContain("Adding Jürgen");
    const refused = await ava("POST", `/v1/groups/${thread!.id}/messages`, { id: newId(), text: "Welcome" });
    expect(refused).toMatchObject({ status: 409, body: { code: "group_discovered" } });
    expect((await cleo("GET", `/v1/groups/${thread!.id}`)).status).toBe(404);

    const group = await made(["dana", "luis", "juergen"], { firstMessage: { id: newId(), text: "Welcome" } });
    expect(group.discovered).toBe(false);
    expect(group.links).toContainEqual(expect.objectContaining({ groupId: near.id, relation: "nearest" }));
    expect((await messages(group.id)).map(({ seq, text: words, author }) => [seq, words, author.name])).toEqual([
      [1, "Adding Jürgen", "Dana Wu"],
      [2, "Welcome", "Ava Brooks"],
    ]);
    expect((await ava("GET", `/v1/groups/${thread!.id}`)).status).toBe(404);
  });

  const discovered = async (words: string) => {
    const found = await eventually(
      async () => (await list(`query=${words}`)).filter((group) => group.discovered),
      (threads) => threads.length === 1,
    );
    return found[0]!;
  };

  test("a group made of a thread keeps the group it follows, and everybody's place in what was said", async () => {
    await text("rosa", ["sven"], "Tulips");
    const thread = await discovered("tulips");
    expect(thread.links).toEqual([]);
    await ava("PUT", `/v1/groups/${thread.id}/read`, { seq: 1 });
    const before = await made(["rosa", "sven", "priya"], { name: "With Priya" });
    const after = await made(["rosa", "sven"], { name: "Without Priya", successorOf: before.id });
    expect(after).toMatchObject({
      links: [{ groupId: before.id, title: "With Priya", relation: "predecessor" }],
      readSeq: 1,
      unread: 0,
    });
    expect((await read(before.id)).links).toContainEqual({
      groupId: after.id,
      title: "Without Priya",
      relation: "successor",
    });
    const ben = clientOf(backend.url, await backend.tokenOf("ben"));
    expect((await ben("GET", `/v1/groups/${after.id}`)).body).toMatchObject({ readSeq: 0, unread: 1 });
  });

  test("a group made of a thread is tied to the group it follows and to the nearest one, and both are told", async () => {
    await text("rosa", ["juergen", "sven"], "Dahlias");
    const thread = await discovered("dahlias");
    const [near] = thread.links;
    expect(near?.relation).toBe("nearest");
    const before = await made(["tom", "priya", "luis"], { name: "Before" });
    const cursor = (await ava("GET", "/v1/sync")).body["cursor"];
    const after = await made(["rosa", "juergen", "sven"], { name: "After", successorOf: before.id });
    expect(after.links.map(({ groupId, relation }) => [groupId, relation])).toEqual([
      [before.id, "predecessor"],
      [near?.groupId, "nearest"],
    ]);
    const told = SyncPage.parse((await ava("GET", `/v1/sync?cursor=${String(cursor)}`)).body).changes;
    expect(told).toContainEqual({
      kind: "group",
      group: expect.objectContaining({
        id: near?.groupId,
        links: expect.arrayContaining([{ groupId: after.id, title: "After", relation: "discovered" }]),
      }),
    });
  });

  test("what follows a thread follows the group that is made of it", async () => {
    await text("priya", ["sven"], "Peonies");
    const thread = await discovered("peonies");
    const next = await made(["priya", "sven", "juergen"], { successorOf: thread.id });
    const group = await made(["priya", "sven"], { name: "Peonies", successorOf: thread.id });
    expect(group.links).not.toContainEqual(expect.objectContaining({ relation: "predecessor" }));
    expect((await read(next.id)).links).toContainEqual({
      groupId: group.id,
      title: "Peonies",
      relation: "predecessor",
    });
  });

  test("what is made of a thread does not follow what followed the thread", async () => {
    await text("rosa", ["priya"], "Asters");
    const thread = await discovered("asters");
    const next = await made(["rosa", "priya", "tom"], { name: "Next", successorOf: thread.id });
    const group = await made(["rosa", "priya"], { name: "Asters", successorOf: next.id });
    expect(group.links.filter(({ relation }) => relation === "predecessor")).toEqual([]);
    expect((await read(next.id)).links).toContainEqual({
      groupId: group.id,
      title: "Asters",
      relation: "predecessor",
    });
  });

  test("a participant who answers us alone gets a thread; a stranger does not", async () => {
    await made(["priya", "tom"]);
    await text("priya", [], "Just between us");
    const [alone] = await eventually(
      () => list("query=between"),
      (found) => found.length === 1,
    );
    expect(alone).toMatchObject({ discovered: true, participants: [{ phone: PEOPLE.priya.phone }] });
    await fetch(`${backend.carrier.url}/control/handsets/+13055550123/texts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: [MAIN_LINE], text: "Wrongnumber" }),
    });
    await eventually(
      async () => backend.log.filter((line) => line["outcome"] === "no_such_group").length,
      (count) => count > 0,
    );
    expect(await list("query=Wrongnumber")).toEqual([]);
  });

  test.each([
    ["the beginning of a name, with its accent", "m%C3%BCl", true],
    ["a name, typed without its accent", "muller", true],
    ["two people", "dana+luis", true],
    ["a number as it is written", "(212)+555-01", true],
    ["a number with its country", "%2B12125550177", true],
    ["the beginning of a number with its country", "%2B1212", true],
    ["that without the sign", "1212555", true],
    ["that as it is written", "%2B1+(212)+555", true],
    ["the last four digits", "0177", true],
    ["a word of a message", "welcome", true],
    ["the middle of a word", "elcome", false],
    ["nothing but punctuation", "()", false],
  ])("a group is found by %s", async (_what, query, isFound) => {
    const found = await list(`query=${query}`);
    expect(found.some((group) => group.participants.some((one) => one.phone === PEOPLE.juergen.phone))).toBe(isFound);
  });

  test("a group that only a message was found in comes with that message, and others without", async () => {
    const group = await made(["tom", "luis", "dana", "juergen"], { name: "Pelican Lane" });
    for (const said of ["The pelican is gold", "Señor Núñez’s", "Osprey is silver", "Nothing new"]) {
      await ava("POST", `/v1/groups/${group.id}/messages`, { id: newId(), text: said });
    }
    const search = async (query: string) => GroupPage.parse((await ava("GET", `/v1/groups?query=${query}`)).body);
    expect(await search("osprey")).toMatchObject({
      groups: [{ id: group.id }],
      said: [{ groupId: group.id, text: "Osprey is silver" }],
    });
    expect(await search("nunez")).toMatchObject({ groups: [{ id: group.id }], said: [{ text: "Señor Núñez’s" }] });
    expect(await search("n%C3%BA%C3%B1ez's")).toMatchObject({ groups: [{ id: group.id }] });
    expect(await search("pelican")).toMatchObject({ groups: [{ id: group.id }], said: [] });
    expect((await search("")).said).toEqual([]);
  });

  test.each(["welcome", "tom", "415", "+1415", "nunez", "a"])(
    "too many groups with %j are found page by page",
    async (query) => {
      const wanted = { userId: WORKSPACE.users[0]!.id, filter: "all", assignedTo: null, query } as const;
      const page = (
        rest: { before: GroupIdPage["next"]; limit: number },
        bounds?: { gathered: number; walked: number },
      ) =>
        inWorkspace(backend.context.database, WORKSPACE.id, (trx) =>
          pageGroupIds(trx, WORKSPACE.id, { ...wanted, ...rest }, bounds),
        );
      const whole = await page({ before: null, limit: 200 });
      expect(whole).toMatchObject({ next: null });
      expect(whole.ids.length).toBeGreaterThan(0);
      const walked: string[] = [];
      let before: GroupIdPage["next"] = null;
      do {
        const { ids, next } = await page({ before, limit: 2 }, { gathered: 0, walked: 3 });
        walked.push(...ids);
        before = next;
      } while (before !== null);
      expect(walked).toEqual(whole.ids);
    },
  );

  test("the list is filtered to what is unread, locked, or mine", async () => {
    const group = await made(["tom", "juergen"], { name: "Filtered" });
    const names = async (filter: string) => (await list(`filter=${filter}`)).map((one) => one.name);
    expect(await names("mine")).toContain("Filtered");
    expect(await names("unread")).not.toContain("Filtered");
    expect(await names("locked")).not.toContain("Filtered");
    await text("tom", ["juergen"], "News");
    await eventually(
      () => names("unread"),
      (found) => found.includes("Filtered"),
    );
    await ava("PUT", `/v1/groups/${group.id}/read`, { seq: 1 });
    expect(await names("unread")).not.toContain("Filtered");
    await text("juergen", ["tom"], "STOP");
    await eventually(
      () => names("locked"),
      (found) => found.includes("Filtered"),
    );
    await ava("PATCH", `/v1/groups/${group.id}`, { name: "Renamed" });
    expect((await list("query=renam")).map((one) => one.id)).toEqual([group.id]);
  });

  test("a group is found by a contact's new name, and listed for the one user all its contacts belong to", async () => {
    const group = await made(["priya", "dana"], { name: "Handover" });
    const theirs = async () => GroupPage.parse((await cleo("GET", "/v1/groups")).body).groups.map((one) => one.id);
    const crm = clientOf(backend.url, API_KEY);
    for (const id of ["priya", "dana"] as const) {
      expect(await theirs()).not.toContain(group.id);
      await crm("PUT", `/v1/contacts/${id}`, {
        name: id === "priya" ? "Priya Newname" : PEOPLE[id].name,
        ownerId: "u-cleo",
        doNotDisturb: false,
        smsStatus: "inactive",
        phones: [{ number: PEOPLE[id].phone, label: null, primary: true }],
        tags: [],
      });
    }
    expect(await theirs()).toContain(group.id);
    expect((await list("query=newname")).map((one) => one.id)).toContain(group.id);
  });

  test("nothing of a group but its name can be changed", async () => {
    const { id, participants, businessNumber } = (await list("filter=mine"))[0]!;
    const other = {
      participants: [{ contactId: "tom", phone: PEOPLE.tom.phone }],
      businessNumberId: WORKSPACE.numbers[2]!.id,
    };
    expect((await ava("PATCH", `/v1/groups/${id}`, { name: "Renamed", ...other })).status).toBe(200);
    for (const method of ["PUT", "POST", "DELETE"]) {
      expect((await ava(method, `/v1/groups/${id}`, other)).status).toBe(404);
      expect((await ava(method, `/v1/groups/${id}/participants`, other)).status).toBe(404);
    }
    expect(await read(id)).toMatchObject({ name: "Renamed", participants, businessNumber });
  });
});
