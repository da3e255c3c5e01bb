import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { Heads } from "./heads.ts";
import type { DatabasePool } from "./pool.ts";
import { asOwner } from "./tenant.ts";

/**
 * Knows, without asking the database, how far each watched workspace's change log has come, and wakes who waits for
 * more. What one replica announces reaches the others by NOTIFY; a sweep finds what got lost on the way.
 */
export interface Wakeups {
  /** Call after the commit that took the number (see `afterCommit`). */
  announce: (workspaceId: string, seq: number) => void;
  /** The last number of the workspace's change log; from memory unless nobody asked for a while. */
  head: (workspaceId: string) => Promise<number>;
  /** @returns the unsubscription */
  onHead: (workspaceId: string, listener: (seq: number) => void) => () => void;
  /** Waits until the log has passed `afterSeq`, at most `ms`; false when it has not. */
  wait: (workspaceId: string, afterSeq: number, ms: number, signal?: AbortSignal) => Promise<boolean>;
  close: () => void;
}

export interface WakeupsOptions {
  onError: (error: Error) => void;
  now?: () => number;
  sweepMs?: number;
}

const CHANNEL = "partyline_heads";
const BATCH_MS = 20;
/** A NOTIFY carries less than 8,000 bytes; an entry takes about 50. */
const ENTRIES_PER_NOTIFY = 100;

export async function createWakeups(
  database: DatabasePool,
  { onError, now = Date.now, sweepMs = 1_500 }: WakeupsOptions,
): Promise<Wakeups> {
  const heads = new Heads(now);
  const refresh = async (workspaceIds: string[]) => {
    if (workspaceIds.length === 0) return;
    for (const { id, change_seq } of await readHeads(database, workspaceIds)) heads.raise(id, change_seq);
  };
  const sweep = () => void refresh(heads.cared()).catch(onError);
  const batch = batchNotifications(database, onError);

  await database.listen(CHANNEL, (payload) => raiseAll(heads, payload), sweep);
  const sweeping = setInterval(sweep, sweepMs);
  sweeping.unref();

  const load = inBatches(refresh);

  const head = async (workspaceId: string): Promise<number> => {
    const known = heads.ask(workspaceId);
    if (known !== undefined) return known;
    await load(workspaceId);
    return heads.ask(workspaceId) ?? 0;
  };

  return {
    announce: (workspaceId, seq) => {
      heads.raise(workspaceId, seq);
      batch.add(workspaceId, seq);
    },
    head,
    onHead: (workspaceId, listener) => heads.listen(workspaceId, listener),
    wait: async (workspaceId, afterSeq, ms, signal) =>
      (await head(workspaceId)) > afterSeq || waitFor(heads, workspaceId, afterSeq, ms, signal),
    close: () => {
      clearInterval(sweeping);
      batch.close();
    },
  };
}

function waitFor(
  heads: Heads,
  workspaceId: string,
  afterSeq: number,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const passed = () => (heads.ask(workspaceId) ?? 0) > afterSeq;
  const check = () => {
    if (passed()) resolve(true);
  };
  const giveUp = () => resolve(passed());
  const unlisten = heads.listen(workspaceId, check);
  const timer = setTimeout(giveUp, ms);
  signal?.addEventListener("abort", giveUp);
  check();
  if (signal?.aborted === true) giveUp();
  return promise.finally(() => {
    unlisten();
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  });
}

/** One NOTIFY per replica and moment: one in each transaction would make all of them queue behind one lock. */
function batchNotifications({ pool }: DatabasePool, onError: (error: Error) => void) {
  const unsent = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const send = () => {
    timer = undefined;
    const entries = [...unsent].map(([id, seq]) => `${id}:${seq}`);
    unsent.clear();
    for (let at = 0; at < entries.length; at += ENTRIES_PER_NOTIFY) {
      const payload = entries.slice(at, at + ENTRIES_PER_NOTIFY).join(",");
      pool.query("select pg_notify($1, $2)", [CHANNEL, payload]).catch(onError);
    }
  };

  return {
    add: (workspaceId: string, seq: number) => {
      unsent.set(workspaceId, Math.max(seq, unsent.get(workspaceId) ?? 0));
      timer ??= setTimeout(send, BATCH_MS);
    },
    close: () => clearTimeout(timer),
  };
}

/** After a restart every client asks at once, each for a workspace not known yet: one query answers them together. */
function inBatches(refresh: (workspaceIds: string[]) => Promise<void>): (workspaceId: string) => Promise<void> {
  const asked = new Set<string>();
  let next: Promise<void> | undefined;
  const flush = async () => {
    await nextTurn();
    const batch = [...asked];
    asked.clear();
    next = undefined;
    await refresh(batch);
  };
  return (workspaceId) => {
    asked.add(workspaceId);
    return (next ??= flush());
  };
}

function raiseAll(heads: Heads, payload: string): void {
  for (const entry of payload.split(",")) {
    const [workspaceId = "", seq] = entry.split(":");
    heads.raise(workspaceId, Number(seq));
  }
}

function readHeads(database: DatabasePool, workspaceIds: string[]) {
  return asOwner(database, (trx) =>
    trx
      .selectFrom("workspace")
      .select(["id", "change_seq"])
      .where(sql<boolean>`id = any(${workspaceIds}::uuid[])`)
      .execute(),
  );
}
