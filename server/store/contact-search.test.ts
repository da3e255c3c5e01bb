import { Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { putContacts, searchContacts } from "./contacts.ts";
import { up as foldNames } from "./migrations/0011-folded-names.ts";
import { inWorkspace } from "./tenant.ts";

const NOW = new Date("2026-03-04T17:00:00Z");
const OURS = "0190a000-0000-7000-8000-000000000001";
const PEOPLE = [
  person("dana", "Dana Wu", "+14155550142", "+14155550199"),
  person("maria", "María Hernández", "+16505550154"),
  person("minh", "Nguyễn Văn Minh", "+16505550155"),
  person("jurgen", "Jürgen Müller", "+12125550177"),
  person("siobhan", "Siobhan O’Connor", "+12125550178"),
  person("half", "50%_ off", "+12125550179"),
];

function person(id: string, name: string, ...numbers: string[]) {
  const phones = numbers.map((number, index) => ({ number, label: null, primary: index === 0 }));
  return { id, name, ownerId: null, doNotDisturb: false, smsStatus: "inactive" as const, phones, tags: [] };
}

describe.each(databases)("the search for people on $name", ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await database.pool.query(`insert into workspace values ('${OURS}', 'ours')`);
    await inWorkspace(database, OURS, (trx) => putContacts(trx, OURS, PEOPLE, NOW));
  });
  afterAll(() => database.close());

  const find = async (query: string) => {
    const search = { query, ownerId: null, offset: 0, limit: 50 };
    const { contacts, total } = await inWorkspace(database, OURS, (trx) => searchContacts(trx, OURS, search));
    expect(total).toBe(contacts.length);
    return contacts.map(({ id }) => id);
  };

  test.each([
    ["hernandez", "maria"],
    ["HERNÁNDEZ", "maria"],
    ["nguyen", "minh"],
    ["muller", "jurgen"],
    ["o'connor", "siobhan"],
    ["oconnor", "siobhan"],
    ["wu dana", "dana"],
    ["dana  wu", "dana"],
    ["Wu, Dana", "dana"],
    ["(415) 555-01", "dana"],
    ["+1 415 555 0199", "dana"],
    ["dana 0142", "dana"],
    ["50", "half"],
    ["%_", "half"],
  ])("%j finds them", async (query, id) => {
    expect(await find(query)).toEqual([id]);
  });

  test.each(["dana hernandez", "dana 0177", "'", "%%"])("%j finds nobody", async (query) => {
    expect(await find(query)).toEqual([]);
  });

  test("finds by their new name whom the directory renamed", async () => {
    await inWorkspace(database, OURS, (trx) =>
      putContacts(trx, OURS, [person("minh", "Đặng Minh", "+16505550155")], NOW),
    );
    expect(await find("dang")).toEqual(["minh"]);
    expect(await find("nguyen")).toEqual([]);
  });

  test("finds who was there before names were folded", async () => {
    await database.pool.query("alter table contact drop column folded_name");
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) });
    await db.transaction().execute(foldNames);
    expect(await find("hernandez")).toEqual(["maria"]);
    expect(await find("oconnor")).toEqual(["siobhan"]);
  });
});
