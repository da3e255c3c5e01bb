import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startValidatingProxy, type ValidatingProxy } from "../testing/validating-proxy.ts";
import { CLIENT_ID, CLIENT_SECRET, DANA, HighLevelBench, LOCATION, LUIS, PRIVATE_TOKEN } from "./highlevel-bench.ts";
import { hasDescriptions, writeDescription } from "./vendor-description.ts";

const PRISM_START_MS = 60_000;
const HEADERS = {
  authorization: `Bearer ${PRIVATE_TOKEN}`,
  version: "2021-07-28",
  "content-type": "application/json",
};

// Without the vendor's descriptions there is nothing to compare with: the run then shows these as skipped.
describe.skipIf(!hasDescriptions())("the emulated CRM against the vendor's descriptions", () => {
  const bench = new HighLevelBench();
  let validating: ValidatingProxy | undefined;
  let proxy = "";
  const folder = mkdtempSync(join(tmpdir(), "highlevel-"));

  beforeAll(async () => {
    await bench.start();
    validating = await startValidatingProxy(writeDescription(folder), bench.crm.url);
    proxy = validating.url;
  }, PRISM_START_MS);

  afterAll(async () => {
    validating?.close();
    await bench.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => bench.behave({ next: [], additionalPhones: "objects", dndKeys: "upper" }));

  const call = (path: string, init: RequestInit = {}) => fetch(proxy + path, { headers: HEADERS, ...init });

  it("notices a call that is not as described", async () => {
    const answer = await call(`/contacts/${DANA.id}`, { headers: { ...HEADERS, version: "1999-01-01" } });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toContain("problem+json");
  });

  it.each([
    ["as it is today", {}],
    ["with phones as strings", { additionalPhones: "strings" }],
    ["with keys in lower case", { dndKeys: "lower" }],
  ])("shows a contact %s", async (_how, behaviour) => {
    await bench.edit(DANA.id, { additionalPhones: [{ phone: "+16285550171", label: "work" }] }, { silent: true });
    await bench.behave(behaviour);
    const answer = await call(`/contacts/${DANA.id}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ contact: { id: DANA.id, locationId: LOCATION, phone: DANA.phone } });
  });

  it("pages through what a search finds", async () => {
    const search = async (page: number) => {
      const body = JSON.stringify({ locationId: LOCATION, page, pageLimit: 2, query: "" });
      return (await (await call("/contacts/search", { method: "POST", body })).json()) as { contacts: object[] };
    };
    expect(await search(1)).toMatchObject({ total: 3, contacts: [{ id: DANA.id }, { id: LUIS.id }] });
    expect((await search(2)).contacts).toHaveLength(1);
  });

  it("lists users with their roles and numbers with whom they belong to", async () => {
    const users = await call(`/users/?locationId=${LOCATION}`);
    expect(users.status).toBe(200);
    expect(await users.json()).toMatchObject({ users: [{ roles: { role: "admin" } }, {}, {}] });
    const numbers = await call(`/phone-system/numbers/location/${LOCATION}?pageSize=2&page=1`);
    expect(numbers.status).toBe(200);
    expect(await numbers.json()).toMatchObject({ numbers: [{}, { type: "toll-free" }], page: 1 });
  });

  it("keeps a note", async () => {
    const body = JSON.stringify({ body: "Sent from a group" });
    const answer = await call(`/contacts/${DANA.id}/notes`, { method: "POST", body });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ note: { contactId: DANA.id, body: "Sent from a group" } });
  });

  it("gives tokens for a code, then for a refresh token, and for each only once", async () => {
    const redirect = "http://127.0.0.1/callback";
    const asked = new URL("/v2/oauth/chooselocation", bench.crm.url);
    asked.search = new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: redirect, state: "s" }).toString();
    const code = new URL(await bench.allow(asked.href)).searchParams.get("code") ?? "";
    const token = (grant: Record<string, string>) =>
      fetch(`${proxy}/oauth/token`, {
        method: "POST",
        body: new URLSearchParams({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, ...grant }),
      });
    const first = await token({ grant_type: "authorization_code", code, redirect_uri: redirect });
    expect(first.status).toBe(200);
    const pair = (await first.json()) as { refresh_token: string };
    expect(pair).toMatchObject({ token_type: "Bearer", userType: "Location", locationId: LOCATION });
    const refresh = { grant_type: "refresh_token", refresh_token: pair.refresh_token };
    expect((await token(refresh)).status).toBe(200);
    const again = await token(refresh);
    expect([again.status, await again.json()]).toMatchObject([400, { error: "invalid_grant" }]);
  });

  it.each([
    ["a contact that is not there", () => call("/contacts/zzzzzzzzzzzzzzzzzzzz"), 400],
    ["a wrong token", () => call(`/contacts/${DANA.id}`, { headers: { ...HEADERS, authorization: "Bearer x" } }), 401],
  ])("refuses %s as described", async (_what, ask, status) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ statusCode: status, message: expect.any(String) });
  });
});
