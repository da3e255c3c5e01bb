import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactPage, ContactsResolved } from "@partyline/contract/contact";
import type { Group, GroupPage } from "@partyline/contract/group";
import type { MessagePage } from "@partyline/contract/message";
import type { Change, SyncPage } from "@partyline/contract/sync";
import { maySeeContact, maySeeGroup } from "@partyline/domain/access";
import { createApp } from "./app.ts";
import type { DirectoryKind } from "./testing/access-people.ts";
import { HOLDINGS, SIGHTS, type Cell, type Outcome } from "./testing/access-policy.ts";
import { accessRoutes, OPEN_ROUTES, routeOf } from "./testing/access-routes.ts";
import { leaksIn, overhear, readSecrets } from "./testing/access-secrets.ts";
import {
  ASKERS,
  NAMED,
  openAccessWorld,
  PERSON,
  SAID,
  type AccessWorld,
  type Asker,
  type Client,
  type Place,
  type Scene,
} from "./testing/access-world.ts";
import { clientOf } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, freshNumbers } from "./testing/office.ts";

interface Description {
  security?: unknown[];
  paths: Record<
    string,
    Record<string, { responses: Record<string, unknown>; parameters?: { name: string; required?: boolean }[] }>
  >;
}

const CELLS: Cell[] = SIGHTS.flatMap((sight) => HOLDINGS.map((holding) => ({ sight, holding })));
/** The rules do not know where contacts come from: one database will do to show that, and the quicker one. */
const WORLDS = [
  ...databases.map((engine) => ({ engine, name: engine.name, directory: "built_in" as DirectoryKind })),
  ...databases.slice(1).map((engine) => ({
    engine,
    name: `${engine.name} with contacts of HighLevel`,
    directory: "highlevel" as DirectoryKind,
  })),
];

