import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BusinessNumbers } from "@partyline/contract/number";
import { numberCases, sightCases, users } from "@partyline/domain/access.cases";
import { clientOf, startTestBackend, WORKSPACE, type TestBackend } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, freshNumbers, personWith } from "./testing/office.ts";
import { signInOverHttp } from "./testing/sign-in.ts";

type Client = ReturnType<typeof clientOf>;

describe.each(databases)("the access rules over HTTP on $name", (engine) => {
  const [byDefault, ...rest] = numberCases;
  /** One workspace has one default number. */
  const replayed = [byDefault!, ...rest.filter(({ number }) => !number.isDefault)];
  let backend: TestBackend;
  let clients: Record<keyof typeof users, Client>;

  beforeAll(async () => {
    const workspace = {
      ...WORKSPACE,
      users: Object.entries(users).map(([name, user]) => ({ ...user, name, email: `${name}@harborpine.example` })),
      // Whether a number was released is the CRM's to say, and no file's.
      numbers: replayed.map(({ number: { number, isDefault, assignedTo, connected, mms } }) => ({
        number,
        isDefault,
        assignedTo,
        connected,
        mms,
        id: newId(),
        label: null,
      })),
    };
    backend = await startTestBackend(engine, { workspace });
    const signedIn = await Promise.all(
      Object.keys(users).map(async (name) => {
        const { access_token } = await signInOverHttp(backend.url, { demo: `${name}@harborpine.example` });
        return [name, clientOf(backend.url, access_token)];
      }),
    );
    clients = Object.fromEntries(signedIn) as typeof clients;
  });
  afterAll(() => backend.close());

  test.each(replayed)("$title", async ({ number, refusals }) => {
    for (const [name, user] of Object.entries(clients)) {
      const { numbers } = bodyOf(200, await user<BusinessNumbers>("GET", "/v1/numbers"));
      const shown = numbers.find((one) => one.number === number.number);
      expect([name, shown?.refusal]).toEqual([name, refusals[name as keyof typeof users]]);
    }
  });

  test.each(sightCases)("$title", async ({ owners, seenBy }) => {
    const numbers = freshNumbers(owners.length);
    const contacts = owners.map((owner, index) => ({ id: newId(), ...personWith(numbers[index]!, owner) }));
    bodyOf(200, await clients.ava("POST", "/v1/contacts/import", { contacts }));
    const { numbers: own } = bodyOf(200, await clients.ava<BusinessNumbers>("GET", "/v1/numbers"));
    const group = {
      id: newId(),
      businessNumberId: own[0]!.id,
      participants: contacts.map(({ id }, index) => ({ contactId: id, phone: numbers[index]! })),
      name: null,
      firstMessage: null,
    };
    bodyOf(201, await clients.ava("POST", "/v1/groups", group));
    for (const [name, user] of Object.entries(clients)) {
      const seen = (await user("GET", `/v1/groups/${group.id}`)).status === 200;
      const listed = JSON.stringify((await user("GET", "/v1/groups")).body).includes(group.id);
      expect({ name, seen, listed }).toEqual({ name, seen: seenBy[name as keyof typeof users], listed: seen });
    }
  });

  test("somebody whom the CRM does not know has nothing, and nobody's contacts are not theirs", async () => {
    const [phone] = freshNumbers(1) as [string];
    const id = newId();
    bodyOf(200, await clients.ava("PUT", `/v1/contacts/${id}`, personWith(phone, null)));
    expect(await clients.ava("PUT", `/v1/contacts/${newId()}`, personWith(phone, ""))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "/ownerId" }] },
    });
    const { dora } = clients;
    expect((await dora("GET", "/v1/contacts")).body).toEqual({ contacts: [], total: 0, next: null });
    expect((await dora("GET", `/v1/contacts/${id}`)).status).toBe(404);
    expect((await dora("POST", "/v1/contacts/resolve", { ids: [id], phones: [phone] })).body).toMatchObject({
      contacts: [],
      byPhone: [],
    });
    expect((await dora("GET", "/v1/groups")).body).toMatchObject({ groups: [], next: null });
  });
});
