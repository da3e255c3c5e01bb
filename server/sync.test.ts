import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactPage } from "@partyline/contract/contact";
import type { Group, GroupPage } from "@partyline/contract/group";
import { SyncPage, type Change } from "@partyline/contract/sync";
import { tidyUp } from "./housekeeping.ts";
import { eventually, MAIN_LINE } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, firstMessage, freshNumbers, openOffice, patient, personWith, type Office } from "./testing/office.ts";

type Client = Office["ava"];

async function read(user: Client, cursor?: string, wait = 0): Promise<SyncPage> {
  const query = new URLSearchParams({ ...(cursor === undefined ? {} : { cursor }), wait: String(wait) });
  return SyncPage.parse(bodyOf(200, await patient(user)("GET", `/v1/sync?${query.toString()}`)));
}

/** Everything after a cursor, page by page. */
async function readAll(user: Client, from: string): Promise<{ changes: Change[]; pages: number; cursor: string }> {
  const changes: Change[] = [];
  let cursor = from;
  for (let pages = 1; ; pages += 1) {
    const page = await read(user, cursor);
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return { changes, pages, cursor };
  }
}

const groupsIn = (changes: Change[]) => changes.flatMap((change) => (change.kind === "group" ? [change.group.id] : []));
const goneIn = (changes: Change[]) =>
  changes.flatMap((change) => (change.kind === "group_gone" ? [change.groupId] : []));
const textsIn = (changes: Change[]) =>
  changes.flatMap((change) => (change.kind === "message" ? [change.message.text] : []));

