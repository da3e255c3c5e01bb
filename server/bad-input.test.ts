import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contact } from "@partyline/domain/contact";
import { textCases } from "@partyline/domain/message-text.cases";
import { OTHER_OWN, OWN, rosterCases, type RosterCase } from "@partyline/domain/roster.cases";
import type { Group, GroupPage } from "@partyline/contract/group";
import { WORKSPACE } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, firstMessage, freshNumbers, openOffice, personWith, type Office } from "./testing/office.ts";

/**
 * Rosters as a carrier of eight judges them, for an admin, to whom everybody may be named: the others are the domain's own
 * tests'.
 */
const carriedRosters = rosterCases.filter(
  ({ maxParticipants = 8, doNotDisturbs = [] }) =>
    maxParticipants === 8 && doNotDisturbs.every(([, holder]) => holder !== null),
);

describe.each(databases)("bad input on $name", (engine) => {
  let office: Office;
  let group: Group;

  beforeAll(async () => {
    office = await openOffice(engine, { environment: { SENDS_PER_MINUTE: "10000" } });
    group = await office.openGroup(freshNumbers(2));
  });
  afterAll(() => office.close());

  async function writeDirectory({ picks, optOuts = [], doNotDisturbs = [] }: RosterCase): Promise<void> {
    const contacts = [...new Map(picks.map(({ contact }) => [contact.id, contact])).values()];
    if (contacts.length > 0) bodyOf(200, await office.crm("POST", "/v1/contacts/import", { contacts }));
    for (const { id } of contacts.filter(({ deletedAt }) => deletedAt !== null)) {
      bodyOf(204, await office.crm("DELETE", `/v1/contacts/${id}`));
    }
    for (const phone of optOuts) await wish(contacts, phone, "STOP");
    for (const [phone, holder] of doNotDisturbs) {
      const disturbed = { ...personWith(phone), name: holder?.name, doNotDisturb: true };
      bodyOf(200, await office.crm("PUT", `/v1/contacts/${holder?.id}`, disturbed));
    }
  }

  async function wish(contacts: Contact[], phone: string, text: "STOP" | "START"): Promise<void> {
    const owner = contacts.find(({ phones }) => phones.some(({ number }) => number === phone));
    await office.carrier("POST", `/handsets/${phone}/texts`, { to: [OWN], text });
    await expect
      .poll(
        async () => (await office.crm<Contact & { optedOutOf: unknown[] }>("GET", `/v1/contacts/${owner?.id}`)).body,
        {
          timeout: 10_000,
        },
      )
      .toMatchObject({ optedOutOf: text === "STOP" ? [{ businessNumber: OWN, phone }] : [] });
  }

  test.each(carriedRosters)("roster: $title", async (one) => {
    await writeDirectory(one);
    const wanted = {
      ...office.groupRequest([], []),
      participants: one.picks.map(({ contact, phone }) => ({ contactId: contact.id, phone })),
    };
    const answer = await office.ava("POST", "/v1/groups", wanted);
    for (const phone of one.optOuts ?? [])
      await wish(
        one.picks.map(({ contact }) => contact),
        phone,
        "START",
      );
    for (const [, holder] of one.doNotDisturbs ?? []) await office.crm("DELETE", `/v1/contacts/${holder?.id}`);
    if ("refusal" in one.expected) {
      expect(answer).toMatchObject({
        status: 422,
        body: { code: "roster_refused", refusal: one.expected.refusal, detail: expect.stringMatching(/\S+ .+\.$/) },
      });
      return;
    }
    const created = bodyOf(201, answer) as unknown as Group;
    expect(
      created.participants.map(({ phone, contacts }) => ({ phone, contacts: contacts.map(({ id }) => id).toSorted() })),
    ).toEqual(one.expected.roster.map(({ phone, contacts }) => ({ phone, contacts: contacts.toSorted() })));
  });

  test("a thread that somebody began with two of our numbers in it is not to be made a group", async () => {
    const [phone] = freshNumbers(1) as [string];
    await office.carrier("POST", `/handsets/${phone}/texts`, { to: [OWN, OTHER_OWN], text: "Both of you" });
    const find = async () => bodyOf(200, await office.ava<GroupPage>("GET", "/v1/groups?query=both")).groups;
    const isFromBoth = ({ businessNumber, participants }: Group) =>
      businessNumber.number === OWN && participants.some((one) => one.phone === OTHER_OWN);
    await expect.poll(async () => (await find()).some(isFromBoth), { timeout: 10_000 }).toBe(true);
    const people = await office.addPeople([phone, OTHER_OWN]);
    const refused = await office.ava("POST", "/v1/groups", office.groupRequest(people, [phone, OTHER_OWN]));
    const who = [{ contactId: people[1], refusal: { reason: "own_number" } }];
    expect(refused).toMatchObject({ status: 422, body: { code: "roster_refused", refusal: { who } } });
    await office.crm("DELETE", `/v1/contacts/${people[1]}`);
  });

  test("a contact nobody knows is named as such, and so is one of somebody else's for a user with assigned data only", async () => {
    const numbers = freshNumbers(2);
    const [avas, cleos] = [await office.addPeople([numbers[0]!]), await office.addPeople([numbers[1]!], "u-cleo")];
    for (const [contactId] of [avas, ["c-nobody"]]) {
      const wanted = office.groupRequest([contactId!, cleos[0]!], numbers);
      const refused = await office.cleo("POST", "/v1/groups", wanted);
      const who = [{ contactId, name: "", phone: numbers[0], refusal: { reason: "unknown_contact" } }];
      expect(refused).toMatchObject({ status: 422, body: { refusal: { reason: "cannot_join", who } } });
    }
  });

  test.each(textCases)("text: $title", async ({ text, refusal }) => {
    const before = (await office.messages(group.id)).length;
    const id = newId();
    const sent = await office.ava("POST", `/v1/groups/${group.id}/messages`, { id, text });
    const numbers = freshNumbers(2);
    const wanted = office.groupRequest(await office.addPeople(numbers), numbers, firstMessage(text));
    const opened = await office.ava("POST", "/v1/groups", wanted);
    if (refusal === null) {
      expect([sent.status, opened.status]).toEqual([202, 201]);
      expect((await office.messages(group.id)).at(-1)).toMatchObject({ id, text });
      return;
    }
    for (const answer of [sent, opened]) {
      expect(answer).toMatchObject({
        status: 422,
        body: { code: "text_refused", refusal, detail: expect.stringMatching(/empty|1600 is the most/) },
      });
    }
    expect(await office.messages(group.id)).toHaveLength(before);
  });

  test("a business number the workspace does not have is refused", async () => {
    const numbers = freshNumbers(2);
    const people = await office.addPeople(numbers);
    const wanted = office.groupRequest(people, numbers, { businessNumberId: newId() });
    expect(await office.ava("POST", "/v1/groups", wanted)).toMatchObject({
      status: 422,
      body: { code: "unknown_number" },
    });
  });

  test("a number that cannot carry a group, or is a colleague's, is refused with the reason", async () => {
    const numbers = freshNumbers(2);
    const people = await office.addPeople(numbers, "u-cleo");
    const tollFree = office.groupRequest(people, numbers, { businessNumberId: WORKSPACE.numbers[3]!.id });
    expect(await office.ava("POST", "/v1/groups", tollFree)).toMatchObject({
      status: 403,
      body: { code: "number_not_usable", refusal: { reason: "number_cannot_group", kind: "toll_free" } },
    });
    const bens = office.groupRequest(people, numbers, { businessNumberId: WORKSPACE.numbers[1]!.id });
    expect(await office.cleo("POST", "/v1/groups", bens)).toMatchObject({
      status: 403,
      body: { code: "number_not_usable", refusal: { reason: "number_assigned_to_other" } },
    });
  });

  test.each([
    ["what is not JSON", "{ not json", {}, 400, "invalid_json"],
    ["another content type", "id=1", { "content-type": "application/x-www-form-urlencoded" }, 400, "invalid_json"],
    ["JSON of another kind", "[]", {}, 400, "invalid_request"],
    ["a body over a megabyte", JSON.stringify({ text: "x".repeat(1024 * 1024) }), {}, 413, "payload_too_large"],
    ["a text that cannot be stored", JSON.stringify({ id: newId(), text: "a\u0000b" }), {}, 400, "invalid_request"],
    [
      "no idempotency key",
      JSON.stringify({ id: newId(), text: "Hi" }),
      { "idempotency-key": "" },
      400,
      "idempotency_key_missing",
    ],
    [
      "a key that is none",
      JSON.stringify({ id: newId(), text: "Hi" }),
      { "idempotency-key": "a b" },
      400,
      "idempotency_key_missing",
    ],
  ])("%s is refused and nothing is stored", async (_, body, headers, status, code) => {
    const before = await office.messages(group.id);
    const refused = await office.ava("POST", `/v1/groups/${group.id}/messages`, body, headers);
    expect(refused).toMatchObject({ status, body: { code, status, requestId: expect.any(String) } });
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await office.messages(group.id)).toEqual(before);
  });

  test("a body of the wrong shape is refused with a pointer to each fault", async () => {
    const wanted = office.groupRequest(["c-1"], ["x"], { businessNumberId: "main", participants: [{ contactId: 7 }] });
    const refused = await office.ava<{ code: string; errors: { pointer: string }[] }>("POST", "/v1/groups", wanted);
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual([
      "/businessNumberId",
      "/participants/0/contactId",
      "/participants/0/phone",
    ]);
  });

  test.each([
    ["/v1/groups?cursor=made-up"],
    ["/v1/groups?cursor=2026-11-01T12:00:00.000Z_------------------------------------"],
    ["/v1/groups?limit=0"],
    ["/v1/groups/not-an-id"],
    ["/v1/groups/01900000-0000-7000-8000-000000000001/messages?before=99999999999"],
    ["/v1/sync?cursor=-1"],
    ["/v1/sync?wait=26"],
    ["/v1/sync?wait=soon"],
    ["/v1/contacts?cursor=x"],
    ["/v1/contacts?limit=1000"],
  ])("%s is refused as invalid", async (path) => {
    expect(await office.ava("GET", path)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });

  test.each([
    ["/v1/groups/01900000-0000-7000-8000-00000000dead"],
    ["/v1/contacts/c-nobody"],
    ["/v1/nothing"],
    ["/nothing"],
  ])("%s is not found", async (path) => {
    expect(await office.ava("GET", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  test("an id written in capitals is the same id", async () => {
    const answer = await office.ava("GET", `/v1/groups/${group.id.toUpperCase()}`);
    expect(answer).toMatchObject({ status: 200, body: { id: group.id } });
  });

  test("a repeated write is answered as the first was, and done once", async () => {
    const message = { id: newId(), text: "Only once" };
    const headers = { "idempotency-key": newId() };
    const write = () => office.ava("POST", `/v1/groups/${group.id}/messages`, message, headers);
    const [first, second] = [await write(), await write()];
    expect(first.status).toBe(202);
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect((await office.messages(group.id)).filter(({ text }) => text === "Only once")).toHaveLength(1);
    const other = await office.ava("POST", `/v1/groups/${group.id}/messages`, { ...message, text: "Other" }, headers);
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
  });

  test("a refused write leaves its key free", async () => {
    const headers = { "idempotency-key": newId() };
    const path = `/v1/groups/${group.id}/messages`;
    const message = { id: newId(), text: "After a refusal" };
    expect((await office.ava("POST", path, { ...message, text: "" }, headers)).status).toBe(422);
    expect((await office.ava("POST", path, message, headers)).status).toBe(202);
  });

  test("the same write twice at once is done once and answered twice", async () => {
    const numbers = freshNumbers(2);
    const wanted = office.groupRequest(await office.addPeople(numbers), numbers, firstMessage("Twice at once"));
    const headers = { "idempotency-key": newId() };
    const answers = await Promise.all([1, 2, 3].map(() => office.ava("POST", "/v1/groups", wanted, headers)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(await office.messages((wanted as Group).id)).toHaveLength(1);
  });

  test("the same people at once from several users become one group, and the others are told which", async () => {
    const numbers = freshNumbers(3);
    const people = await office.addPeople(numbers);
    const answers = await Promise.all(
      [office.ava, office.ben, office.ava, office.ben].map((user) =>
        user<{ id?: string; groupId?: string }>("POST", "/v1/groups", office.groupRequest(people, numbers)),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409, 409, 409]);
    const made = answers.find(({ status }) => status === 201)?.body.id;
    for (const { status, body } of answers)
      if (status === 409) expect(body).toMatchObject({ code: "group_exists", groupId: made });
  });

  test("a group that exists but is not for this user is not named", async () => {
    const [shared, own] = freshNumbers(2) as [string, string];
    const avas = await office.addPeople([shared, own]);
    bodyOf(201, await office.ava("POST", "/v1/groups", office.groupRequest(avas, [shared, own])));
    const cleos = await office.addPeople([shared, own], "u-cleo");
    const refused = await office.cleo("POST", "/v1/groups", office.groupRequest(cleos, [shared, own]));
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "group_exists", detail: expect.stringContaining("colleague") },
    });
    expect(refused.body).not.toHaveProperty("groupId");
  });

  test("messages sent at once are numbered without gap or repeat", async () => {
    const { id } = await office.openGroup(freshNumbers(2));
    const sent = await Promise.all(Array.from({ length: 12 }, (_, index) => office.send(id, `At once ${index}`)));
    expect(sent.map(({ seq }) => seq).toSorted((one, other) => one - other)).toEqual(sent.map((_, index) => index + 1));
    const stored = await office.messages(id);
    expect(stored.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
  });

  test("an id that belongs to another message is refused, and the other message stays", async () => {
    const taken = await office.send(group.id, "Mine");
    const { id } = await office.openGroup(freshNumbers(2));
    const refused = await office.ava("POST", `/v1/groups/${id}/messages`, { id: taken.id, text: "Not mine" });
    expect(refused).toMatchObject({ status: 409, body: { code: "id_taken" } });
    expect((await office.messages(group.id)).find((one) => one.id === taken.id)?.text).toBe("Mine");
  });

  test("an import that names somebody twice keeps what it says last", async () => {
    const id = `c-${newId()}`;
    const [first, last] = freshNumbers(2).map((number) => ({ id, ...personWith(number) }));
    expect(await office.crm("POST", "/v1/contacts/import", { contacts: [first, last] })).toMatchObject({ status: 200 });
    expect((await office.crm("GET", `/v1/contacts/${id}`)).body).toMatchObject({ phones: last!.phones });
  });

  test("imports of the same people in another order do not stand in each other's way", async () => {
    const contacts = freshNumbers(60).map((number) => ({ id: `c-${newId()}`, ...personWith(number) }));
    const orders = [contacts, contacts.toReversed(), contacts, contacts.toReversed()];
    const answers = await Promise.all(
      orders.map((some) => office.crm("POST", "/v1/contacts/import", { contacts: some })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test("five hundred contacts are written in one go and found by their phones", async () => {
    const contacts = freshNumbers(500).map((number) => ({ id: `c-${newId()}`, ...personWith(number) }));
    expect((await office.crm("POST", "/v1/contacts/import", { contacts })).body).toEqual({ count: 500 });
    const found = await office.ava("POST", "/v1/contacts/resolve", {
      phones: [contacts[499]!.phones[0]!.number, "+13035559999"],
    });
    expect(found.body).toMatchObject({ contacts: [{ id: contacts[499]!.id }], unknownPhones: ["+13035559999"] });
  });
});

describe.each(databases)("somebody who sends too fast on $name", (engine) => {
  test("is told when to go on, and nobody else is", async () => {
    const office = await openOffice(engine, { environment: { SENDS_PER_MINUTE: "3" } });
    const { id } = await office.openGroup(freshNumbers(2));
    const path = `/v1/groups/${id}/messages`;
    for (const text of ["One", "Two"]) await office.send(id, text);
    const refused = await office.ava("POST", path, { id: newId(), text: "Three" });
    expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited", retryAfter: expect.any(Number) } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await office.ben("POST", path, { id: newId(), text: "Three" })).status).toBe(202);
    expect(await office.messages(id)).toHaveLength(3);
    await office.close();
  });
});
