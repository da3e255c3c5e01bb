import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Group, GroupPage } from "@partyline/contract/group";
import { MAIN_LINE, WORKSPACE } from "../testing/backend.ts";
import { databases } from "../testing/databases.ts";
import { bodyOf, openOffice, type Office } from "../testing/office.ts";

/** More than a fresh start gives, and than several pages hold. */
const UNREAD = 260;
/** What is later, and read: on a list by time alone it would come first. */
const READ = 70;

describe.each(databases)("the list of what is unread, on $name", (engine) => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(engine);
    await fill({ kind: "unread", groups: UNREAD, since: "2020-01-01" });
    await fill({ kind: "read", groups: READ, since: "2021-01-01" });
    const ava = WORKSPACE.users[0]!.id;
    await office.backend.context.database.pool.query(`
      insert into read_state (workspace_id, user_id, group_id, seq)
      select workspace_id, '${ava}', id, 1 from groups where key like 'read-%'`);
  });
  afterAll(() => office.close());

  /** Four at a time are equally old, so that pages end between such. */
  const fill = ({ kind, groups, since }: { kind: string; groups: number; since: string }) =>
    office.backend.context.database.pool.query(`
      insert into groups (workspace_id, id, key, name, business_number_id, mode, created_by, created_at,
        last_activity_at, message_seq, inbound_seq, revision)
      select workspace_id, gen_random_uuid(), '${kind}-' || n, '${kind} ' || n, id, 'native',
        '${WORKSPACE.users[0]!.id}', at, at, 1, 1, 0
      from business_number, generate_series(1, ${groups}) n,
        lateral (select '${since}'::timestamptz + (n / 4) * interval '1 hour' as at) times
      where number = '${MAIN_LINE}'`);
  const page = async (filter: string, cursor: string | null, limit = 50) => {
    const query = new URLSearchParams({ filter, limit: String(limit), ...(cursor !== null && { cursor }) });
    return bodyOf(200, await office.ava<GroupPage>("GET", `/v1/groups?${query.toString()}`));
  };
  const walk = async (filter: string, betweenPages: (pages: GroupPage[]) => Promise<void> = async () => {}) => {
    const pages = [await page(filter, null)];
    for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next) {
      await betweenPages(pages);
      pages.push(await page(filter, next));
      expect(pages.length).toBeLessThan(20);
    }
    return pages;
  };
  const groupsIn = (pages: readonly GroupPage[]) => pages.flatMap(({ groups }) => groups);
  const kindOf = ({ name }: Group) => name?.split(" ")[0];
  const read = (group: Group) => office.ava("PUT", `/v1/groups/${group.id}/read`, { seq: 1 });

  test("is whole, page by page, and in the order of time, before anything that is read", async () => {
    const pages = await walk("unread");
    expect(pages.map(({ groups }) => groups.length)).toEqual([50, 50, 50, 50, 50, 10]);
    const listed = groupsIn(pages);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(UNREAD);
    expect(listed.every((group) => kindOf(group) === "unread")).toBe(true);
    const times = listed.map(({ lastActivityAt }) => lastActivityAt);
    expect(times).toEqual(times.toSorted().toReversed());
    // As the panel walks: what the whole list begins with is all read.
    const [first] = await walk("all");
    expect(first!.groups.map(kindOf)).toEqual(first!.groups.map(() => "read"));
  });

  test("loses nothing and repeats nothing while it is read, written to and walked at once", async () => {
    let marked: Group | undefined;
    let late: { id: string } | undefined;
    const pages = await walk("unread", async (before) => {
      if (before.length !== 2) return;
      // The last of this page, which the cursor names, is read; and a group becomes unread that is later than all.
      marked = before.at(-1)!.groups.at(-1);
      bodyOf(200, await read(marked!));
      late = { id: newId() };
      await office.backend.context.database.pool.query(`
        insert into groups (workspace_id, id, key, name, business_number_id, mode, created_by, created_at,
          last_activity_at, message_seq, inbound_seq, revision)
        select workspace_id, '${late.id}', 'late', 'late', business_number_id, mode, created_by, now(), now(), 1, 1, 0
        from groups where id = '${marked!.id}'`);
    });
    const ids = groupsIn(pages).map(({ id }) => id);
    expect(ids).toHaveLength(UNREAD);
    expect(new Set(ids).size).toBe(UNREAD);
    expect(ids).not.toContain(late!.id);
    const again = groupsIn(await walk("unread")).map(({ id }) => id);
    expect(again[0]).toBe(late!.id);
    expect(again.slice(1)).toEqual(ids.filter((id) => id !== marked!.id));
  });

  test("is each user's own", async () => {
    const bens = bodyOf(200, await office.ben<GroupPage>("GET", "/v1/groups?filter=unread&limit=100"));
    expect(bens.groups.filter((group) => kindOf(group) === "read")).toHaveLength(READ);
    const cleos = bodyOf(200, await office.cleo<GroupPage>("GET", "/v1/groups?filter=unread&limit=100"));
    expect(cleos).toMatchObject({ groups: [], next: null });
  });
});
