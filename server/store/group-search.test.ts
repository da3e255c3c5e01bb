import { Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { pageGroupIds } from "./group-search.ts";
import { up as foldGroups } from "./migrations/0013-folded-groups.ts";
import { inWorkspace } from "./tenant.ts";

const id = (end: string) => `0190a000-0000-7000-8000-${end.padStart(12, "0")}`;
const OURS = id("1");
const [TALKATIVE, QUIET, SILENT] = [id("a1"), id("a2"), id("a3")];

describe.each(databases)("the search for groups on $name", ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    const groups = [TALKATIVE, QUIET, SILENT].map(
      (group, index) =>
        `('${OURS}', '${group}', '${index}', '${id("b")}', 'native', now(), now() - interval '${index} h', 0)`,
    );
    const say = (group: string, times: number) => `
      insert into message (workspace_id, id, group_id, seq, direction, text, media, created_at, revision)
      select '${OURS}', gen_random_uuid(), '${group}', n, 'inbound', 'a heron', '[]', now(), 0
      from generate_series(1, ${times}) n`;
    for (const statement of [
      `insert into workspace values ('${OURS}', 'ours')`,
      `insert into business_number values ('${OURS}', '${id("b")}', '+14155550100', null, true, null, true, true)`,
      `insert into groups (workspace_id, id, key, business_number_id, mode, created_at, last_activity_at, revision)
        values ${groups.join()}`,
      say(TALKATIVE, 40),
      say(QUIET, 1),
    ]) {
      await database.pool.query(statement);
    }
  });
  afterAll(() => database.close());

  const find = (query: string, bounds?: { gathered: number; walked: number }) =>
    inWorkspace(database, OURS, (trx) => {
      const page = { userId: id("c"), query, filter: "all", assignedTo: null, before: null, limit: 50 } as const;
      return pageGroupIds(trx, OURS, page, bounds);
    });
  const heron = (gathered: number) => find("heron", { gathered, walked: 1 });

  test("takes a group where a word was said very often for one candidate", async () => {
    expect(await heron(3)).toEqual({ ids: [TALKATIVE, QUIET], next: null });
  });

  test.each([0, 1])("walks where more than %i groups match", async (gathered) => {
    expect(await heron(gathered)).toMatchObject({ ids: [TALKATIVE], next: { id: TALKATIVE } });
  });

  test("finds what was there before words were folded", async () => {
    for (const statement of [
      `insert into contact values ('${OURS}', 'maria', 'María Hernández', null, false, 'inactive', '[]', '[]', null, '')`,
      `insert into participant values ('${OURS}', '${QUIET}', '${id("d")}', '+14155550142', 0)`,
      `insert into participant_contact values ('${OURS}', '${QUIET}', '${id("d")}', 'maria', 'Mara Muñoz')`,
      `update groups set name = 'O’Connor Búho' where id = '${SILENT}'`,
      `update message set text = 'eine Brücke' where group_id = '${QUIET}'`,
      "alter table message drop column folded_words",
      "create index message_by_words on message using gin (to_tsvector('simple', text))",
    ]) {
      await database.pool.query(statement);
    }
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) });
    await db.transaction().execute(foldGroups);
    for (const query of ["hernandez", "munoz", "brucke", "+1415", "1 415 555", "+14155550142", "41555 50142"]) {
      expect([query, (await find(query)).ids]).toEqual([query, [QUIET]]);
    }
    for (const query of ["o'connor buho", "oconnor"]) {
      expect([query, (await find(query)).ids]).toEqual([query, [SILENT]]);
    }
  });
});
