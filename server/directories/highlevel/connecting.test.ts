import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BusinessNumbers } from "@partyline/contract/number";
import type { Session } from "@partyline/contract/session";
import type { SyncPage } from "@partyline/contract/sync";
import { CLIENT_ID, CRM_NUMBERS, CRM_USERS, crmNumber, DANA } from "@partyline/sandbox/highlevel/highlevel-bench";
import { clientOf, eventually } from "../../testing/backend.ts";
import { openCrmOffice, STALE_MS, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf, openOffice } from "../../testing/office.ts";

const embedded = databases[0]!;

describe("connecting a workspace to its location", () => {
  let office: CrmOffice;
  let ahead = 0;
  const hurry = (ms: number) => office.backend.setAhead((ahead += ms));
  const state = async () => bodyOf(200, await office.ava("GET", "/v1/directory"));
  const begin = async () =>
    bodyOf(200, await office.ava<{ authorizeUrl: string }>("POST", "/v1/directory/highlevel/connect", {})).authorizeUrl;
  const look = () => office.ava("POST", "/v1/contacts/resolve", { ids: [DANA.id] });

  beforeAll(async () => {
    office = await openCrmOffice(embedded);
  });
  afterAll(() => office.close());

  test("asks for the location at the marketplace, with a state nobody can guess", async () => {
    const url = new URL(await begin());
    expect(url.pathname).toBe("/v2/oauth/chooselocation");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      redirect_uri: `${office.backend.url}/directory/highlevel/callback`,
      scope: expect.stringContaining("contacts.readonly"),
    });
    expect(url.searchParams.get("state")?.length).toBeGreaterThan(40);
  });

  test("only an admin may begin", async () => {
    expect((await office.ben("POST", "/v1/directory/highlevel/connect", {})).status).toBe(403);
    expect((await office.ben("PUT", "/v1/directory/highlevel/token", { token: "pit-12345678" })).status).toBe(403);
    expect((await office.ben("DELETE", "/v1/directory/highlevel")).status).toBe(403);
    expect((await office.ben("POST", "/v1/directory/sync", {})).status).toBe(403);
  });

  test("an answer without our state, or with a made-up one, connects nothing", async () => {
    for (const query of ["?code=abc", "?code=abc&state=made-up", ""]) {
      const answer = await fetch(`${office.backend.url}/directory/highlevel/callback${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain("Start again");
    }
    expect(await state()).toMatchObject({ connection: null });
  });

  test("a state that is older than ten minutes no longer works", async () => {
    const back = await office.crm.allow(await begin());
    const { context } = office.backend;
    await context.database.pool.query("update directory_authorization set expires_at = now() - interval '1 second'");
    expect((await fetch(back)).status).toBe(400);
  });

  test("the admin's yes connects it, once", async () => {
    const back = await office.crm.allow(await begin());
    const answer = await fetch(back);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("Connected")]);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await state()).toMatchObject({ connection: { kind: "oauth", state: "connected" } });
    expect((await fetch(back)).status).toBe(400);
    expect(await look()).toMatchObject({ status: 200, body: { contacts: [{ name: "Dana Wu" }] } });
  });

  test("a token that ends before its time is renewed on the way, unnoticed", async () => {
    await office.crm.control("POST", "/tokens/expire", {});
    hurry(STALE_MS);
    const before = await office.crm.counts();
    expect(await look()).toMatchObject({ status: 200 });
    expect((await office.crm.counts()).refreshes).toBe(before.refreshes + 1);
  });

  test("roles and numbers are the CRM's from then on", async () => {
    await eventually(state, ({ peopleSyncedAt }) => peopleSyncedAt !== null);
    await office.crm.control("PUT", "/users", [
      CRM_USERS[0]!,
      { ...CRM_USERS[1]!, assignedDataOnly: true },
      { ...CRM_USERS[2]!, role: "admin", assignedDataOnly: false },
    ]);
    await office.crm.control("PUT", "/numbers", [
      { ...CRM_NUMBERS[0]!, isDefaultNumber: false, linkedUser: "u-of-nobody-here" },
      { ...CRM_NUMBERS[1]!, isDefaultNumber: true, linkedUser: null },
      CRM_NUMBERS[2]!,
      CRM_NUMBERS[3]!,
      crmNumber("+14155550107", { friendlyName: "New line" }),
    ]);
    const synced = bodyOf(200, await office.ava("POST", "/v1/directory/sync", {}));
    expect(synced).toEqual({
      usersChanged: 2,
      usersUnmatched: 0,
      usersGone: 0,
      numbers: 5,
      numbersReleased: 0,
      numbersTaken: 0,
    });
    const rights = async (who: "ben" | "cleo") => (await office[who]<Session>("GET", "/v1/session")).body.user;
    await eventually(
      () => rights("ben"),
      ({ assignedDataOnly }) => assignedDataOnly,
    );
    await eventually(
      () => rights("cleo"),
      ({ role, assignedDataOnly }) => role === "admin" && !assignedDataOnly,
    );
    const { numbers } = bodyOf(200, await office.ben<BusinessNumbers>("GET", "/v1/numbers"));
    const seen = numbers.map(({ number, isDefault, refusal }) => [
      number.slice(-3),
      isDefault,
      refusal?.reason ?? null,
    ]);
    expect(seen).toEqual([
      ["101", true, null],
      ["100", false, "number_assigned_to_other"],
      ["102", false, null],
      ["107", false, "number_not_connected"],
      ["199", false, "number_cannot_group"],
    ]);
  });

  test("they stay the CRM's when the backend starts again with its file", async () => {
    await office.backend.restart();
    const { numbers } = bodyOf(200, await office.ben<BusinessNumbers>("GET", "/v1/numbers"));
    expect(numbers.find(({ isDefault }) => isDefault)?.number).toBe("+14155550101");
    expect((await office.cleo<Session>("GET", "/v1/session")).body.user.role).toBe("admin");
  });

  test("who is deleted in the CRM has nothing here any more, and has it back when they are", async () => {
    const { tokenOf, url } = office.backend;
    const without = (id: string) =>
      office.crm.control(
        "PUT",
        "/users",
        CRM_USERS.filter((user) => user.id !== id),
      );
    const sync = async () => bodyOf(200, await office.ava("POST", "/v1/directory/sync", {}));
    await without("u-ben");
    expect(await sync()).toMatchObject({ usersGone: 1, usersUnmatched: 0 });
    // The token he holds, at once; a new sign-in, too.
    expect((await office.ben("GET", "/v1/groups")).status).toBe(401);
    const anew = clientOf(url, await tokenOf("ben"));
    expect((await anew("GET", "/v1/session")).status).toBe(403);
    await office.backend.restart();
    expect((await anew("GET", "/v1/session")).status).not.toBe(200);
    // Without the only admin nobody could mend it.
    await without("u-ava");
    expect(await sync()).toMatchObject({ usersGone: 0 });
    await office.crm.control("PUT", "/users", CRM_USERS);
    expect(await sync()).toMatchObject({ usersGone: 0 });
    office.ben = clientOf(office.backend.url, await office.backend.tokenOf("ben"));
    expect((await office.ben("GET", "/v1/session")).status).toBe(200);
  });

  test("the last admin stays one, whatever the CRM says", async () => {
    await office.crm.control(
      "PUT",
      "/users",
      CRM_USERS.map((user) => ({ ...user, role: "user" })),
    );
    await office.ava("POST", "/v1/directory/sync", {});
    expect((await office.ava<Session>("GET", "/v1/session")).body.user.role).toBe("admin");
  });

  test("an app that was taken out of the location shows as broken, and can be connected again", async () => {
    await office.crm.control("POST", "/tokens/revoke", {});
    hurry(STALE_MS);
    const unknown = await office.ava("POST", "/v1/contacts/resolve", { ids: ["neverSeenPerson0002"] });
    expect(unknown).toMatchObject({ status: 409, body: { code: "directory_not_connected" } });
    expect(await state()).toMatchObject({ connection: { state: "broken" } });
    expect((await office.authorize()).status).toBe(200);
    expect(await state()).toMatchObject({ connection: { state: "connected" } });
  });

  test("the webhook that tells of it shows it as broken before anybody asks, to admins, until it is connected again", async () => {
    const trouble = async (who: "ava" | "ben") =>
      (await office[who]<Session>("GET", "/v1/session")).body.directoryTrouble;
    const uninstall = (event: { webhookId: string; appId?: string }, age = 0) => {
      const timestamp = new Date(Date.now() + ahead - age).toISOString();
      return office.crm.control("POST", "/app/uninstall", { keep: true, timestamp, ...event });
    };
    const cursor = async () => (await office.ava<SyncPage>("GET", "/v1/sync")).body.cursor;
    // Of another app, or from before this connection: nothing of ours has ended.
    await uninstall({ appId: "anotherApp", webhookId: "another-app" });
    await uninstall({ webhookId: "too-late" }, 60_000);
    const { pool } = office.backend.context.database;
    await eventually(
      async () => (await pool.query("select outcome from webhook_event where outcome = 'ignored'")).rows.length,
      (ignored) => ignored === 2,
    );
    expect(await trouble("ava")).toBeUndefined();
    const from = await cursor();
    await uninstall({ appId: CLIENT_ID.slice(0, 6), webhookId: "ours" });
    await eventually(
      () => trouble("ava"),
      (now) => now === "broken",
    );
    expect(await trouble("ben")).toBeUndefined();
    expect(await state()).toMatchObject({ connection: { state: "broken" } });
    expect((await office.ava<SyncPage>("GET", `/v1/sync?cursor=${from}`)).body.reset).toBe(true);
    expect((await office.authorize()).status).toBe(200);
    expect(await trouble("ava")).toBeUndefined();
  });

  test("an app the CRM does not accept is an operator's matter, in words, on the page and to admins", async () => {
    await office.crm.behave({ nextToken: ["client_refused"] });
    const answer = await office.authorize();
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("HIGHLEVEL_CLIENT_SECRET")]);
    await office.crm.control("POST", "/tokens/expire", {});
    await office.crm.behave({ nextToken: ["client_refused"] });
    hurry(STALE_MS);
    await look();
    expect(await state()).toMatchObject({ connection: { state: "connected", trouble: "app_refused" } });
    expect((await office.ava<Session>("GET", "/v1/session")).body.directoryTrouble).toBe("app_refused");
    hurry(STALE_MS);
    await look();
    expect(await state()).toMatchObject({ connection: { state: "connected", trouble: null } });
    expect((await office.ava<Session>("GET", "/v1/session")).body.directoryTrouble).toBeUndefined();
  });

  test("access to a whole agency is refused, in words", async () => {
    await office.crm.behave({ agencyTokens: true });
    const answer = await office.authorize();
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("a whole agency")]);
    await office.crm.behave({ agencyTokens: false });
    const claims = Buffer.from(JSON.stringify({ authClass: "Company" })).toString("base64url");
    const refused = await office.ava("PUT", "/v1/directory/highlevel/token", {
      token: `eyJhbGciOiJIUzI1NiJ9.${claims}.s`,
    });
    expect(refused).toMatchObject({ status: 422, body: { code: "directory_refused" } });
    expect(refused.body["detail"]).toContain("a whole agency");
    expect(await state()).toMatchObject({ connection: { state: "connected" } });
  });

  test("another location than the workspace's is refused", async () => {
    const { pool } = office.backend.context.database;
    const back = await office.crm.allow(await begin());
    await pool.query("update directory_setting set location_id = 'anotherLocation00001'");
    const answer = await fetch(back);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("another location")]);
  });

  test("no log line holds a token, a code or the client's secret", () => {
    expect(JSON.stringify(office.backend.log)).not.toMatch(/client-secret|access_token|[?&]code=/);
  });
});

test("a workspace with the built-in directory has nothing to connect", async () => {
  const office = await openOffice(embedded);
  expect((await office.ava("GET", "/v1/directory")).body).toMatchObject({ kind: "built_in", connection: null });
  for (const [method, path, body] of [
    ["POST", "/v1/directory/highlevel/connect", {}],
    ["PUT", "/v1/directory/highlevel/token", { token: "pit-12345678" }],
    ["POST", "/v1/directory/sync", {}],
  ] as const) {
    expect(await office.ava(method, path, body)).toMatchObject({ status: 409, body: { code: "directory_built_in" } });
  }
  await office.close();
});
