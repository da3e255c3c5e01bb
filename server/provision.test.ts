import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BusinessNumbers } from "@partyline/contract/number";
import type { Session } from "@partyline/contract/session";
import type { SyncPage } from "@partyline/contract/sync";
import { provision } from "./provision.ts";
import { clientOf, eventually, WORKSPACE } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, freshNumbers, openOffice, type Office } from "./testing/office.ts";

type Client = Office["ava"];

/** The workspace file of the tests, read again after an operator changed it. */
describe.each(databases)("a workspace file that changed, on $name", (engine) => {
  let office: Office;
  const [ava, ben, cleo] = WORKSPACE.users as [User, User, User];
  const [main, bens] = WORKSPACE.numbers as [Number, Number];
  type User = (typeof WORKSPACE.users)[number];
  type Number = (typeof WORKSPACE.numbers)[number];

  beforeAll(async () => {
    office = await openOffice(engine, { works: false });
  });
  afterAll(() => office.close());

  const read = async (user: Client, cursor?: string) =>
    bodyOf(200, await user<SyncPage>("GET", `/v1/sync${cursor === undefined ? "" : `?cursor=${cursor}`}`));
  const apply = (change: Partial<typeof WORKSPACE> = {}) =>
    provision(office.backend.context, { ...WORKSPACE, ...change });

  test("read again as it was, is no news to anybody", async () => {
    const { cursor } = await read(office.ava);
    await apply();
    expect(await read(office.ava, cursor)).toMatchObject({ changes: [], reset: false, cursor });
  });

  test("with other numbers reaches everybody, and a number taken out sends no more", async () => {
    const { cursor } = await read(office.cleo);
    await apply({ numbers: [{ ...main, label: "Front desk" }] });
    expect(await read(office.cleo, cursor)).toMatchObject({ reset: true });
    const { numbers } = bodyOf(200, await office.ava<BusinessNumbers>("GET", "/v1/numbers"));
    expect(numbers.find(({ id }) => id === main.id)).toMatchObject({ label: "Front desk", refusal: null });
    expect(numbers.find(({ id }) => id === bens.id)?.refusal).toEqual({ reason: "number_not_connected" });
    await apply();
    const back = bodyOf(200, await office.ava<BusinessNumbers>("GET", "/v1/numbers")).numbers;
    expect(back.find(({ id }) => id === bens.id)?.refusal).toBeNull();
  });

  test("with another location of the CRM reaches everybody, who has to know whose pages are theirs", async () => {
    const account = async () => bodyOf(200, await office.cleo<Session>("GET", "/v1/session")).crmAccount;
    expect(await account()).toBeUndefined();
    // Kept here, contacts have no account that a page could differ from.
    const page = { ids: ["c-1"], account: { crm: "highlevel", id: "anotherLocation00001" } };
    bodyOf(200, await office.cleo("POST", "/v1/contacts/resolve", page));
    for (const locationId of ["ve9EPM428h8vShlRW1KT", "Kq2mTz81LwYvNcRb5XhD"]) {
      const { cursor } = await read(office.cleo);
      await apply({ directory: { kind: "highlevel", locationId, timelineCopies: false } });
      expect(await read(office.cleo, cursor)).toMatchObject({ reset: true });
      expect(await account()).toEqual({ crm: "highlevel", id: locationId });
    }
    await apply();
    expect(await account()).toBeUndefined();
  });

  test("with other rights for somebody reaches them alone, with what they may see from now on", async () => {
    const group = await office.openGroup(freshNumbers(2));
    const [bensCursor, avas] = [(await read(office.ben)).cursor, (await read(office.ava)).cursor];
    await apply({ users: [ava, { ...ben, assignedDataOnly: true }, cleo] });
    // Asked at once, while the rights of a moment ago are still remembered.
    const page = await read(office.ben, bensCursor);
    expect(page.reset).toBe(true);
    expect(JSON.stringify(page.changes)).not.toContain(group.id);
    expect(bodyOf(200, await office.ben<Session>("GET", "/v1/session")).user.assignedDataOnly).toBe(true);
    expect(await read(office.ava, avas)).toMatchObject({ reset: false, changes: [] });
    await apply();
    expect(JSON.stringify((await read(office.ben, page.cursor)).changes)).toContain(group.id);
  });

  test("without somebody signs them out everywhere and keeps them out, until they are back in it", async () => {
    const { backend } = office;
    const other = clientOf(backend.url, await backend.tokenOf("ben"));
    await apply({ users: [ava, cleo], numbers: [main] });
    for (const session of [office.ben, other]) {
      expect(await session("GET", "/v1/session")).toMatchObject({ status: 401, body: { code: "session_revoked" } });
    }
    // Their account still knows their password, but leads nowhere.
    const again = clientOf(backend.url, await backend.tokenOf("ben"));
    await eventually(
      () => again("GET", "/v1/groups"),
      ({ status }) => status === 403,
    );
    await apply();
    await eventually(
      () => again("GET", "/v1/groups"),
      ({ status }) => status === 200 || status === 401,
    );
    const back = clientOf(backend.url, await backend.tokenOf("ben"));
    expect((await back("GET", "/v1/groups")).status).toBe(200);
  });

  test("without an API key ends the key", async () => {
    expect((await office.crm("GET", "/v1/contacts")).status).toBe(200);
    await apply({ apiKeys: [] });
    expect((await office.crm("GET", "/v1/contacts")).status).toBe(401);
  });
});
