import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ContactList, CrmContact } from "./crm-contact.ts";
import { listen, startFakeDirectory, type FakeDirectory } from "./fake-directory.ts";
import { samplePeople } from "./people.ts";
import { seedDirectory } from "./seed-directory.ts";
import { startCrm, type RunningCrm } from "./start-crm.ts";

const apiKey = "plk_test";
const DANA = samplePeople()[0]!;
const STELLA = samplePeople().find((person) => person.smsStatus === "permanent")!;
const IVY = samplePeople().find((person) => person.smsStatus === "active")!;
const EDIT = {
  name: "Dana Wu-Ortega",
  ownerId: "u-ben",
  phones: [{ number: "(415) 555-0143", label: "mobile", primary: true }],
  tags: ["buyer"],
};

let directory: FakeDirectory;
let crm: RunningCrm;

beforeEach(async () => {
  directory = await startFakeDirectory(apiKey);
  await seedDirectory({ backendUrl: directory.url, apiKey });
  crm = await startCrm({ port: 0, host: "127.0.0.1", backendUrl: directory.url, apiKey });
});

afterEach(async () => {
  await crm.close();
  await directory.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${crm.url}${path}`, { headers });
const send = (method: string, path: string, body?: unknown) =>
  fetch(`${crm.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const list = async () => (await (await get("/api/contacts")).json()) as ContactList;
const stored = (id: string) => directory.contacts.get(id)!;

describe("the seed", () => {
  it("fills an empty directory once and leaves edits alone afterwards", async () => {
    expect(directory.contacts.size).toBe(240);
    await send("PUT", `/api/contacts/${DANA.id}`, EDIT);
    expect(await seedDirectory({ backendUrl: directory.url, apiKey })).toBe(0);
    expect(stored(DANA.id).name).toBe("Dana Wu-Ortega");
  });
});

describe("the contact list", () => {
  it("holds everybody of the directory, over several pages, latest activity first", async () => {
    const { contacts, owners } = await list();
    expect(contacts.map((contact) => contact.id)).toEqual(samplePeople().map((person) => person.id));
    expect(owners.map((owner) => owner.name)).toEqual(["Ava Brooks", "Ben Carter", "Cleo Diaz"]);
    expect(contacts[0]).toMatchObject({
      name: "Dana Wu",
      phones: [{ number: "+14155550142", shown: "(415) 555-0142" }],
      activity: { what: "Email opened" },
    });
  });

  it("answers 304 while nothing changed, and 200 after a change", async () => {
    const etag = (await get("/api/contacts")).headers.get("etag")!;
    expect((await get("/api/contacts", { "if-none-match": etag })).status).toBe(304);
    await send("DELETE", `/api/contacts/${DANA.id}`);
    expect((await get("/api/contacts", { "if-none-match": etag })).status).toBe(200);
  });

  it("shows a number nobody can read as it is", async () => {
    const { contacts } = await list();
    expect(contacts.find((contact) => contact.name === "Pat Typo")!.phones[0]!.shown).toBe("415-555-01");
  });
});

describe("a change of a contact", () => {
  it("reaches the directory and keeps do-not-disturb as it was", async () => {
    await send("PUT", `/api/contacts/${IVY.id}`, EDIT);
    expect(stored(IVY.id)).toMatchObject({ ...EDIT, doNotDisturb: false, smsStatus: "active" });
  });

  it("carries an Idempotency-Key of its own with each write", async () => {
    await send("PUT", `/api/contacts/${DANA.id}`, EDIT);
    await send("PUT", `/api/contacts/${DANA.id}`, EDIT);
    expect(new Set(directory.keys).size).toBe(3);
    expect(directory.keys).toHaveLength(3);
  });

  it("switches do-not-disturb on and off and nothing else", async () => {
    await send("PUT", `/api/contacts/${DANA.id}/do-not-disturb`, { on: true });
    expect(stored(DANA.id)).toMatchObject({ ...DANA, doNotDisturb: true });
    await send("PUT", `/api/contacts/${DANA.id}/do-not-disturb`, { on: false });
    expect(stored(DANA.id)).toMatchObject(DANA);
  });

  it("lifts a person's own no-texts state with the switch", async () => {
    await send("PUT", `/api/contacts/${IVY.id}/do-not-disturb`, { on: false });
    expect(stored(IVY.id)).toMatchObject({ doNotDisturb: false, smsStatus: "inactive" });
  });

  it("refuses to lift the carrier's block", async () => {
    const answer = await send("PUT", `/api/contacts/${STELLA.id}/do-not-disturb`, { on: false });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({
      trouble: "The carrier blocks texts to this person; that cannot be changed here.",
    });
    expect(stored(STELLA.id).smsStatus).toBe("permanent");
  });

  it("loses neither of two changes made at the same moment", async () => {
    await Promise.all([
      send("PUT", `/api/contacts/${DANA.id}/do-not-disturb`, { on: true }),
      send("PUT", `/api/contacts/${DANA.id}`, EDIT),
    ]);
    expect(stored(DANA.id)).toMatchObject({ ...EDIT, doNotDisturb: true });
  });

  it("creates a contact with an id of twenty letters and digits", async () => {
    const answer = await send("POST", "/api/contacts", EDIT);
    const created = (await answer.json()) as CrmContact;
    expect(answer.status).toBe(201);
    expect(created.id).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(stored(created.id)).toMatchObject({ ...EDIT, doNotDisturb: false, smsStatus: "inactive" });
  });

  it("deletes a contact for the list and for later edits", async () => {
    expect((await send("DELETE", `/api/contacts/${DANA.id}`)).status).toBe(204);
    expect((await list()).contacts.map((contact) => contact.id)).not.toContain(DANA.id);
    const answer = await send("PUT", `/api/contacts/${DANA.id}`, EDIT);
    expect(answer.status).toBe(404);
    expect(stored(DANA.id).deletedAt).not.toBeNull();
  });

  it("takes a second delete of the same contact as done", async () => {
    await send("DELETE", `/api/contacts/${DANA.id}`);
    expect((await send("DELETE", `/api/contacts/${DANA.id}`)).status).toBe(204);
  });

  it.each([
    ["no JSON", "{"],
    ["another shape", JSON.stringify({ name: 7 })],
    ["twelve phones", JSON.stringify({ ...EDIT, phones: Array.from({ length: 12 }, () => EDIT.phones[0]) })],
  ])("refuses %s and writes nothing", async (_, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${crm.url}/api/contacts/${DANA.id}`, { method: "PUT", headers, body });
    expect(answer.status).toBe(400);
    expect(stored(DANA.id)).toMatchObject(DANA);
  });
});

describe("without its directory", () => {
  it("says so, and recovers by itself", async () => {
    const port = Number(new URL(directory.url).port);
    await directory.close();
    const down = await get("/api/contacts");
    expect(down.status).toBe(503);
    expect(await down.json()).toEqual({ trouble: "The contact directory does not answer" });
    directory = await startFakeDirectory(apiKey, port);
    expect(await list()).toMatchObject({ contacts: [] });
  });

  it("says what is wrong when something else answers", async () => {
    const web = await listen(new Hono().get("*", (c) => c.html("<h1>Welcome</h1>")));
    const other = await startCrm({ port: 0, host: "127.0.0.1", backendUrl: web.url, apiKey });
    const answer = await fetch(`${other.url}/api/contacts`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ trouble: "What answered is not the contact directory" });
    await other.close();
    await web.close();
  });

  it("says so when its key is refused", async () => {
    const other = await startCrm({ port: 0, host: "127.0.0.1", backendUrl: directory.url, apiKey: "plk_old" });
    const answer = await fetch(`${other.url}/api/contacts`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({ trouble: "No access token was sent" });
    await other.close();
  });
});

describe("the page", () => {
  it.each(["/contacts", "/contacts/new", `/contacts/${DANA.id}`])(
    "is served at %s under a strict policy",
    async (path) => {
      const answer = await get(path);
      expect(answer.headers.get("content-type")).toContain("text/html");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
      expect(await answer.text()).toContain('src="/page/app.ts"');
    },
  );

  it("serves its TypeScript as JavaScript", async () => {
    const answer = await get("/page/selection.ts");
    expect(answer.headers.get("content-type")).toContain("text/javascript");
    expect(await answer.text()).not.toContain("interface Selection");
  });

  it.each(["/page/nothing.ts", "/page/..%2fpeople.ts", "/page/index.html", "/people.ts"])(
    "has nothing at %s",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it("leads from the root to the contacts", async () => {
    expect((await get("/")).url).toBe(`${crm.url}/contacts`);
  });
});

describe("starting", () => {
  it("rejects when the port is taken", async () => {
    const port = Number(new URL(crm.url).port);
    await expect(startCrm({ port, host: "127.0.0.1", backendUrl: directory.url, apiKey })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
