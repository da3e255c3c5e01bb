import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { asOwner, inWorkspace, runSql } from "./tenant.ts";

const OURS = "0190a000-0000-7000-8000-000000000001";
const THEIRS = "0190a000-0000-7000-8000-000000000002";

/** Belong to no workspace: what came from carriers and CRMs before anybody knows whose it is, and the migrations. */
const NOBODYS = ["kysely_migration", "kysely_migration_lock", "webhook_event"];

/** Every table of the schema `public` as the database itself lists it, so that a new one is in question at once. */
describe.each(databases)("row-level security on $name", ({ open }) => {
  let database: TestDatabase;
  /** The columns of each. */
  let tables: Map<string, string[]>;
  let guarded: { table: string; key: string }[];

  beforeAll(async () => {
    database = await open();
    tables = await columnsOf(database);
    guarded = [...tables].flatMap(([table, columns]) => {
      if (table === "workspace") return [{ table, key: "id" }];
      return columns.includes("workspace_id") ? [{ table, key: "workspace_id" }] : [];
    });
    await dropConstraints(database);
    for (const { table, key } of guarded) {
      await database.pool.query(`insert into "${table}" (${key}) values ($1), ($2)`, [OURS, THEIRS]);
    }
  });
  afterAll(() => database.close());

  test("every table belongs to workspaces, or is known to belong to nobody", () => {
    const others = [...tables.keys()].filter((table) => guarded.every((one) => one.table !== table));
    expect(others.toSorted()).toEqual(NOBODYS);
    expect(guarded.length).toBeGreaterThan(15);
  });

  test("no table shows another workspace's rows to a query without a where", async () => {
    const shown: Record<string, unknown> = {};
    for (const { table, key } of guarded) {
      const rows = await inWorkspace(database, OURS, (trx) =>
        runSql(trx, `select ${key} as whose from "${table}"`, []),
      );
      shown[table] = rows.map(({ whose }) => whose);
    }
    expect(shown).toEqual(Object.fromEntries(guarded.map(({ table }) => [table, [OURS]])));
  });

  test("no table lets another workspace's rows be changed or removed, nor a row be given away", async () => {
    for (const { table, key } of guarded) {
      const change = `update "${table}" set ${key} = ${key} returning ${key} as whose`;
      const changed = await inWorkspace(database, OURS, (trx) => runSql(trx, change, []));
      expect({ table, changed }).toEqual({ table, changed: [{ whose: OURS }] });
      const give = inWorkspace(database, OURS, (trx) => runSql(trx, `update "${table}" set ${key} = $1`, [THEIRS]));
      await expect(give).rejects.toMatchObject({ code: "42501" });
      const add = inWorkspace(database, OURS, (trx) =>
        runSql(trx, `insert into "${table}" (${key}) values ($1)`, [THEIRS]),
      );
      await expect(add).rejects.toMatchObject({ code: "42501" });
      await inWorkspace(database, OURS, (trx) => runSql(trx, `delete from "${table}"`, []));
      const left = await asOwner(database, (trx) => runSql(trx, `select ${key} as whose from "${table}"`, []));
      expect({ table, left }).toEqual({ table, left: [{ whose: THEIRS }] });
    }
  });

  test("without a workspace nothing is seen at all", async () => {
    for (const { table } of guarded) {
      const rows = await inWorkspace(database, "", (trx) => runSql(trx, `select 1 from "${table}"`, []));
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
  });

  test("a table that was forgotten would be found by these tests", async () => {
    await database.pool.query(`create table forgotten (workspace_id uuid)`);
    await database.pool.query(`insert into forgotten values ('${OURS}'), ('${THEIRS}')`);
    const rows = await inWorkspace(database, OURS, (trx) => runSql(trx, "select workspace_id from forgotten", []));
    expect(rows).toHaveLength(2);
    expect([...(await columnsOf(database)).keys()]).toContain("forgotten");
  });

  test("the search, which runs as the tables' owner, finds only the workspace's own", async () => {
    const found = (workspace: string) =>
      inWorkspace(database, workspace, async (trx) => {
        const { rows } = await sql<{ id: string }>`
          select unnest(group_ids_matching(to_tsquery('simple', 'kingfisher'), 10)) as id`.execute(trx);
        return rows.map(({ id }) => id);
      });
    const ids = { [OURS]: crypto.randomUUID(), [THEIRS]: crypto.randomUUID() };
    for (const [workspace, id] of Object.entries(ids)) {
      const insert = `insert into groups (workspace_id, id, search) values ($1, $2, 'kingfisher')`;
      await database.pool.query(insert, [workspace, id]);
    }
    for (const [workspace, id] of Object.entries(ids)) expect(await found(workspace)).toEqual([id]);
    expect(await found("")).toEqual([]);
  });
});

async function columnsOf({ pool }: TestDatabase): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ table: string; columns: string[] }>(
    `select table_name as "table", array_agg(column_name::text) as columns
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' group by table_name`,
  );
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/** What rows mean is not in question here, only whose they are: so that any value will do for any column. */
async function dropConstraints({ pool }: TestDatabase): Promise<void> {
  await pool.query(`
    do $do$ declare one record; begin
      for one in select conrelid::regclass as place, conname from pg_constraint
        where connamespace = 'public'::regnamespace and contype in ('f', 'c', 'u', 'p')
        order by case contype when 'f' then 0 else 1 end
      loop execute format('alter table %s drop constraint %I', one.place, one.conname); end loop;
      for one in select attrelid::regclass as place, attname as conname from pg_attribute
        join pg_class on pg_class.oid = attrelid
        where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and attnotnull and not attisdropped
      loop execute format('alter table %s alter column %I drop not null', one.place, one.conname); end loop;
    end $do$`);
}
