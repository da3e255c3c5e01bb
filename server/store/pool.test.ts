import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { DatabaseUnreachableError } from "./errors.ts";
import { openPool } from "./pool.ts";

describe.each(databases)("the pool on $name", ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await database.pool.query("create table tally (n bigint primary key)");
  });
  afterAll(() => database.close());

  test("answers 64-bit numbers as numbers", async () => {
    const { rows } = await database.pool.query("select count(*) as n from tally");
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("goes on after an error", async () => {
    await expect(database.pool.query("select 1 / 0")).rejects.toMatchObject({ code: "22012" });
    await expect(database.pool.query("select $1::int", ["one"])).rejects.toMatchObject({ code: "22P02" });
    await expect(database.pool.query("selec")).rejects.toMatchObject({ code: "42601" });
    expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });

  test("answers many clients at once, each with its own", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, n) => (await database.pool.query("select $1::int as n", [n])).rows[0]),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })));
  });

  test("carries an answer of several megabytes", async () => {
    const { rows } = await database.pool.query("select repeat('x', 5000000) as text, $1::text as echo", [
      "y".repeat(2_000_000),
    ]);
    expect(rows[0].text).toHaveLength(5_000_000);
    expect(rows[0].echo).toHaveLength(2_000_000);
  });

  test("gives the next client a clean session after one broke off in the middle", async () => {
    const client = await database.pool.connect();
    await client.query("begin");
    await client.query("insert into tally values (7)");
    await client.query("set role partyline_app");
    client.release(true);
    const { rows } = await database.pool.query("select current_user::text as role, (select count(*) from tally) as n");
    expect(rows).toEqual([{ role: "postgres", n: 0 }]);
  });

  test("hears notifications, also after its connection was lost", async () => {
    const heard: string[] = [];
    let subscriptions = 0;
    await database.listen(
      "news",
      (payload) => heard.push(payload),
      () => (subscriptions += 1),
    );
    await database.pool.query("select pg_notify('news', 'first')");
    await vi.waitFor(() => expect(heard).toEqual(["first"]));
    await breakListener(database);
    await vi.waitFor(() => expect(subscriptions).toBe(2), { timeout: 5_000 });
    await database.pool.query("select pg_notify('news', 'second')");
    await vi.waitFor(() => expect(heard).toEqual(["first", "second"]));
  });
});

async function breakListener({ engine, pool }: TestDatabase): Promise<void> {
  if (engine === "embedded") (await pool.connect()).release(true);
  else
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()",
    );
  // Something has to use the embedded database for its pool to connect again.
  await pool.query("select 1");
}

describe.each(databases)("closing the pool on $name", ({ open }) => {
  test("takes a bounded time although a query still waits for a connection", async () => {
    const database = await open();
    const busy = await Promise.all(Array.from({ length: database.pool.options.max }, () => database.pool.connect()));
    database.pool.query("select 1").catch(() => undefined);
    const outcome = await Promise.race([database.close().then(() => "closed"), delay(20_000, "hangs")]);
    expect(outcome).toBe("closed");
    expect(busy.length).toBeGreaterThan(0);
  });
});

test("a transaction that asks the pool for a second embedded connection fails instead of hanging", async () => {
  const database = await databases[0]!.open();
  const client = await database.pool.connect();
  await client.query("begin");
  await expect(database.pool.query("select 1")).rejects.toThrow("timeout");
  client.release();
  await database.close();
}, 30_000);

test("a PostgreSQL server that is down is named without the password", async () => {
  const opening = openPool({
    databaseUrl: "postgres://someone:secret@127.0.0.1:1/shop",
    dataFolder: "",
    onError: () => undefined,
  });
  await expect(opening).rejects.toThrow(DatabaseUnreachableError);
  await expect(opening).rejects.toThrow(/^PostgreSQL at 127\.0\.0\.1:1\/shop cannot be reached: .*ECONNREFUSED/u);
  await expect(opening).rejects.not.toThrow("secret");
});
