import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactPage, ContactsResolved } from "@partyline/contract/contact";
import type { GroupPage } from "@partyline/contract/group";
import type { BusinessNumbers } from "@partyline/contract/number";
import type { SyncPage } from "@partyline/contract/sync";
import { maySeeContact, maySeeGroup } from "@partyline/domain/access";
import { numberCases, sightCases, users } from "@partyline/domain/access.cases";
import {
  admins,
  contactAdmins,
  contactSeers,
  creators,
  everybody,
  seers,
  senders,
  type Cell,
  type Outcome,
  type Policy,
} from "./testing/access-policy.ts";
import { ASKERS, openAccessWorld, WORD, type AccessWorld, type Client, type Scene } from "./testing/access-world.ts";
import { clientOf, startTestBackend, WORKSPACE, type TestBackend } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, freshNumbers, personWith } from "./testing/office.ts";
import { signInOverHttp } from "./testing/sign-in.ts";

/** One row of the table: run for everybody who may ask, in every cell where the answer may differ. */
interface Route {
  call: (scene: Scene, user: Client) => Promise<{ status: number; body: unknown }>;
  expected: Policy;
}

const OWN_RECIPE = {
  id: "acme-crm",
  version: 1,
  hosts: ["crm.acme.example"],
  lists: [{ kind: "contacts", container: "table", row: "tr", checked: ":checked", contactId: [{ attribute: "id" }] }],
};

/** Every route under /v1 with who gets what; the API's own description says which routes there are. */
const ROUTES: Record<string, Route> = {
  "GET /v1/session": { call: (_, user) => user("GET", "/v1/session"), expected: everybody(200) },
  "GET /v1/numbers": { call: (_, user) => user("GET", "/v1/numbers"), expected: everybody(200) },
  "GET /v1/contacts": { call: (_, user) => user("GET", "/v1/contacts"), expected: everybody(200) },
  "GET /v1/owners": { call: (_, user) => user("GET", "/v1/owners"), expected: everybody(200) },
  "GET /v1/sync": { call: (_, user) => user("GET", "/v1/sync"), expected: everybody(200) },
  "GET /v1/groups": { call: (_, user) => user("GET", "/v1/groups"), expected: everybody(200) },
  "POST /v1/contacts/resolve": {
    call: (_, user) => user("POST", "/v1/contacts/resolve", { ids: ["c-1"], phones: [] }),
    expected: everybody(200),
  },
  "GET /v1/contacts/{id}": {
    call: async ({ contact }, user) => user("GET", `/v1/contacts/${await contact()}`),
    expected: contactSeers(200),
  },
  "PUT /v1/contacts/{id}": {
    call: async ({ contact }, user) => user("PUT", `/v1/contacts/${await contact()}`, personWith(freshNumbers(1)[0]!)),
    expected: admins(200),
  },
  "DELETE /v1/contacts/{id}": {
    call: async ({ contact }, user) => user("DELETE", `/v1/contacts/${await contact()}`),
    expected: contactAdmins(204),
  },
  "POST /v1/contacts/import": {
    call: (_, user) =>
      user("POST", "/v1/contacts/import", { contacts: [{ id: newId(), ...personWith(freshNumbers(1)[0]!) }] }),
    expected: admins(200),
  },
  "POST /v1/groups": {
    call: async ({ newGroup }, user) => user("POST", "/v1/groups", await newGroup()),
    expected: creators(201),
  },
  "GET /v1/groups/{id}": { call: ({ group }, user) => user("GET", `/v1/groups/${group.id}`), expected: seers(200) },
  "PATCH /v1/groups/{id}": {
    call: ({ group }, user) => user("PATCH", `/v1/groups/${group.id}`, { name: "Renamed" }),
    expected: seers(200),
  },
  "PUT /v1/groups/{id}/read": {
    call: ({ group }, user) => user("PUT", `/v1/groups/${group.id}/read`, { seq: 1 }),
    expected: seers(200),
  },
  "GET /v1/groups/{id}/messages": {
    call: ({ group }, user) => user("GET", `/v1/groups/${group.id}/messages`),
    expected: seers(200),
  },
  "POST /v1/groups/{id}/messages": {
    call: ({ group }, user) => user("POST", `/v1/groups/${group.id}/messages`, { id: newId(), text: "Hello" }),
    expected: senders(202),
  },
  "POST /v1/groups/{id}/messages/{messageId}/held": {
    call: ({ group }, user) =>
      user("POST", `/v1/groups/${group.id}/messages/${group.lastMessage?.id ?? ""}/held`, { wish: "discard" }),
    expected: senders(200),
  },
  // With the built-in directory there is nothing to connect.
  "GET /v1/directory": { call: (_, user) => user("GET", "/v1/directory"), expected: admins(200) },
  "POST /v1/directory/sync": {
    call: (_, user) => user("POST", "/v1/directory/sync", {}),
    expected: admins("directory_built_in"),
  },
  "POST /v1/directory/highlevel/connect": {
    call: (_, user) => user("POST", "/v1/directory/highlevel/connect", {}),
    expected: admins("directory_built_in"),
  },
  "PUT /v1/directory/highlevel/token": {
    call: (_, user) => user("PUT", "/v1/directory/highlevel/token", { token: "pit-12345678" }),
    expected: admins("directory_built_in"),
  },
  "DELETE /v1/directory/highlevel": {
    call: (_, user) => user("DELETE", "/v1/directory/highlevel"),
    expected: admins("not_found"),
  },
  "GET /v1/recipes": { call: (_, user) => user("GET", "/v1/recipes"), expected: everybody(200) },
  "PUT /v1/recipes/{id}": { call: (_, user) => user("PUT", "/v1/recipes/acme-crm", OWN_RECIPE), expected: admins(200) },
  "DELETE /v1/recipes/{id}": {
    call: async (_, user) => {
      await user("PUT", "/v1/recipes/acme-crm", OWN_RECIPE);
      return user("DELETE", "/v1/recipes/acme-crm");
    },
    expected: admins(204),
  },
  // Last: it ends the sign-ins.
  "DELETE /v1/session": { call: (_, user) => user("DELETE", "/v1/session"), expected: everybody(204) },
};

