import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { type DatabasePool, openPool } from "./pool.ts";
import { createWakeups, type Wakeups } from "./wakeups.ts";

const WORKSPACE = "0190a000-0000-7000-8000-000000000001";
const OTHER = "0190a000-0000-7000-8000-000000000002";

describe.each(databases)("wake-ups on $name", ({ open }) => {
  let database: TestDatabase;
  let wakeups: Wakeups;

  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query("delete from workspace");
    await database.pool.query("insert into workspace (id, name) values ($1, 'ours'), ($2, 'other')", [
      WORKSPACE,
      OTHER,
    ]);
    wakeups = await createWakeups(database, { onError, sweepMs: 200 });
  });
  afterEach(() => wakeups.close());

  const bump = async (workspace = WORKSPACE): Promise<number> => {
    const { rows } = await database.pool.query(
      "update workspace set change_seq = change_seq + 1 where id = $1 returning change_seq",
      [workspace],
    );
    return rows[0].change_seq;
  };

  test("a wait for what is already there ends at once", async () => {
    const seq = await bump();
    expect(await wakeups.wait(WORKSPACE, seq - 1, 5_000)).toBe(true);
  });

  test("a wait ends when the head passes, and the head is known then", async () => {
    const waiting = wakeups.wait(WORKSPACE, 0, 5_000);
    await delay(50);
    const seq = await bump();
    wakeups.announce(WORKSPACE, seq);
    expect(await waiting).toBe(true);
    expect(await wakeups.head(WORKSPACE)).toBe(seq);
  });

  test("a wait is not ended by another workspace", async () => {
    const waiting = wakeups.wait(WORKSPACE, 0, 300);
    wakeups.announce(OTHER, await bump(OTHER));
    expect(await waiting).toBe(false);
  });

  test("a wait ends when its caller goes away", async () => {
    const leaving = new AbortController();
    const started = performance.now();
    const waiting = wakeups.wait(WORKSPACE, 0, 10_000, leaving.signal);
    setTimeout(() => leaving.abort(), 20);
    expect(await waiting).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await wakeups.wait(WORKSPACE, 0, 10_000, AbortSignal.abort())).toBe(false);
  });

  test("the sweep finds what nobody announced", async () => {
    const waiting = wakeups.wait(WORKSPACE, 0, 5_000);
    await delay(50);
    await bump();
    expect(await waiting).toBe(true);
  });

  test("an idle check asks the database nothing", async () => {
    await wakeups.head(WORKSPACE);
    const connect = vi.spyOn(database.pool, "connect");
    for (let i = 0; i < 50; i += 1) await wakeups.head(WORKSPACE);
    expect(connect).not.toHaveBeenCalled();
    connect.mockRestore();
  });

  test("a listener hears each head until it stops", async () => {
    const heard: number[] = [];
    const stop = wakeups.onHead(WORKSPACE, (seq) => heard.push(seq));
    wakeups.announce(WORKSPACE, 5);
    wakeups.announce(WORKSPACE, 4);
    wakeups.announce(WORKSPACE, 6);
    stop();
    wakeups.announce(WORKSPACE, 7);
    expect(heard).toEqual([5, 6]);
  });
});

test("wake-ups reach another replica well before its sweep, a thousand workspaces in one batch", async () => {
  const database = await databases[1]!.open();
  const replica: DatabasePool = await openPool(database.config);
  const here = await createWakeups(database, { onError, sweepMs: 60_000 });
  const there = await createWakeups(replica, { onError, sweepMs: 60_000 });
  const ids = Array.from({ length: 1_000 }, (_, n) => `0190a000-0000-7000-8000-${String(n).padStart(12, "0")}`);
  await database.pool.query("insert into workspace (id, name) select id, 'w' from unnest($1::uuid[]) id", [ids]);
  const waits = ids.map((id) => there.wait(id, 0, 10_000));
  await Promise.all(ids.map((id) => there.head(id)));
  for (const id of ids) here.announce(id, 1);
  expect(new Set(await Promise.all(waits))).toEqual(new Set([true]));
  here.close();
  there.close();
  await replica.close();
  await database.close();
});

function onError(error: Error): void {
  throw error;
}