describe.each(databases)("catching up on $name", (engine) => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(engine, { environment: { SENDS_PER_MINUTE: "10000" } });
  });
  afterAll(() => office.close());

  test("a fresh start gives the latest groups, and a cursor after which there is nothing", async () => {
    const group = await office.openGroup(freshNumbers(2));
    const fresh = await read(office.ava);
    expect(fresh).toMatchObject({ reset: true, more: false });
    expect(groupsIn(fresh.changes)).toContain(group.id);
    expect(fresh.changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["session", "numbers"]));
    expect(await read(office.ava, fresh.cursor)).toEqual({
      cursor: fresh.cursor,
      changes: [],
      more: false,
      reset: false,
      unreadFrom: null,
    });
  });

  test("a cursor of another database starts afresh", async () => {
    expect(await read(office.ava, "999999999")).toMatchObject({ reset: true });
  });

  test("what happened meanwhile comes once each, as it is now", async () => {
    const { cursor } = await read(office.ava);
    const { id } = await office.openGroup(freshNumbers(2), "Hello");
    await office.send(id, "Hello again");
    bodyOf(200, await office.ava("PATCH", `/v1/groups/${id}`, { name: "Closing" }));
    const { changes } = await readAll(office.ava, cursor);
    expect(groupsIn(changes)).toEqual([id]);
    expect(changes).toContainEqual({ kind: "group", group: expect.objectContaining({ id, name: "Closing" }) });
    expect(textsIn(changes)).toEqual(["Hello", "Hello again"]);
  });

  test("more than a page comes in pages, with nothing left out", async () => {
    const { cursor } = await read(office.ava);
    const contacts = freshNumbers(450).map((number) => ({ id: `c-${randomUUID()}`, ...personWith(number) }));
    bodyOf(200, await office.crm("POST", "/v1/contacts/import", { contacts }));
    const { changes, pages } = await readAll(office.ava, cursor);
    const ids = changes.flatMap((change) => (change.kind === "contact" ? [change.contactId] : []));
    expect(pages).toBeGreaterThan(2);
    expect(ids.toSorted()).toEqual(contacts.map(({ id }) => id).toSorted());
  });

  test("who waits is told within a second of a reply, and after the time with nothing", async () => {
    const [one, other] = freshNumbers(2) as [string, string];
    await office.openGroup([one, other]);
    const { cursor } = await read(office.ava);
    // Receipts for messages of earlier tests may still come in: then there is news, and the waiting begins anew.
    let quiet = await read(office.ben, cursor, 1);
    while (quiet.changes.length > 0) quiet = await read(office.ben, quiet.cursor, 1);
    expect(quiet).toMatchObject({ changes: [], more: false, reset: false });
    const took: number[] = [];
    let from = quiet.cursor;
    for (const text of ["One", "Two", "Three"]) {
      const waiting = read(office.ava, from, 20).then((page) => ({ page, at: Date.now() }));
      const start = Date.now();
      await office.carrier("POST", `/handsets/${one}/texts`, { to: [MAIN_LINE, other], text });
      const { page, at } = await waiting;
      expect(textsIn(page.changes)).toContain(text);
      took.push(at - start);
      from = page.cursor;
    }
    // The median: one of them may meet a busy moment of the machine.
    expect(took.toSorted((a, b) => a - b)[1]).toBeLessThan(1000);
  });

  test("who waits while the backend stops is answered at once and goes on afterwards", async () => {
    const { cursor } = await read(office.ava);
    const waiting = read(office.ava, cursor, 25);
    // Answers to later questions: by then the waiting one has arrived.
    for (let asked = 0; asked < 5; asked += 1) await read(office.ben, cursor);
    const start = Date.now();
    await office.backend.restart();
    expect((await waiting).cursor).toBe(cursor);
    expect(Date.now() - start).toBeLessThan(15_000);
    await office.openGroup(freshNumbers(2));
    expect((await read(office.ava, cursor)).changes.length).toBeGreaterThan(0);
  });

  test("a user with assigned data only hears of changes to their own contacts, and of nobody else's", async () => {
    const { cursor } = await read(office.cleo);
    const [theirs] = await office.addPeople(freshNumbers(1), "u-cleo");
    await office.addPeople(freshNumbers(1), "u-ava");
    await office.addPeople(freshNumbers(1), null);
    const { changes } = await readAll(office.cleo, cursor);
    expect(changes).toEqual([{ kind: "contact", contactId: theirs }]);
  });

  test("a user with assigned data only loses a group when one of its contacts goes to somebody else, and gets it back", async () => {
    const numbers = freshNumbers(2);
    const people = await office.addPeople(numbers, "u-cleo");
    const made = office.groupRequest(people, numbers) as { id: string };
    bodyOf(201, await office.cleo("POST", "/v1/groups", made));
    const assign = async (owner: string) =>
      bodyOf(200, await office.crm("PUT", `/v1/contacts/${people[0]!}`, personWith(numbers[0]!, owner)));

    const { cursor } = await read(office.cleo);
    await assign("u-ben");
    const lost = await readAll(office.cleo, cursor);
    expect(goneIn(lost.changes)).toEqual([made.id]);
    expect(groupsIn(lost.changes)).toEqual([]);
    expect((await office.cleo("GET", `/v1/groups/${made.id}`)).status).toBe(404);
    expect((await office.cleo("GET", `/v1/groups/${made.id}/messages`)).status).toBe(404);
    await office.send(made.id, "Not for Cleo");
    const meanwhile = await readAll(office.cleo, lost.cursor);
    expect(textsIn(meanwhile.changes)).toEqual([]);

    await assign("u-cleo");
    const back = await readAll(office.cleo, meanwhile.cursor);
    expect(groupsIn(back.changes)).toEqual([made.id]);
    expect((await office.cleo("GET", `/v1/groups/${made.id}/messages`)).body).toMatchObject({
      messages: [{ text: "Not for Cleo" }],
    });
  });

  test("a user with assigned data only hears nothing at all of groups that never were theirs", async () => {
    const { cursor } = await read(office.cleo);
    const [one, other] = freshNumbers(2) as [string, string];
    const { id } = await office.openGroup([one, other], "Not for Cleo");
    bodyOf(200, await office.ava("PATCH", `/v1/groups/${id}`, { name: "Nor this" }));
    await office.carrier("POST", `/handsets/${one}/texts`, { to: [MAIN_LINE, other], text: "Nor mine" });
    await eventually(
      () => office.messages(id),
      (messages) => messages.length === 2,
    );
    await office.carrier("POST", `/handsets/${other}/texts`, { to: [MAIN_LINE, one], text: "STOP" });
    await eventually(
      async () => (await office.ava<{ lock: unknown }>("GET", `/v1/groups/${id}`)).body.lock,
      (lock) => lock !== null,
    );
    // Receipts for a group of hers may still come in.
    expect(JSON.stringify((await readAll(office.cleo, cursor)).changes)).not.toContain(id);
  });

  test("what a user with assigned data only lost is in no list, count or search of theirs", async () => {
    const numbers = freshNumbers(3);
    const people = await office.addPeople(numbers, "u-cleo");
    const made = office.groupRequest(people, numbers, firstMessage("Grebe at noon")) as { id: string };
    bodyOf(201, await office.cleo("POST", "/v1/groups", made));
    const shown = async () => {
      const { groups } = bodyOf(200, await office.cleo<GroupPage>("GET", "/v1/groups?limit=100"));
      const { groups: found } = bodyOf(200, await office.cleo<GroupPage>("GET", "/v1/groups?query=Grebe"));
      const number = encodeURIComponent(numbers[0]!.slice(2));
      const { total } = bodyOf(200, await office.cleo<ContactPage>("GET", `/v1/contacts?query=${number}`));
      const fresh = await read(office.cleo);
      const has = (list: { id: string }[]) => list.some(({ id }) => id === made.id);
      return [has(groups), has(found), total, groupsIn(fresh.changes).includes(made.id)];
    };
    expect(await shown()).toEqual([true, true, 1, true]);
    bodyOf(200, await office.crm("PUT", `/v1/contacts/${people[0]!}`, personWith(numbers[0]!, "u-ben")));
    expect(await shown()).toEqual([false, false, 0, false]);
  });

  test("a thread that became a group is gone for the user with assigned data only who saw it", async () => {
    const numbers = freshNumbers(3) as [string, string, string];
    const people = await office.addPeople(numbers, "u-cleo");
    const [one, other, third] = numbers;
    bodyOf(201, await office.cleo("POST", "/v1/groups", office.groupRequest(people.slice(0, 2), [one, other])));
    await office.carrier("POST", `/handsets/${one}/texts`, { to: [MAIN_LINE, other, third], text: "Heron" });
    const [thread] = await eventually(
      async () => bodyOf(200, await office.cleo<GroupPage>("GET", "/v1/groups?query=Heron")).groups,
      (found) => found.length === 1,
    );
    const { cursor } = await read(office.cleo);
    const made = office.groupRequest(people, numbers) as { id: string };
    bodyOf(201, await office.cleo("POST", "/v1/groups", made));
    const { changes } = await readAll(office.cleo, cursor);
    expect(goneIn(changes)).toEqual([thread!.id]);
    expect(groupsIn(changes)).toContain(made.id);
  });

  test("a cursor older than the log starts afresh, and a newer one goes on", async () => {
    const { context } = office.backend;
    const { cursor: old } = await read(office.ava);
    await office.openGroup(freshNumbers(2));
    const { cursor } = await read(office.ava);
    await tidyUp(context);
    expect((await read(office.ava, old)).reset).toBe(false);
    await tidyUp({ ...context, now: () => new Date(Date.now() + 31 * 24 * 60 * 60 * 1000) });
    expect((await read(office.ava, old)).reset).toBe(true);
    expect(await read(office.ava, cursor)).toMatchObject({ reset: false, changes: [] });
    const { id } = await office.openGroup(freshNumbers(2));
    const later = await readAll(office.ava, cursor);
    expect(groupsIn(later.changes)).toEqual([id]);
    const left = await context.database.pool.query<{ count: number }>("select count(*)::int as count from change_log");
    expect(left.rows[0]!.count).toBeLessThan(10);
  });

  test("how far somebody has read is theirs alone", async () => {
    const [one, other] = freshNumbers(2) as [string, string];
    const { id } = await office.openGroup([one, other]);
    await office.carrier("POST", `/handsets/${one}/texts`, { to: [MAIN_LINE, other], text: "Anybody there?" });
    await eventually(
      () => office.messages(id),
      (messages) => messages.length === 1,
    );
    const [avas, bens] = await Promise.all([read(office.ava), read(office.ben)]);
    expect((await office.ava("PUT", `/v1/groups/${id}/read`, { seq: 99 })).body).toMatchObject({
      readSeq: 1,
      unread: 0,
    });
    expect((await office.ava("PUT", `/v1/groups/${id}/read`, { seq: 0 })).body).toMatchObject({
      readSeq: 1,
      unread: 0,
    });
    expect((await office.ben("GET", `/v1/groups/${id}`)).body).toMatchObject({ readSeq: 0, unread: 1 });
    expect(groupsIn((await readAll(office.ava, avas.cursor)).changes)).toEqual([id]);
    expect((await readAll(office.ben, bens.cursor)).changes).toEqual([]);
  });

  test("a reader misses nothing that twelve writers do", async () => {
    const groups = await Promise.all(Array.from({ length: 12 }, () => office.openGroup(freshNumbers(2))));
    let { cursor } = await read(office.ben);
    const seen = new Set<string>();
    let writing = true;
    const reading = (async () => {
      for (;;) {
        const last = !writing;
        const page = await readAll(office.ben, cursor);
        ({ cursor } = page);
        for (const text of textsIn(page.changes)) seen.add(text);
        if (last) return;
      }
    })();
    const written = groups.flatMap(({ id }, writer) =>
      Array.from({ length: 4 }, (_, number) => ({ id, text: `Writer ${writer} number ${number}` })),
    );
    await Promise.all(
      groups.map(async ({ id }) => {
        for (const message of written.filter((one) => one.id === id)) await office.send(id, message.text);
      }),
    );
    writing = false;
    await reading;
    expect(written.map(({ text }) => text).filter((text) => !seen.has(text))).toEqual([]);
  }, 180_000);

  test("a fresh start gives unread groups that are older than the latest, and where more of them are", async () => {
    const fill = (groups: number, year: number, inbound: number) =>
      office.backend.context.database.pool.query(`
        insert into groups (workspace_id, id, key, business_number_id, mode, created_at, last_activity_at, message_seq,
          inbound_seq, revision)
        select workspace_id, gen_random_uuid(), '${year}-' || n, id, 'native', at, at, ${inbound}, ${inbound}, 0
        from business_number, generate_series(1, ${groups}) n,
          lateral (select '${year}-01-01'::timestamptz + n * interval '1 hour' as at) times
        where number = '${MAIN_LINE}'`);
    await fill(60, 2021, 0);
    await fill(250, 2020, 1);
    const unreadIn = (groups: Group[], year: string) =>
      groups.flatMap((group) => (group.createdAt.startsWith(year) ? [group.id] : []));
    const fresh = await read(office.ava);
    const first = fresh.changes.flatMap((change) => (change.kind === "group" ? [change.group] : []));
    expect(unreadIn(first, "2021").length).toBeLessThan(60);
    const found = new Set(unreadIn(first, "2020"));
    expect(found.size).toBeGreaterThanOrEqual(100);
    expect(found.size).toBeLessThanOrEqual(120);
    expect(first).toHaveLength(new Set(first.map(({ id }) => id)).size);

    for (let next = fresh.unreadFrom, pages = 0; next !== null && pages < 5; pages += 1) {
      const query = new URLSearchParams({ filter: "unread", cursor: next, limit: "100" });
      const page = bodyOf(200, await office.ava<GroupPage>("GET", `/v1/groups?${query.toString()}`));
      for (const id of unreadIn(page.groups, "2020")) found.add(id);
      ({ next } = page);
    }
    expect(found.size).toBe(250);
    expect(goneIn(fresh.changes)).toEqual([]);
    expect(await read(office.cleo)).toMatchObject({ unreadFrom: null });
  });
});