interface Description {
  security?: unknown[];
  paths: Record<
    string,
    Record<string, { responses: Record<string, unknown>; parameters?: { name: string; required?: boolean }[] }>
  >;
}

describe.each(databases)("who may do what on $name", (engine) => {
  let world: AccessWorld;
  let clients: AccessWorld["clients"];
  let description: Description;
  let routes: string[];
  /** Somebody's contact and group, for what does not depend on whose. */
  let scene: Scene;

  beforeAll(async () => {
    world = await openAccessWorld(engine);
    clients = world.clients;
    scene = world.sceneOf("ava", { sight: "own", holding: "default" });
    description = bodyOf(200, await clients.ava<Description>("GET", "/openapi.json"));
    routes = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
  });
  afterAll(() => world.office.close());

  test("every route of the API has its row here", () => {
    expect(routes.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  test("every route is described with its refusals, and every write with its key", () => {
    expect(description.security).toEqual([{ bearer: [] }]);
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const [method, { responses, parameters = [] }] of Object.entries(operations)) {
        expect(Object.keys(responses), `${method} ${path}`).toEqual(expect.arrayContaining(["401", "500", "503"]));
        const plain = method === "get" || path.endsWith("/resolve") || path === "/v1/session";
        const key = parameters.find(({ name }) => name === "idempotency-key");
        expect(key?.required ?? false, `${method} ${path}`).toBe(!plain);
      }
    }
  });

  test("what anybody finds is exactly what they may see", async () => {
    const everyone = (await clients.ava<ContactPage>("GET", "/v1/contacts?limit=200")).body.contacts;
    for (const asker of ASKERS) {
      const { user } = world.factsOf(asker, { sight: "own", holding: "default" });
      const seen = world.groups.filter(({ owners }) => user !== null && maySeeGroup(user, owners));
      const ids = seen.map(({ group }) => group.id).toSorted();
      const person = world.groups[0]!.group.participants[0]!.contacts[0]!;
      const finds = async (query: string) => {
        const { groups, next } = bodyOf(200, await clients[asker]<GroupPage>("GET", `/v1/groups?limit=100&${query}`));
        return { ids: groups.map(({ id }) => id).toSorted(), next };
      };
      expect(await finds("")).toEqual({ ids, next: null });
      expect(await finds(`query=${WORD}`)).toEqual({ ids, next: null });
      expect(await finds("query=303200")).toEqual({ ids, next: null });
      expect(await finds("filter=mine")).toEqual({ ids: asker === "ava" ? ids : [], next: null });
      expect(await finds("filter=unread")).toEqual({ ids: [], next: null });
      const own = seen.filter(({ group }) => JSON.stringify(group.participants).includes(person.id));
      expect((await finds(`query=${encodeURIComponent(person.name)}`)).ids).toEqual(own.map(({ group }) => group.id));
      const fresh = bodyOf(200, await clients[asker]<SyncPage>("GET", "/v1/sync"));
      const synced = fresh.changes.flatMap((change) => (change.kind === "group" ? [change.group.id] : []));
      expect(synced.toSorted()).toEqual(ids);

      const mine = everyone.filter((contact) => user !== null && maySeeContact(user, contact)).map(({ id }) => id);
      const { contacts } = bodyOf(200, await clients[asker]<ContactPage>("GET", "/v1/contacts?query=Person&limit=200"));
      expect(contacts.map(({ id }) => id).toSorted()).toEqual(mine.toSorted());
      const wanted = { ids: everyone.map(({ id }) => id), phones: everyone.map(({ phones }) => phones[0]!.number) };
      const resolved = bodyOf(200, await clients[asker]<ContactsResolved>("POST", "/v1/contacts/resolve", wanted));
      expect(resolved.contacts.map(({ id }) => id).toSorted()).toEqual(mine.toSorted());
      expect(resolved.byPhone.flatMap(({ contactIds }) => contactIds).toSorted()).toEqual(mine.toSorted());
    }
  });

  test.each(Object.entries(ROUTES).slice(0, -1))("%s", async (route, { call, expected }) => {
    const table = ASKERS.flatMap((asker) => expected.cells.map((cell) => ({ asker, cell })));
    const shown = await inBatches(route, table, async ({ asker, cell }) => {
      const { status, body } = await call(world.sceneOf(asker, cell), clients[asker]);
      return [nameOf(asker, cell), status < 400 ? status : (body as { code: Outcome }).code] as const;
    });
    const wanted = table.map(
      ({ asker, cell }) => [nameOf(asker, cell), expected.outcome(world.factsOf(asker, cell))] as const,
    );
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
  });

  test("what is another workspace's, or not for this user, is answered exactly like what does not exist", async () => {
    const nothing = newId();
    const contact = await scene.contact();
    for (const [there, missing] of [
      [`/v1/groups/${scene.group.id}`, `/v1/groups/${nothing}`],
      [`/v1/groups/${scene.group.id}/messages`, `/v1/groups/${nothing}/messages`],
      [`/v1/contacts/${contact}`, `/v1/contacts/${nothing}`],
    ] as const) {
      for (const user of [clients.cleo, clients.other]) {
        const [one, other] = [await user("GET", there), await user("GET", missing)];
        expect({ ...one.body, requestId: "" }).toEqual({ ...other.body, requestId: "" });
        expect(one.status).toBe(404);
      }
    }
  });

  test("another workspace's lists hold nothing of this one's", async () => {
    const lists = await Promise.all(
      ["/v1/groups", "/v1/contacts", "/v1/numbers", "/v1/sync"].map((path) => clients.other("GET", path)),
    );
    const shown = JSON.stringify(lists.map(({ body }) => body));
    for (const { group } of world.groups) expect(shown).not.toContain(group.id);
    for (const { number } of WORKSPACE.numbers) expect(shown).not.toContain(number);
  });

  test("an API key reads and writes contacts and nothing else", async () => {
    const statuses = await Promise.all(
      Object.entries(ROUTES).map(
        async ([route, { call }]) => [route, (await call(scene, scene.office.crm)).status] as const,
      ),
    );
    const allowed = statuses.filter(([, status]) => status < 300).map(([route]) => route);
    expect(allowed.toSorted()).toEqual(routes.filter((route) => /contacts|owners/.test(route)).toSorted());
    const refused = statuses.filter(([route]) => !allowed.includes(route));
    expect(new Set(refused.map(([, status]) => status))).toEqual(new Set([403]));
  });

  test("without a token, with a made-up one, an expired one and a revoked one everything is refused", async () => {
    const { backend } = world.office;
    const token = await backend.tokenOf("ava");
    const revoked = clientOf(backend.url, await backend.tokenOf("ava"));
    bodyOf(204, await revoked("DELETE", "/v1/session"));
    const refusals: [string, Client, number][] = [
      ["not_signed_in", clientOf(backend.url, null), 0],
      ["token_invalid", clientOf(backend.url, "made-up"), 0],
      ["token_invalid", clientOf(backend.url, `${token.slice(0, -8)}AAAAAAAA`), 0],
      ["token_invalid", clientOf(backend.url, "plk_a-key-that-is-nobodys-at-all"), 0],
      ["session_revoked", revoked, 0],
      ["token_expired", clientOf(backend.url, token), 11 * 60 * 1000],
    ];
    for (const [code, user, ahead] of refusals) {
      backend.setAhead(ahead);
      for (const [route, { call, expected }] of Object.entries(ROUTES)) {
        const answers = await inBatches("GET", expected.cells, (cell) =>
          call(frozen(world.sceneOf("ava", cell)), user),
        );
        for (const answer of answers) {
          expect(answer, `${route} with ${code}`).toMatchObject({ status: 401, body: { code } });
        }
      }
      backend.setAhead(0);
    }
  });

  test("DELETE /v1/session", async () => {
    for (const name of ["ava", "ben", "cleo"] as const) {
      const user = clientOf(world.office.backend.url, await world.office.backend.tokenOf(name));
      expect((await ROUTES["DELETE /v1/session"]!.call(scene, user)).status).toBe(204);
      expect(await user("GET", "/v1/session")).toMatchObject({ status: 401, body: { code: "session_revoked" } });
    }
  });
});

/** Reads go out together, for they change nothing; writes one after the other, so that a refusal has one cause. */
async function inBatches<Item, Value>(
  route: string,
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const size = route.startsWith("GET") ? 8 : 1;
  const values: Value[] = [];
  for (let at = 0; at < items.length; at += size) {
    values.push(...(await Promise.all(items.slice(at, at + size).map(work))));
  }
  return values;
}

function nameOf(asker: string, { sight, holding }: Cell): string {
  return `${asker}: ${sight} contacts, ${holding} number`;
}

/** A scene whose own people do nothing, for when the clock is wrong for them too. */
function frozen(scene: Scene): Scene {
  return { ...scene, contact: async () => "c-1", newGroup: async () => ({}) };
}

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
      numbers: replayed.map(({ number }) => ({ ...number, id: newId(), label: null })),
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
});
