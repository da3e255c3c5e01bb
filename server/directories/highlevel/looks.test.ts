import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { ContactsResolved } from "@partyline/contract/contact";
import type { Group } from "@partyline/contract/group";
import type { Message, MessagePage } from "@partyline/contract/message";
import { crmContact, DANA, LUIS, TOM } from "@partyline/sandbox/highlevel/highlevel-bench";
import { eventually, WORKSPACE } from "../../testing/backend.ts";
import { CRM_PEOPLE, newGroup, openCrmOffice, STALE_MS, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf } from "../../testing/office.ts";
import { reconcile } from "./reconcile.ts";

const MINUTE_MS = 60_000;

describe("what no webhook tells", () => {
  let office: CrmOffice;
  let group: Group;
  let ahead = 0;
  const hurry = (ms: number) => office.backend.setAhead((ahead += ms));
  const seen = () => office.group(group.id);
  const send = (id = newId()) =>
    office.ava<Message>("POST", `/v1/groups/${group.id}/messages`, { id, text: "Closing at 3 pm" });
  const setDnd = async (dnd: boolean, people = [TOM]) => {
    for (const { id } of people) await office.crm.edit(id, { dnd }, { silent: true });
    hurry(STALE_MS);
  };
  const messages = async () =>
    bodyOf(200, await office.ava<MessagePage>("GET", `/v1/groups/${group.id}/messages`)).messages;

  beforeAll(async () => {
    office = await openCrmOffice(databases[0]!);
    await office.connect();
    group = await office.openGroup();
  });
  afterAll(() => office.close());

  test("is seen when the thread is opened: do-not-disturb locks the group, and its end unlocks it", async () => {
    await setDnd(true);
    await eventually(seen, ({ lock }) => lock !== null, 3_000);
    await setDnd(false);
    await eventually(seen, ({ lock }) => lock === null, 3_000);
  });

  test("is seen before a text leaves", async () => {
    await setDnd(true);
    expect(await send()).toMatchObject({ status: 409, body: { code: "group_locked" } });
    expect(await messages()).toEqual([]);
    await setDnd(false);
    expect((await send()).status).toBe(202);
  });

  test("costs one call for each person and one for who else has their numbers, however many look at once, and none half a minute later", async () => {
    hurry(STALE_MS);
    const before = await office.crm.callsTo("/contacts/");
    await office.crm.behave({ responseDelayMs: 200 });
    await Promise.all([seen(), seen(), send(), seen()]);
    await send();
    await seen();
    await office.crm.behave({ responseDelayMs: 0 });
    expect((await office.crm.callsTo("/contacts/")) - before).toBe(CRM_PEOPLE.length + 1);
  });

  test("is waited for only so long, and still keeps the text from leaving when it comes before it does", async () => {
    await setDnd(true, CRM_PEOPLE);
    // Each person's call and the one for their numbers.
    await office.crm.behave({ next: ["hang", ...CRM_PEOPLE.map(() => "hang")] });
    const start = Date.now();
    const { id } = bodyOf(202, await send());
    expect(Date.now() - start).toBeLessThan(5_000);
    await eventually(
      async () => (await messages()).find((message) => message.id === id),
      (message) => message?.held === true,
      8_000,
    );
    await setDnd(false, CRM_PEOPLE);
    await eventually(seen, ({ lock }) => lock === null, 3_000);
  });
});

