import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { type DatabasePool, openPool } from "../store/pool.ts";
import { asOwner, inWorkspace, runSql, type Trx } from "../store/tenant.ts";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { stuck } from "../testing/stuck-worker.ts";
import { defineJob, type JobKind } from "./job-kind.ts";
import { createQueue, type Queue } from "./queue.ts";

const WORKSPACE = "0190a000-0000-7000-8000-000000000001";
const payload = z.object({ n: z.number() });
const inOrder = defineJob({ name: "in_order", payload, order: "per_key", attempts: 3 });
const free = defineJob({ name: "free", payload, order: "free", attempts: 2 });
const oneWaiting = defineJob({ name: "once", payload, order: "one_waiting", attempts: 2 });
const kinds = [inOrder, free, oneWaiting, stuck];

describe.each(databases)("the queue on $name", ({ open }) => {
  let database: TestDatabase;
  let queue: Queue;
  let errors: Error[];
  let done: number[];

  beforeAll(async () => {
    database = await open();
    await database.pool.query("create table ledger (n int primary key); grant all on ledger to partyline_app");
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    errors = [];
    done = [];
    queue = createQueue(database, kinds, (error) => errors.push(error));
    await queue.start();
    await database.pool.query("delete from pgboss.job; delete from ledger");
  });
  afterEach(() => queue.stop());

  const inTransaction = <Value>(work: (trx: Trx) => Promise<Value>) => inWorkspace(database, WORKSPACE, work);
  const record = async ({ n }: { n: number }) => void done.push(n);

  test("runs a job once its transaction has committed, seeing its rows", async () => {
    await queue.work(free, async ({ n }) => {
      const { rowCount } = await database.pool.query("select from ledger where n = $1", [n]);
      done.push(rowCount ?? 0);
    });
    await inTransaction(async (trx) => {
      await queue.enqueue(trx, free, { n: 1 });
      await delay(100);
      await runSql(trx, "insert into ledger values (1)", []);
      expect(done).toEqual([]);
    });
    await vi.waitFor(() => expect(done).toEqual([1]), { timeout: 5_000 });
  });

  test("knows nothing of a job whose transaction was rolled back", async () => {
    await queue.work(free, record);
    const failing = inTransaction(async (trx) => {
      await queue.enqueue(trx, free, { n: 1 });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await inTransaction((trx) => queue.enqueue(trx, free, { n: 2 }));
    await vi.waitFor(() => expect(done).toEqual([2]), { timeout: 5_000 });
    expect((await database.pool.query("select count(*) as n from pgboss.job where name = 'free'")).rows).toEqual([
      { n: 1 },
    ]);
  });

  test("starts a job without waiting for the next poll", async () => {
    const starts: number[] = [];
    await queue.work(free, async () => void starts.push(performance.now()));
    await delay(200);
    const delays: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      await inTransaction((trx) => queue.enqueue(trx, free, { n }));
      const committed = performance.now();
      await vi.waitFor(() => expect(starts).toHaveLength(n + 1), { interval: 2, timeout: 5_000 });
      delays.push((starts.at(-1) ?? 0) - committed);
    }
    // Polling alone would take half a second on average.
    expect(delays.sort((a, b) => a - b)[5]).toBeLessThan(150);
  });

  test("keeps the order of each key, and keys do not wait for each other", async () => {
    const keys = ["a", "b", "c"];
    await inTransaction(async (trx) => {
      for (let n = 0; n < 30; n += 1) await queue.enqueue(trx, inOrder, { n }, { key: keys[n % 3]! });
    });
    await queue.work(inOrder, async ({ n }) => {
      await delay(Math.floor(n / 3) % 2 === 0 ? 15 : 0);
      done.push(n);
    });
    await vi.waitFor(() => expect(done).toHaveLength(30), { timeout: 20_000 });
    for (const rest of [0, 1, 2]) {
      const ofKey = done.filter((n) => n % 3 === rest);
      expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
    }
    expect(done).not.toEqual([...done].sort((a, b) => (a % 3) - (b % 3) || a - b));
  });

  test("orders jobs by when they were added, not by when their transactions began", async () => {
    if (database.engine === "embedded") return;
    const early = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = inTransaction(async (trx) => {
      await runSql(trx, "select 1", []);
      begun.resolve();
      await early.promise;
      await queue.enqueue(trx, inOrder, { n: 2 }, { key: "a" });
    });
    await begun.promise;
    await inTransaction((trx) => queue.enqueue(trx, inOrder, { n: 1 }, { key: "a" }));
    early.resolve();
    await slow;
    await queue.work(inOrder, record);
    await vi.waitFor(() => expect(done).toEqual([1, 2]), { timeout: 5_000 });
  });

  test("holds back a key while its first job fails, until it succeeds", async () => {
    let failures = 1;
    await queue.work(inOrder, async ({ n }) => {
      if (n === 1 && failures-- > 0) throw new Error("not yet");
      done.push(n);
    });
    await inTransaction(async (trx) => {
      await queue.enqueue(trx, inOrder, { n: 1 }, { key: "a" });
      await queue.enqueue(trx, inOrder, { n: 2 }, { key: "a" });
      await queue.enqueue(trx, inOrder, { n: 3 }, { key: "b" });
    });
    await vi.waitFor(() => expect(done).toEqual([3, 1, 2]), { timeout: 15_000 });
    expect(errors.map((error) => error.message)).toEqual([expect.stringMatching(/^Attempt 1 at the job in_order /u)]);
  });

  test("gives a job up after its last attempt, tells so, and lets its key go on", async () => {
    const givenUp: unknown[] = [];
    await queue.work(
      inOrder,
      async ({ n }, { attempt }) => {
        if (n === 1) throw new Error(`attempt ${attempt}`);
        done.push(n);
      },
      { onGivenUp: async (job, error) => void givenUp.push(job, (error as Error).message) },
    );
    await inTransaction(async (trx) => {
      await queue.enqueue(trx, inOrder, { n: 1 }, { key: "a" });
      await queue.enqueue(trx, inOrder, { n: 2 }, { key: "a" });
    });
    await vi.waitFor(() => expect(done).toEqual([2]), { timeout: 30_000 });
    expect(givenUp).toEqual([{ n: 1 }, "attempt 3"]);
  });

  test("adds no second job of a key while one waits", async () => {
    const added = await inTransaction(async (trx) => [
      await queue.enqueue(trx, oneWaiting, { n: 1 }, { key: "a" }),
      await queue.enqueue(trx, oneWaiting, { n: 2 }, { key: "a" }),
      await queue.enqueue(trx, oneWaiting, { n: 3 }, { key: "b" }),
    ]);
    expect(added).toEqual([true, false, true]);
    await queue.work(oneWaiting, record);
    await vi.waitFor(() => expect(done.toSorted((a, b) => a - b)).toEqual([1, 3]), { timeout: 5_000 });
  });

  test("runs a job for later not before its time", async () => {
    await queue.work(free, record);
    const due = Date.now() + 1_500;
    await inTransaction((trx) => queue.enqueue(trx, free, { n: 1 }, { startAfter: new Date(due) }));
    await vi.waitFor(() => expect(done).toEqual([1]), { timeout: 10_000 });
    expect(Date.now()).toBeGreaterThanOrEqual(due);
  });

  test("refuses a payload that is not of its kind, and a job in order without a key", async () => {
    await expect(inTransaction((trx) => queue.enqueue(trx, free, { n: "1" } as never))).rejects.toThrow(z.ZodError);
    await expect(inTransaction((trx) => queue.enqueue(trx, inOrder, { n: 1 }))).rejects.toThrow(/singletonKey/u);
  });

  test("lets running jobs finish before it stops", async () => {
    await queue.work(free, async ({ n }) => {
      await delay(300);
      done.push(n);
    });
    await inTransaction((trx) => queue.enqueue(trx, free, { n: 1 }));
    await vi.waitFor(async () => expect(await active(database, free)).toBe(1), { timeout: 5_000, interval: 20 });
    await queue.stop();
    expect(done).toEqual([1]);
  });
});

async function active({ pool }: DatabasePool, { name }: JobKind<object>): Promise<number> {
  const { rows } = await pool.query("select count(*) as n from pgboss.job where name = $1 and state = 'active'", [
    name,
  ]);
  return rows[0].n;
}

describe.each(databases)("a worker killed in the middle of a job on $name", ({ place }) => {
  test("leaves the job to the next one", async () => {
    const { config, remove } = await place();
    const before = await openPool(config);
    const enqueuing = createQueue(before, kinds, onError);
    await enqueuing.start();
    await asOwner(before, (trx) => enqueuing.enqueue(trx, stuck, { n: 7 }, { key: "a" }));
    await enqueuing.stop();
    await before.close();

    const child = fork(new URL("../testing/stuck-worker.ts", import.meta.url), [
      config.dataFolder,
      ...(config.databaseUrl === undefined ? [] : [config.databaseUrl]),
    ]);
    expect(await once(child, "message")).toEqual([7, undefined]);
    child.kill("SIGKILL");
    await once(child, "exit");

    const after = await openPool(config);
    const queue = createQueue(after, kinds, onError);
    await queue.start();
    const attempts: number[] = [];
    await queue.work(stuck, async ({ n }, { attempt }) => void attempts.push(n, attempt));
    await vi.waitFor(() => expect(attempts).toEqual([7, 2]), { timeout: 60_000, interval: 100 });
    await queue.stop();
    await after.close();
    await remove();
  }, 120_000);
});

test("a job enqueued by one replica is started by another without waiting for its poll", async () => {
  const database = await databases[1]!.open();
  const replica = await openPool(database.config);
  const here = createQueue(database, kinds, onError);
  const there = createQueue(replica, kinds, onError);
  await Promise.all([here.start(), there.start()]);
  const starts: number[] = [];
  await there.work(free, async () => void starts.push(performance.now()));
  const delays: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    await delay(50);
    await asOwner(database, (trx) => here.enqueue(trx, free, { n }));
    const committed = performance.now();
    await vi.waitFor(() => expect(starts).toHaveLength(n + 1), { interval: 2, timeout: 5_000 });
    delays.push((starts.at(-1) ?? 0) - committed);
  }
  expect(delays.sort((a, b) => a - b)[5]).toBeLessThan(200);
  await Promise.all([here.stop(), there.stop()]);
  await replica.close();
  await database.close();
});

function onError(error: Error): void {
  throw error;
}
