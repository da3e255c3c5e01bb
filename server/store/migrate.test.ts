import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Migration } from "kysely/migration";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { databaseAt, onServer } from "../testing/postgres-databases.ts";
import { MigrationFailedError } from "./errors.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/all.ts";
import { type DatabasePool, openPool } from "./pool.ts";
import { asOwner, inWorkspace, runSql } from "./tenant.ts";

const one: Migration = {
  up: async (db) => {
    await sql`create table one (n int)`.execute(db);
    await sql`insert into one values (1)`.execute(db);
  },
};
const broken: Migration = {
  up: async (db) => {
    await sql`create table two (n int)`.execute(db);
    await sql`insert into two values ('not a number')`.execute(db);
  },
};

describe.each(databases)("migrations on $name", ({ open }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.close());

  test("are applied once, in order", async () => {
    expect(await migrate(database, { ...migrations, "9001-one": one })).toEqual(["9001-one"]);
    expect(await migrate(database, { ...migrations, "9001-one": one })).toEqual([]);
    expect((await database.pool.query("select n from one")).rows).toEqual([{ n: 1 }]);
  });

  test("are applied once by three replicas that start together", async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => replicaOf(database)));
    const applied = await Promise.all(replicas.map((replica) => migrate(replica, { ...migrations, "9001-one": one })));
    expect(applied.flat()).toEqual(["9001-one"]);
    expect((await database.pool.query("select n from one")).rows).toEqual([{ n: 1 }]);
    await Promise.all(replicas.filter((replica) => replica !== database).map((replica) => replica.close()));
  });

  test("that fail are named, and nothing of them or of their neighbours stays", async () => {
    const attempt = migrate(database, { ...migrations, "9001-one": one, "9002-broken": broken });
    await expect(attempt).rejects.toThrow(MigrationFailedError);
    await expect(attempt).rejects.toThrow(/^The database migration 9002-broken failed and was rolled back: .*integer/u);
    const { rows } = await database.pool.query("select to_regclass('one') as one, to_regclass('two') as two");
    expect(rows).toEqual([{ one: null, two: null }]);
  });

  test("of a newer program are not ignored by an older one", async () => {
    await migrate(database, { ...migrations, "9001-one": one });
    await expect(migrate(database, migrations)).rejects.toThrow(/9001-one/u);
  });
});

/** An embedded database has no replicas, but its one process may still ask twice. */
async function replicaOf(database: TestDatabase): Promise<DatabasePool> {
  return database.engine === "embedded" ? database : openPool(database.config);
}

describe("migrations by a user who is no superuser, and to whom the two roles are granted", () => {
  let database: DatabasePool;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    const { url } = inject("templates").postgres;
    const name = `partyline_limited_${randomBytes(4).toString("hex")}`;
    const limited = new URL(databaseAt(url, name));
    [limited.username, limited.password] = [name, "pw"];
    await onServer(url, `create role ${name} login nosuperuser nocreaterole password 'pw'`);
    await onServer(url, `grant partyline_app, partyline_owner to ${name}`);
    await onServer(url, `create database ${name} owner ${name}`);
    database = await openPool({ databaseUrl: limited.href, dataFolder: "", onError: ignore });
    remove = async () => {
      await database.close();
      await onServer(url, `drop database ${name} with (force)`);
      await onServer(url, `drop role ${name}`);
    };
  });
  afterEach(() => remove());

  test("are all it takes to keep workspaces apart", async () => {
    await migrate(database);
    await asOwner(database, (trx) =>
      runSql(trx, "insert into workspace values ($1, 'ours'), ($2, 'theirs')", [OURS, THEIRS]),
    );
    const names = "select name from workspace";
    expect(await inWorkspace(database, OURS, (trx) => runSql(trx, names, []))).toEqual([{ name: "ours" }]);
    expect(await asOwner(database, (trx) => runSql(trx, names, []))).toHaveLength(2);
  });

  test("find a discovered thread's nearest group where it used to be", async () => {
    const earlier = Object.entries(migrations).filter(([name]) => name < "0012");
    await migrate(database, Object.fromEntries(earlier));
    await asOwner(database, async (trx) => {
      await runSql(trx, "insert into workspace values ($1, 'ours')", [OURS]);
      await runSql(
        trx,
        "insert into business_number values ($1, $1, '+14155550100', null, true, null, true, true, null)",
        [OURS],
      );
      await runSql(
        trx,
        `insert into groups (workspace_id, id, key, business_number_id, mode, origin_group_id, created_at,
          last_activity_at, revision) values ($1, $1, 'k', $1, 'native', $2, now(), now(), 0)`,
        [OURS, THEIRS],
      );
    });
    await migrate(database);
    const kept = "select origin_group_id, nearest_group_id from groups";
    expect(await inWorkspace(database, OURS, (trx) => runSql(trx, kept, []))).toEqual([
      { origin_group_id: null, nearest_group_id: THEIRS },
    ]);
  });
});

const OURS = "0190a000-0000-7000-8000-000000000001";
const THEIRS = "0190a000-0000-7000-8000-000000000002";

function ignore(): void {
  // What goes wrong here fails the query that met it.
}
