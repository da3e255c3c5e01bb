import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactPage, ContactsResolved } from "@partyline/contract/contact";
import type { Group } from "@partyline/contract/group";
import type { Session } from "@partyline/contract/session";
import { crmContact, DANA, LOCATION, LUIS, TOM } from "@partyline/sandbox/highlevel/highlevel-bench";
import { API_KEY, clientOf, eventually, WORKSPACE } from "../../testing/backend.ts";
import { CRM_PEOPLE, newGroup, openCrmOffice, STALE_MS, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf } from "../../testing/office.ts";
import { holdPeople } from "../../store/directory-people.ts";
import { inWorkspace } from "../../store/tenant.ts";
import { reconcile } from "./reconcile.ts";
import { syncPeople } from "./sync-people.ts";

describe.each(databases)("a workspace whose contacts are HighLevel's on $name", (engine) => {
  let office: CrmOffice;
  let group: Group;
  let ahead = 0;
  const hurry = (ms: number) => office.backend.setAhead((ahead += ms));
  const resolve = async (wanted: { ids?: string[]; phones?: string[] }) =>
    bodyOf(200, await office.ava<ContactsResolved>("POST", "/v1/contacts/resolve", wanted));
  const seen = () => office.group(group.id);

  beforeAll(async () => {
    office = await openCrmOffice(engine);
  });
  afterAll(() => office.close());

  test("nobody is found before an admin connects it, and the answer says so", async () => {
    const refused = await office.ava("POST", "/v1/contacts/resolve", { ids: [DANA.id] });
    expect(refused).toMatchObject({ status: 409, body: { code: "directory_not_connected" } });
    expect((await office.ben("GET", "/v1/directory")).status).toBe(403);
    const state = await office.ava("GET", "/v1/directory");
    expect(state.body).toMatchObject({ kind: "highlevel", connection: null, canAuthorize: true });
  });

  test("a token the CRM does not take is refused and not stored", async () => {
    const refused = await office.ava("PUT", "/v1/directory/highlevel/token", { token: "pit-of-somebody-else" });
    expect(refused).toMatchObject({ status: 422, body: { code: "directory_refused" } });
    expect((await office.ava("GET", "/v1/directory")).body).toMatchObject({ connection: null });
  });

  test("a private token connects it, and is nowhere in the database as it is", async () => {
    await office.connect();
    expect((await office.ava("GET", "/v1/directory")).body).toMatchObject({
      connection: { kind: "private_token", state: "connected" },
    });
    const { rows } = await office.backend.context.database.pool.query("select * from directory_connection");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("pit-of-the-sandbox");
  });

  test("contacts are the CRM's: found by id and by phone, and an unknown id is named", async () => {
    const found = await resolve({ ids: [DANA.id, "zzzzzzzzzzzzzzzzzzzz"], phones: ["(628) 555-0110"] });
    expect(found.contacts.map(({ name }) => name).toSorted()).toEqual(["Dana Wu", "Luis Ortega"]);
    expect(found.byPhone).toEqual([{ phone: "(628) 555-0110", contactIds: [LUIS.id] }]);
    expect(found.unknownIds).toEqual(["zzzzzzzzzzzzzzzzzzzz"]);
    expect(found.contacts.find(({ id }) => id === DANA.id)).toMatchObject({
      ownerId: "u-ava",
      ownerName: "Ava Brooks",
    });
  });

  test("what a page of another location shows is not looked up at all, neither by id nor by phone", async () => {
    const own = bodyOf(200, await office.ben<Session>("GET", "/v1/session")).crmAccount;
    expect(own).toEqual({ crm: "highlevel", id: LOCATION });
    const wanted = { ids: [DANA.id], phones: [LUIS.phone] };
    const other = { crm: "highlevel", id: "anotherLocation00001" };
    const before = await office.crm.callsTo("/");
    const refused = await office.ava("POST", "/v1/contacts/resolve", { ...wanted, account: other });
    expect(refused).toMatchObject({ status: 409, body: { code: "other_account" } });
    expect(JSON.stringify(refused.body)).not.toContain("Dana");
    expect(await office.crm.callsTo("/")).toBe(before);
    for (const account of [own, { crm: "hubspot", id: "40312" }]) {
      const found = await office.ava<ContactsResolved>("POST", "/v1/contacts/resolve", { ...wanted, account });
      expect(
        bodyOf(200, found)
          .contacts.map(({ id }) => id)
          .toSorted(),
      ).toEqual([DANA.id, LUIS.id].toSorted());
    }
  });

  test("a search is the CRM's, in pages", async () => {
    const people = Array.from({ length: 5 }, (_, index) =>
      crmContact(`searchedPerson00${index}`, "Zoe", `Number${index}`, `+1303555020${index}`),
    );
    for (const { id, ...person } of people) await office.crm.edit(id, person, { silent: true });
    const page = async (cursor: string) =>
      bodyOf(200, await office.ava<ContactPage>("GET", `/v1/contacts?query=zoe&limit=2${cursor}`));
    const first = await page("");
    expect(first).toMatchObject({ total: 5, next: "2" });
    expect(first.contacts.map(({ name }) => name)).toEqual(["Zoe Number0", "Zoe Number1"]);
    expect((await page("&cursor=4")).contacts.map(({ name }) => name)).toEqual(["Zoe Number4"]);
    const foreign = bodyOf(200, await office.cleo<ContactPage>("GET", "/v1/contacts?query=zoe"));
    expect(foreign.contacts).toEqual([]);
  });

  test("somebody known is not asked for again within half a minute", async () => {
    await resolve({ ids: [TOM.id] });
    const before = await office.crm.callsTo("/contacts/");
    await resolve({ ids: [TOM.id] });
    expect(await office.crm.callsTo("/contacts/")).toBe(before);
  });

  test("contacts are not written here", async () => {
    const { id, ...written } = { id: DANA.id, ...WRITTEN };
    const refused = await clientOf(office.backend.url, API_KEY)("PUT", `/v1/contacts/${id}`, written);
    expect(refused).toMatchObject({ status: 409, body: { code: "directory_external" } });
  });

  test("a group is judged on what the CRM says at that moment", async () => {
    await office.crm.edit(TOM.id, { smsStatus: "permanent" }, { silent: true });
    hurry(STALE_MS);
    const refused = await office.ava("POST", "/v1/groups", newGroup());
    expect(refused).toMatchObject({ status: 422, body: { code: "roster_refused" } });
    expect(JSON.stringify(refused.body["refusal"])).toContain("do_not_disturb");
    await office.crm.edit(TOM.id, { smsStatus: "inactive" }, { silent: true });
    hurry(STALE_MS);
    group = await office.openGroup();
    expect(group.participants).toHaveLength(3);
  });

  test("do-not-disturb set in the CRM locks the group within seconds, and lifting it unlocks it", async () => {
    await office.crm.edit(LUIS.id, { dnd: true });
    const start = Date.now();
    const locked = await eventually(seen, ({ lock }) => lock !== null, 5_000);
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(locked.lock).toMatchObject({ causes: [{ name: "Luis Ortega", reason: "do_not_disturb" }] });
    await office.crm.edit(LUIS.id, { dnd: false });
    await eventually(seen, ({ lock }) => lock === null, 5_000);
  });

  test("do-not-disturb for SMS alone locks it too, with the keys in lower case", async () => {
    await office.crm.behave({ dndKeys: "lower" });
    await office.crm.edit(LUIS.id, { smsStatus: "active" });
    const locked = await eventually(seen, ({ lock }) => lock !== null, 5_000);
    expect(locked.lock?.causes).toMatchObject([{ name: "Luis Ortega", reason: "do_not_disturb" }]);
    await office.crm.edit(LUIS.id, { smsStatus: "inactive" });
    await eventually(seen, ({ lock }) => lock === null, 5_000);
    await office.crm.behave({ dndKeys: "upper" });
  });

  test("an API that is behind its own webhook is asked again until it has caught up", async () => {
    await office.crm.behave({ staleReads: 2 });
    await office.crm.edit(LUIS.id, { dnd: true });
    const locked = await eventually(seen, ({ lock }) => lock !== null, 20_000);
    expect(locked.lock?.causes).toMatchObject([{ name: "Luis Ortega" }]);
    await office.crm.behave({ staleReads: 0 });
    await office.crm.edit(LUIS.id, { dnd: false });
    await eventually(seen, ({ lock }) => lock === null, 5_000);
  });

  test.each(["objects", "strings"])(
    "additional phones are read as %s, though no webhook carries them",
    async (shape) => {
      await office.crm.behave({ additionalPhones: shape });
      const phone = shape === "objects" ? "+16285550171" : "+16285550172";
      await office.crm.edit(LUIS.id, { additionalPhones: [{ phone, label: "work" }] });
      const find = async () => (await resolve({ ids: [LUIS.id] })).contacts[0]?.phones ?? [];
      const phones = await eventually(find, (now) => now.some((one) => one.number === phone), 5_000);
      expect(phones).toEqual([
        { number: LUIS.phone, label: null, primary: true },
        { number: phone, label: shape === "objects" ? "work" : null, primary: false },
      ]);
      expect((await resolve({ phones: [phone] })).byPhone).toEqual([{ phone, contactIds: [LUIS.id] }]);
    },
  );

  test("a changed number and a deleted contact are tagged, and the roster stays", async () => {
    await office.crm.edit(LUIS.id, { phone: "+16285550119" });
    await office.crm.remove(DANA.id);
    const { participants } = await eventually(
      seen,
      (now) => now.participants.every(({ contacts }, i) => i === 2 || contacts[0]?.tag !== null),
      8_000,
    );
    expect(participants.map(({ phone, contacts }) => ({ phone, tag: contacts[0]?.tag }))).toEqual([
      { phone: DANA.phone, tag: { kind: "deleted" } },
      { phone: LUIS.phone, tag: { kind: "updated", phone: "+16285550119", name: null } },
      { phone: TOM.phone, tag: null },
    ]);
    const { id, ...dana } = DANA;
    await office.crm.edit(id, dana);
    await eventually(seen, (now) => now.participants[0]?.contacts[0]?.tag === null, 8_000);
  });

  test("reassigning a contact takes the group from, and gives it to, somebody with assigned data only", async () => {
    const visible = async () => (await office.cleo("GET", `/v1/groups/${group.id}`)).status;
    expect(await visible()).toBe(404);
    for (const { id } of CRM_PEOPLE) await office.crm.edit(id, { assignedTo: "u-cleo" });
    await eventually(visible, (status) => status === 200, 8_000);
    await office.crm.edit(TOM.id, { assignedTo: null });
    await eventually(visible, (status) => status === 404, 8_000);
  });

  test("what a webhook never told is found by the slow look at people in groups", async () => {
    await office.crm.edit(TOM.id, { dnd: true }, { silent: true });
    await reconcile(office.backend.context, WORKSPACE.id);
    expect((await seen()).lock).toBeNull();
    await office.backend.context.database.pool.query(
      "update directory_contact set asked_at = asked_at - interval '13 hours'",
    );
    await reconcile(office.backend.context, WORKSPACE.id);
    expect((await seen()).lock).toMatchObject({ causes: [{ name: "Tom Ray" }] });
    await office.crm.edit(TOM.id, { dnd: false });
    await eventually(seen, ({ lock }) => lock === null, 5_000);
  });

  test("while the CRM is down, known people stay as they were and unknown ones are an honest failure", async () => {
    hurry(STALE_MS);
    await office.crm.behave({ next: Array.from({ length: 12 }, () => "server_error") });
    expect((await resolve({ ids: [TOM.id] })).contacts).toMatchObject([{ name: "Tom Ray" }]);
    await office.crm.behave({ next: Array.from({ length: 12 }, () => "server_error") });
    expect((await resolve({ phones: [TOM.phone ?? ""] })).contacts).toMatchObject([{ name: "Tom Ray" }]);
    const unknown = await office.ava("POST", "/v1/contacts/resolve", { ids: ["neverSeenPerson0001"] });
    expect(unknown).toMatchObject({ status: 503, body: { code: "directory_unavailable" } });
    await office.crm.behave({ next: [] });
  });

  test("one bad answer, a broken connection and a proxy's page are got over", async () => {
    for (const fault of ["server_error", "reset", "garbage", "hang", "rate_limited", "unauthorized"]) {
      hurry(STALE_MS);
      await office.crm.behave({ next: [fault] });
      expect([fault, (await resolve({ ids: [TOM.id] })).contacts]).toMatchObject([fault, [{ name: "Tom Ray" }]]);
    }
  });

  // It takes an interval of the vendor's: once is enough.
  test.runIf(engine.name === "postgresql")(
    "a search is refused with the cause, and when to try again, while the CRM limits requests for long",
    async () => {
      await office.crm.behave({ next: Array.from({ length: 8 }, () => "rate_limited") });
      const start = Date.now();
      const refused = await office.ava("GET", "/v1/contacts?query=dana");
      expect(Date.now() - start).toBeLessThan(15_000);
      expect(refused).toMatchObject({
        status: 503,
        body: { code: "directory_limited", retryAfter: expect.any(Number) },
      });
      expect(refused.body["detail"]).toMatch(/^HighLevel is limiting requests; try again in \d+ s\.$/);
      expect(refused.headers.get("retry-after")).toBe(String(refused.body["retryAfter"]));
      await office.crm.behave({ next: [] });
    },
    30_000,
  );

  test("no log line holds a phone number, a name or a token", () => {
    const log = JSON.stringify(office.backend.log);
    expect(log).not.toMatch(/\+1\d{10}|Tom Ray|pit-of-the-sandbox/);
  });

  test("disconnected, contacts stay as last known and nothing more is asked", async () => {
    expect((await office.ava("DELETE", "/v1/directory/highlevel")).status).toBe(204);
    hurry(STALE_MS);
    const before = await office.crm.callsTo("/");
    expect((await resolve({ ids: [TOM.id] })).contacts).toMatchObject([{ name: "Tom Ray" }]);
    expect(await office.crm.callsTo("/")).toBe(before);
    expect((await office.ava("DELETE", "/v1/directory/highlevel")).status).toBe(404);
  });
});

test("a user whose permissions the CRM does not name keeps what they may see", async () => {
  const office = await openCrmOffice(databases[0]!);
  const { context } = office.backend;
  const people = await inWorkspace(context.database, WORKSPACE.id, async (trx) => {
    const ava = { crmUserId: "u-ava", name: "Ava", role: "admin", assignedDataOnly: null, deleted: false } as const;
    const cleo = { crmUserId: "u-cleo", name: "Cleo", role: "user", assignedDataOnly: null, deleted: false } as const;
    await syncPeople(context, trx, WORKSPACE.id, { users: [ava, cleo], numbers: [] });
    return holdPeople(trx, WORKSPACE.id);
  });
  expect(people.find(({ crmUserId }) => crmUserId === "u-cleo")).toMatchObject({ assignedDataOnly: true });
  expect(people.find(({ crmUserId }) => crmUserId === "u-ava")).toMatchObject({ assignedDataOnly: false });
  await office.close();
});

const WRITTEN = {
  name: "Dana W.",
  ownerId: null,
  doNotDisturb: false,
  smsStatus: "inactive",
  phones: [{ number: "+14155550142", label: null, primary: true }],
  tags: [],
};
