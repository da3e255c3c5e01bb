import { randomUUID } from "node:crypto";
import { type Job, type JobResult, PgBoss } from "pg-boss";
import { v7 as timeOrderedId } from "uuid";
import type { DatabasePool } from "../store/pool.ts";
import { afterCommit, OWNER_ROLE, runSql, type Trx, WORKSPACE_ROLE } from "../store/tenant.ts";
import type { EnqueueOptions, JobHandler, JobKind, WorkOptions } from "./job-kind.ts";
import { createJobWakeups } from "./job-wakeups.ts";
import { runJob } from "./run-job.ts";

/** Schedules work in the database the work is about; what the work means lives in our own tables. */
export interface Queue {
  start: () => Promise<void>;
  /**
   * Adds a job that exists exactly if the transaction commits, and starts within milliseconds of it.
   * @returns false when the kind's `one_waiting` order made it superfluous
   */
  enqueue: <Payload extends object>(
    trx: Trx,
    kind: JobKind<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ) => Promise<boolean>;
  work: <Payload extends object>(
    kind: JobKind<Payload>,
    handler: JobHandler<Payload>,
    options?: WorkOptions<Payload>,
  ) => Promise<void>;
  /** Takes no new jobs, lets the running ones finish for a while, then hands them back. */
  stop: () => Promise<void>;
}

const SCHEMA = "pgboss";
const STOP_WITHIN_MS = 10_000;
/** Finds delayed and retried jobs, and those whose wake-up was lost. */
const POLL_SECONDS = 2;
/** A worker waits for its whole batch, so several of them keep one slow job from holding up the rest. */
const WORKERS = 2;
const CONCURRENCY = 20;

const POLICIES = { per_key: "key_strict_fifo", one_waiting: "short", free: "standard" } as const;

/** @param kinds all there are; a process that only enqueues names them too */
export function createQueue(
  database: DatabasePool,
  kinds: readonly Omit<JobKind<object>, "payload">[],
  onError: (error: Error) => void,
): Queue {
  const boss = createBoss(database);
  boss.on("error", onError);
  const workers = new Map<string, string[]>();
  const wake = (kind: string) => workers.get(kind)?.forEach((id) => boss.notifyWorker(id));
  let wakeups: Awaited<ReturnType<typeof createJobWakeups>> | undefined;

  return {
    async start() {
      await boss.start();
      for (const kind of kinds) await establish(boss, kind);
      await letTransactionsEnqueue(database);
      if (database.engine === "embedded") await takeBackOrphans(boss, database, kinds);
      wakeups = await createJobWakeups(database, randomUUID(), wake, onError);
    },
    async enqueue(trx, kind, payload, options = {}) {
      const added = await insert(boss, trx, kind, payload, options);
      if (added) afterCommit(trx, () => wakeups?.announce(kind.name));
      return added;
    },
    async work(kind, handler, { concurrency = CONCURRENCY, onGivenUp } = {}) {
      const run = async (jobs: Job[]): Promise<JobResult[]> => {
        const results = await Promise.all(jobs.map((job) => runJob(kind, job, { handler, onGivenUp, onError })));
        // More of the same keys may have queued up behind these.
        wake(kind.name);
        return results;
      };
      workers.set(kind.name, await startWorkers(boss, kind.name, concurrency, run));
    },
    async stop() {
      wakeups?.close();
      await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS, close: false });
    },
  };
}

function createBoss(database: DatabasePool): PgBoss {
  return new PgBoss({
    db: { executeSql: (text, values) => allRows(database, text, values) },
    backend: database.engine === "embedded" ? "pglite" : "postgres",
    schema: SCHEMA,
    // Together with the heartbeat: how soon a killed worker's jobs come back.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    schedule: false,
    registerInstance: false,
  });
}

async function insert<Payload extends object>(
  boss: PgBoss,
  trx: Trx,
  kind: JobKind<Payload>,
  payload: Payload,
  { key, startAfter }: EnqueueOptions,
): Promise<boolean> {
  const executeSql = async (text: string, values: unknown[] = []) => ({
    rows: await runSql(trx, inOrderOfInsertion(text), values),
  });
  const id = await boss.send(kind.name, kind.payload.parse(payload), {
    // Breaks the tie of two jobs of one instant.
    id: timeOrderedId(),
    db: { executeSql },
    ...(key !== undefined && { singletonKey: key }),
    ...(startAfter !== undefined && { startAfter }),
  });
  return id !== null;
}

/**
 * The queue orders jobs by the time their transaction began. Two transactions that wait for the same row lock get it
 * in any order, so what counts is the moment of insertion, when the lock is held.
 */
function inOrderOfInsertion(text: string): string {
  const ordered = text.replace(`${SCHEMA}.job_now() as created_on`, "clock_timestamp() as created_on");
  if (ordered === text) throw new Error("the queue's insert has changed; check how it orders jobs");
  return ordered;
}

async function startWorkers(
  boss: PgBoss,
  kind: string,
  concurrency: number,
  run: (jobs: Job[]) => Promise<JobResult[]>,
): Promise<string[]> {
  const ids: string[] = [];
  for (let worker = 0; worker < WORKERS; worker += 1) {
    const options = {
      batchSize: Math.ceil(concurrency / WORKERS),
      pollingIntervalSeconds: POLL_SECONDS,
      burstWhenBatchFull: true,
      perJobResults: true,
    } as const;
    ids.push(await boss.work(kind, options, run));
  }
  return ids;
}

async function establish(boss: PgBoss, kind: Omit<JobKind<object>, "payload">): Promise<void> {
  const settings = {
    // Attempts are counted by `runJob`: a job that failed for good here would block its key for ever.
    retryLimit: 1_000_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: 10,
    expireInSeconds: 300,
    deleteAfterSeconds: 3_600,
  };
  await boss.createQueue(kind.name, { ...settings, policy: POLICIES[kind.order] });
  await boss.updateQueue(kind.name, settings);
}

/** A multi-statement query gives one result per statement; the queue expects the rows of all of them. */
async function allRows(database: DatabasePool, text: string, values?: unknown[]): Promise<{ rows: object[] }> {
  const result: unknown = await database.pool.query(text, values);
  const results = (Array.isArray(result) ? result : [result]) as { rows: object[] }[];
  return { rows: results.flatMap(({ rows }) => rows) };
}

/** Transactions run in roles of their own, which the queue's tables know nothing of. */
async function letTransactionsEnqueue({ pool }: DatabasePool): Promise<void> {
  const grants = [WORKSPACE_ROLE, OWNER_ROLE].flatMap((role) => [
    `grant usage on schema ${SCHEMA} to ${role}`,
    `grant select, insert on all tables in schema ${SCHEMA} to ${role}`,
    `grant execute on all functions in schema ${SCHEMA} to ${role}`,
  ]);
  // Two replicas that grant at once make each other fail.
  const alone = `select pg_advisory_xact_lock(hashtext('${SCHEMA}'))`;
  await pool.query(["begin", alone, ...grants, "commit"].join("; "));
}

/** Nobody else can be working in an embedded database, so jobs that seem to be running were cut short. */
async function takeBackOrphans(
  boss: PgBoss,
  { pool }: DatabasePool,
  kinds: readonly Omit<JobKind<object>, "payload">[],
): Promise<void> {
  for (const { name } of kinds) {
    const { rows } = await pool.query<{ id: string }>(
      `select id from ${SCHEMA}.job where name = $1 and state = 'active'`,
      [name],
    );
    if (rows.length > 0)
      await boss.fail(
        name,
        rows.map(({ id }) => id),
        { reason: "process_ended" },
      );
  }
}