// An office of its own: a look that is still under way for somebody who opened a thread is a look as well.
describe("what no webhook tells, while nobody opens the thread,", () => {
  let office: CrmOffice;
  const sql = (text: string) => office.backend.context.database.pool.query(text);
  const isLocked = async () =>
    (await sql("select locked_since from groups")).rows.some((row) => row.locked_since !== null);

  beforeAll(async () => {
    office = await openCrmOffice(databases[0]!);
    await office.connect();
    await office.openGroup();
  });
  afterAll(() => office.close());

  test.each([
    ["private_token", 14, 16],
    ["oauth", 11 * 60, 13 * 60],
  ])(
    "of people in groups is found by the slow look, connected by %s: after %i minutes not, after %i",
    async (...of) => {
      const [kind, before, after] = of;
      await sql(`update directory_connection set kind = '${kind}'`);
      await sql("update directory_contact set asked_at = now()");
      await office.crm.edit(TOM.id, { dnd: true }, { silent: true });
      office.backend.setAhead(before * MINUTE_MS);
      await reconcile(office.backend.context, WORKSPACE.id);
      expect(await isLocked()).toBe(false);
      office.backend.setAhead(after * MINUTE_MS);
      await reconcile(office.backend.context, WORKSPACE.id);
      expect(await isLocked()).toBe(true);
      await office.crm.edit(TOM.id, { dnd: false }, { silent: true });
      await sql("update directory_contact set asked_at = null");
      await reconcile(office.backend.context, WORKSPACE.id);
      expect(await isLocked()).toBe(false);
    },
  );

  test("of the others is found by it though the CRM stumbles over one", async () => {
    await office.crm.behave({ brokenContacts: [DANA.id] });
    await office.crm.edit(TOM.id, { dnd: true }, { silent: true });
    await sql("update directory_contact set asked_at = null");
    await reconcile(office.backend.context, WORKSPACE.id);
    expect(await isLocked()).toBe(true);
    await office.crm.behave({ brokenContacts: [] });
    await office.crm.edit(TOM.id, { dnd: false }, { silent: true });
    await reconcile(office.backend.context, WORKSPACE.id);
  });
});

describe("a record of the CRM that cannot be read", () => {
  const odd = crmContact("oddRecord00000000001", "Odd", "Record", "+13035550199");
  let office: CrmOffice;
  const resolve = (ids: string[]) => office.ava<ContactsResolved>("POST", "/v1/contacts/resolve", { ids });

  beforeAll(async () => {
    office = await openCrmOffice(databases[0]!, { crm: { contacts: [...CRM_PEOPLE, odd] } });
    await office.connect();
    await office.crm.behave({ oddContacts: [odd.id] });
  });
  afterAll(() => office.close());

  test("is named with its reason, and hides none of the others", async () => {
    const found = bodyOf(200, await resolve([DANA.id, odd.id, LUIS.id, "zzzzzzzzzzzzzzzzzzzz"]));
    expect(found.contacts.map(({ name }) => name).toSorted()).toEqual(["Dana Wu", "Luis Ortega"]);
    expect(found).toMatchObject({
      unknownIds: ["zzzzzzzzzzzzzzzzzzzz"],
      unreadable: [{ id: odd.id, reason: "unreadable_contact" }],
    });
    expect(bodyOf(200, await resolve([odd.id])).unreadable).toHaveLength(1);
  });

  test("keeps its person out of a new group, with that reason", async () => {
    const refused = await office.ava("POST", "/v1/groups", newGroup([DANA, odd]));
    expect(refused).toMatchObject({ status: 422, body: { code: "roster_refused" } });
    expect(refused.body["refusal"]).toMatchObject({
      who: [{ contactId: odd.id, refusal: { reason: "unreadable_contact" } }],
    });
  });

  test("is one the CRM does not answer about just now, where it stumbles over it alone", async () => {
    await office.crm.behave({ oddContacts: [], brokenContacts: [odd.id] });
    expect(bodyOf(200, await resolve([DANA.id, odd.id]))).toMatchObject({
      contacts: [{ name: "Dana Wu" }],
      unknownIds: [],
      unreadable: [{ id: odd.id, reason: "unanswered_contact" }],
    });
    const later = await office.ava("POST", "/v1/groups", newGroup([DANA, odd]));
    expect(later).toMatchObject({ status: 503, body: { code: "directory_unavailable" } });
  });
});