describe.each(WORLDS)("who may do what on $name", ({ engine, directory }) => {
  const table = accessRoutes(directory);
  let world: AccessWorld;
  let clients: AccessWorld["clients"];
  let secrets: Awaited<ReturnType<typeof readSecrets>>;
  let description: Description;
  /** As the API describes itself. */
  let routes: string[];
  /** Somebody's contact and group, for what does not depend on whose. */
  let scene: Scene;

  beforeAll(async () => {
    world = await openAccessWorld(engine, directory);
    clients = world.clients;
    secrets = await readSecrets(world.office.backend.context.database);
    scene = world.sceneOf("ava", { sight: "own", holding: "default" });
    description = bodyOf(200, await world.office.ava<Description>("GET", "/openapi.json"));
    routes = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }, 60_000);
  afterAll(() => world.close());

  const seenBy = (asker: Asker) =>
    asker === "other" ? [world.elsewhere] : world.places.filter(({ owners }) => mayFind(world, asker, owners));
  const listOf = async (asker: Asker, query: string) =>
    bodyOf(200, await clients[asker]<GroupPage>("GET", `/v1/groups?limit=100&${query}`));

  test("every route that the server has is in the table, or known to be open", () => {
    const served = createApp(world.office.backend.context).routes.map(
      ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`,
    );
    const rows = Object.keys(table).map(routeOf);
    expect([...new Set(served)].toSorted()).toEqual([...new Set([...rows, ...OPEN_ROUTES])].toSorted());
    expect(routes.toSorted()).toEqual([...new Set(rows)].toSorted());
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

  test.each(["", NAMED, PERSON, SAID, "303200"])(
    "the lists and the search for %j show who may see what",
    async (query) => {
      const filters: Record<string, (place: Place, asker: Asker) => boolean> = {
        all: () => true,
        unread: () => true,
        mine: ({ creator }, asker) => creator === asker,
        locked: ({ locked }) => locked,
      };
      for (const asker of ASKERS) {
        for (const [filter, passes] of Object.entries(filters)) {
          const page = await listOf(asker, `filter=${filter}&query=${query}`);
          const passing = seenBy(asker).filter((place) => passes(place, asker));
          expect({ asker, filter, ids: idsOf(page.groups) }).toEqual({ asker, filter, ids: idsOf(groupsOf(passing)) });
          expect(page.next).toBeNull();
          expect(page.groups.map(({ unread }) => unread > 0)).toEqual(page.groups.map(() => true));
        }
      }
    },
  );

  test("a list comes in full pages of what may be seen, and ends with it", async () => {
    for (const asker of ASKERS) {
      const pages: string[][] = [];
      for (let next: string | null = ""; next !== null;) {
        const page: GroupPage = bodyOf(
          200,
          await clients[asker]<GroupPage>("GET", `/v1/groups?limit=5${next && `&cursor=${next}`}`),
        );
        pages.push(page.groups.map(({ id }) => id));
        ({ next } = page);
      }
      const seen = idsOf(groupsOf(seenBy(asker)));
      expect(pages.flat().toSorted()).toEqual(seen);
      expect(pages.map((page) => page.length).filter((length) => length === 5)).toHaveLength(
        Math.floor(seen.length / 5),
      );
    }
  });

  test("whatever is searched for, a group or a contact is found by those alone who may see it", async () => {
    // Whoever sees everything finds it alike, whatever the number.
    const cases = ASKERS.flatMap((asker) => CELLS.map((cell) => ({ asker, cell }))).filter(
      ({ asker, cell }) => asker === "cleo" || asker === "other" || cell.holding === "default",
    );
    await inBatches("GET", cases, async ({ asker, cell }) => {
      const { group } = world.sceneOf(asker, cell);
      const { owners } = world.places.find((place) => place.group.id === group.id)!;
      const { phone, contacts } = group.participants[0]!;
      const [named, person, said] = [group.name, contacts[0]!.name, group.lastMessage?.text].map(ownWord);
      const found: unknown[] = [];
      for (const query of [named, person, said, phone.slice(5)]) {
        const { groups } = await listOf(asker, `query=${query}`);
        found.push(idsOf(groups).filter((id) => id !== world.elsewhere.group.id));
      }
      for (const query of [person, phone.slice(5)]) {
        const path = `/v1/contacts?query=${query}&ownerId=${owners[0]}`;
        const page = bodyOf(200, await clients[asker]<ContactPage>("GET", path));
        found.push({ ids: idsOf(page.contacts), total: page.total });
      }
      const own = mayFind(world, asker, owners) ? [group.id] : [];
      const theirs = mayFind(world, asker, owners.slice(0, 1)) ? [contacts[0]!.id] : [];
      const people = { ids: theirs, total: theirs.length };
      expect({ asker, cell, found }).toEqual({ asker, cell, found: [own, own, own, own, people, people] });
    });
  });

  test("contacts are listed and resolved for those alone who may see them", async () => {
    const everyone = world.places.flatMap(({ group, owners }) =>
      group.participants.map(({ phone, contacts }, index) => ({ phone, id: contacts[0]!.id, ownerId: owners[index]! })),
    );
    const wanted = { ids: everyone.map(({ id }) => id), phones: everyone.map(({ phone }) => phone) };
    for (const asker of ["ava", "ben", "cleo"] as const) {
      const { user } = world.factsOf(asker, CELLS[0]!);
      const ids = everyone.filter((contact) => user !== null && maySeeContact(user, contact)).map(({ id }) => id);
      const page = bodyOf(200, await clients[asker]<ContactPage>("GET", `/v1/contacts?query=${PERSON}&limit=200`));
      expect(idsOf(page.contacts)).toEqual(ids.toSorted());
      expect(page).toMatchObject({ total: ids.length, next: null });
      const resolved = bodyOf(200, await clients[asker]<ContactsResolved>("POST", "/v1/contacts/resolve", wanted));
      expect(idsOf(resolved.contacts)).toEqual(ids.toSorted());
      expect(resolved.byPhone.flatMap(({ contactIds }) => contactIds).toSorted()).toEqual(ids.toSorted());
      expect(resolved.unknownIds.toSorted()).toEqual(wanted.ids.filter((id) => !ids.includes(id)).toSorted());
    }
    // The other workspace has two people with the ids and the phones of ours, by other names.
    const { contacts } = bodyOf(200, await clients.other<ContactsResolved>("POST", "/v1/contacts/resolve", wanted));
    expect(contacts).toHaveLength(2);
  });

  test("news of groups, messages and contacts is for those who may see them, from the first change on", async () => {
    const threads = new Map<string, MessagePage["messages"]>();
    for (const { group, locked } of world.places) {
      threads.set(group.id, await threadOf(clients.ava, group));
      expect(threads.get(group.id)).toHaveLength(locked ? 3 : 2);
    }
    for (const asker of ["ava", "ben", "cleo"] as const) {
      const { changes } = await catchUp(clients[asker], world.cursors[asker]);
      const seen = seenBy(asker);
      expect(idsOf(changes.flatMap((change) => (change.kind === "group" ? [change.group] : [])))).toEqual(
        idsOf(groupsOf(seen)),
      );
      const told = changes.flatMap((change) => (change.kind === "message" ? [change.message] : []));
      expect(idsOf(told)).toEqual(idsOf(seen.flatMap(({ group }) => threads.get(group.id) ?? [])));
      const { user } = world.factsOf(asker, CELLS[0]!);
      const theirs = world.places.flatMap(({ group, owners }) =>
        group.participants.flatMap(({ contacts }, index) =>
          user !== null && maySeeContact(user, { ownerId: owners[index]! }) ? [contacts[0]!.id] : [],
        ),
      );
      const contacts = changes.flatMap((change) => (change.kind === "contact" ? [change.contactId] : []));
      // With a CRM nobody can have on the screen whom the backend never heard of.
      expect(contacts.toSorted()).toEqual(directory === "built_in" ? theirs.toSorted() : []);
      expect(changes.filter(({ kind }) => kind === "group_gone")).toEqual([]);
      const fresh = bodyOf(200, await clients[asker]<SyncPage>("GET", "/v1/sync"));
      expect(idsOf(fresh.changes.flatMap((change) => (change.kind === "group" ? [change.group] : [])))).toEqual(
        idsOf(groupsOf(seen)),
      );
    }
  });

  test.each(Object.entries(table).slice(0, -1))("%s", async (route, { call, expected }) => {
    const cases = ASKERS.flatMap((asker) => expected.cells.map((cell) => ({ asker, cell })));
    const shown = await inBatches(route, cases, async ({ asker, cell }) => {
      const { status, body } = await call(world.sceneOf(asker, cell), clients[asker]);
      return [nameOf(asker, cell), status < 400 ? status : (body as { code: Outcome }).code] as const;
    });
    const wanted = cases.map(
      ({ asker, cell }) => [nameOf(asker, cell), expected.outcome(world.factsOf(asker, cell))] as const,
    );
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
  });

  test("what somebody has read is unread to everybody else", async () => {
    for (const asker of ASKERS) {
      const read = new Set(CELLS.map((cell) => world.sceneOf(asker, cell).group.id));
      const unread = seenBy(asker).filter(({ group }) => !read.has(group.id));
      const { groups } = await listOf(asker, "filter=unread");
      expect({ asker, ids: idsOf(groups) }).toEqual({ asker, ids: idsOf(groupsOf(unread)) });
    }
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

  test("no answer so far held a word of what its reader may not know", async () => {
    const known = [...secrets, ...(await readSecrets(world.office.backend.context.database))];
    expect(leaksIn(world.exchanges, known)).toEqual([]);
    // And every kind of it would have been found.
    const foreign = world.places.find(({ owners }) => owners.every((owner) => owner === "u-ben"))!.group;
    const avas = world.exchanges.filter(
      ({ reader, sent }) => reader === world.readers.ava && /^GET .v1.(sync|groups\/)/.test(sent),
    );
    const toldToCleo = leaksIn(
      avas.map((exchange) => ({ ...exchange, reader: world.readers.cleo })),
      known,
    ).map(({ told }) => told);
    const { id, name, lastMessage, participants } = foreign;
    const [person] = participants;
    const kinds = [
      id,
      name,
      lastMessage?.text,
      person?.id,
      person?.phone,
      person?.contacts[0]?.name,
      person?.contacts[0]?.id,
    ];
    expect(toldToCleo).toEqual(expect.arrayContaining(kinds));
    const toldToNobody = leaksIn(
      avas.map((exchange) => ({ ...exchange, reader: null })),
      known,
    );
    expect(toldToNobody.map(({ told }) => told)).toEqual(expect.arrayContaining(["Ava Brooks", "+14155550100"]));
  });

  test("a group whose contact goes to somebody else is gone with all that comes later, and returns with it", async () => {
    const { office, exchanges, assign, openGroup, reply } = world;
    const { group } = await openGroup(["u-cleo", "u-cleo"], "cleo");
    const [, lost] = group.participants.map(({ contacts }) => contacts[0]!.id);
    const { cursor } = bodyOf(200, await clients.cleo<SyncPage>("GET", "/v1/sync"));
    await assign(lost!, "u-ben");
    await reply(group, `${SAID} of a closed door`);
    const from = exchanges.length;
    const after = await catchUp(clients.cleo, cursor);
    expect(after.changes).toEqual([{ kind: "group_gone", groupId: group.id }]);
    for (const query of ["", "filter=mine", "filter=unread", `query=${ownWord(group.name)}`, "query=closed"]) {
      expect(idsOf((await listOf("cleo", query)).groups)).not.toContain(group.id);
    }
    for (const [path, body] of [
      [`/v1/groups/${group.id}/messages`, { id: newId(), text: "Still there?" }],
      ["/v1/groups", { ...(await scene.successor()), successorOf: group.id }],
    ] as const) {
      expect((await clients.cleo("POST", path, body)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await clients.cleo("GET", `/v1/groups/${group.id}/messages`)).status).toBe(404);
    const leaks = leaksIn(exchanges.slice(from), await readSecrets(office.backend.context.database));
    // That it is gone has to name it.
    expect(leaks.filter(({ told }) => told !== group.id)).toEqual([]);

    await assign(lost!, "u-cleo");
    const back = await catchUp(clients.cleo, after.cursor);
    expect(back.changes).toContainEqual({ kind: "group", group: expect.objectContaining({ id: group.id, unread: 2 }) });
    expect((await threadOf(clients.cleo, group)).at(-1)?.text).toBe(`${SAID} of a closed door`);
  });

  test("a thread is not taken up by somebody to whom it does not exist, although its phones are of their contacts", async () => {
    const { office, exchanges, add, reply } = world;
    const [shared, own] = freshNumbers(2) as [string, string];
    const people = await add([
      { name: "Wren one", phone: shared, ownerId: "u-cleo" },
      { name: "Wren two", phone: own, ownerId: "u-cleo" },
      { name: "Wren three", phone: shared, ownerId: "u-ben" },
    ]);
    for (const id of people) bodyOf(200, await office.ava("GET", `/v1/contacts/${id}`));
    const participants = [{ phone: shared }, { phone: own }];
    await reply({ businessNumber: scene.group.businessNumber, participants }, "A linnet sings");
    const from = exchanges.length;
    const wish = (ids: string[]) => office.groupRequest(ids, [shared, own]);
    const refused = await clients.cleo("POST", "/v1/groups", wish(people.slice(0, 2)));
    expect(refused).toMatchObject({ status: 409, body: { code: "group_exists" } });
    expect(refused.body).not.toHaveProperty("groupId");
    expect((await listOf("cleo", "query=linnet")).groups).toEqual([]);
    expect(leaksIn(exchanges.slice(from), await readSecrets(office.backend.context.database))).toEqual([]);

    const group = bodyOf(201, await clients.ben<Group>("POST", "/v1/groups", wish([people[2]!, people[1]!])));
    expect(await threadOf(clients.ben, group)).toMatchObject([{ text: "A linnet sings" }]);
  });

  test("an API key reads and writes contacts and nothing else", async () => {
    const statuses = await Promise.all(
      Object.entries(table).map(
        async ([row, { call }]) => [routeOf(row), (await call(scene, scene.office.crm)).status] as const,
      ),
    );
    const allowed = statuses.filter(([, status]) => status !== 403).map(([route]) => route);
    expect(allowed.toSorted()).toEqual(routes.filter((route) => /contacts|owners/.test(route)).toSorted());
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
    const from = world.exchanges.length;
    for (const [code, client, ahead] of refusals) {
      const user = overhear(client, null, world.exchanges);
      backend.setAhead(ahead);
      for (const [route, { call, expected }] of Object.entries(table)) {
        const answers = await inBatches("GET", expected.cells, (cell) =>
          call(frozen(world.sceneOf("ava", cell)), user),
        );
        for (const answer of answers) {
          expect(answer, `${route} with ${code}`).toMatchObject({ status: 401, body: { code } });
        }
      }
      backend.setAhead(0);
    }
    expect(leaksIn(world.exchanges.slice(from), secrets)).toEqual([]);
  });

  test("who waits for news and is signed out meanwhile, or whose token expires, is told nothing more", async () => {
    const { backend, ava } = world.office;
    const endings: [string, (user: Client) => Promise<void>][] = [
      ["session_revoked", async (user) => bodyOf(204, await user("DELETE", "/v1/session"))],
      ["token_expired", async () => backend.setAhead(11 * 60 * 1000)],
    ];
    for (const [code, end] of endings) {
      const user = clientOf(backend.url, await backend.tokenOf("ava"));
      const { cursor } = bodyOf(200, await ava<SyncPage>("GET", "/v1/sync"));
      const waiting = user("GET", `/v1/sync?cursor=${cursor}&wait=25`);
      // Answers to later questions: by then the waiting one has arrived.
      for (let asked = 0; asked < 5; asked += 1) bodyOf(200, await user("GET", "/v1/session"));
      await end(user);
      await world.reply(scene.group, `${SAID} too late`);
      expect(await waiting).toMatchObject({ status: 401, body: { code } });
      backend.setAhead(0);
    }
  });

  test("DELETE /v1/session", async () => {
    for (const name of ["ava", "ben", "cleo"] as const) {
      const user = clientOf(world.office.backend.url, await world.office.backend.tokenOf(name));
      expect((await table["DELETE /v1/session"]!.call(scene, user)).status).toBe(204);
      expect(await user("GET", "/v1/session")).toMatchObject({ status: 401, body: { code: "session_revoked" } });
    }
  });
});

function mayFind(world: AccessWorld, asker: Asker, owners: readonly string[]): boolean {
  const { user } = world.factsOf(asker, CELLS[0]!);
  return user !== null && maySeeGroup(user, owners);
}

function idsOf(things: readonly { id: string }[]): string[] {
  return things.map(({ id }) => id).toSorted();
}

function groupsOf(places: readonly Place[]): Group[] {
  return places.map(({ group }) => group);
}

/** The word that stands in this text alone. */
function ownWord(text: string | null | undefined): string {
  return /xq\w+/.exec(text ?? "")?.[0] ?? "";
}

async function threadOf(user: Client, { id }: Group) {
  return bodyOf(200, await user<MessagePage>("GET", `/v1/groups/${id}/messages?limit=200`)).messages;
}

/** Everything after a cursor, each group and message once. */
async function catchUp(user: Client, from: string): Promise<{ changes: Change[]; cursor: string }> {
  const changes = new Map<string, Change>();
  for (let cursor = from; ;) {
    const page = bodyOf(200, await user<SyncPage>("GET", `/v1/sync?cursor=${cursor}`));
    expect(page.reset).toBe(false);
    for (const change of page.changes) changes.set(keyOf(change), change);
    ({ cursor } = page);
    if (!page.more) return { changes: [...changes.values()], cursor };
  }
}

function keyOf(change: Change): string {
  if (change.kind === "group") return change.group.id;
  if (change.kind === "message") return change.message.id;
  return JSON.stringify(change);
}

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
  return { ...scene, contact: async () => "c-1", newGroup: async () => ({}), successor: async () => ({}) };
}
