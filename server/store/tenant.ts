import { CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import type { DatabasePool } from "./pool.ts";
import type { Database } from "./schema.ts";

export type Trx = Transaction<Database>;

/** Sees the rows of one workspace. */
export const WORKSPACE_ROLE = "partyline_app";
/** Sees the rows of every workspace. */
export const OWNER_ROLE = "partyline_owner";

/**
 * Runs `work` in a transaction that can see and write the rows of this workspace only, whatever its
 * queries say. Inside, await nothing but the database: the embedded engine has one connection.
 */
export function inWorkspace<Value>(
  database: DatabasePool,
  workspaceId: string,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  return transact(database, WORKSPACE_ROLE, workspaceId, work);
}

/**
 * Runs `work` in a transaction that sees every workspace. For what has no workspace yet: provisioning,
 * finding whose webhook or sign-in this is, sweeps over all workspaces.
 */
export function asOwner<Value>(database: DatabasePool, work: (trx: Trx) => Promise<Value>): Promise<Value> {
  return transact(database, OWNER_ROLE, "", work);
}

/** Runs `action` once the transaction has committed, and never if it rolls back. */
export function afterCommit(trx: Trx, action: () => void): void {
  const actions = pending.get(trx);
  if (actions === undefined) throw new Error("this transaction was not opened by the store");
  actions.push(action);
}

/** For a library that brings its own SQL and is to run inside our transaction. */
export async function runSql(trx: Trx, text: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const { rows } = await trx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]));
  return rows;
}

const pending = new WeakMap<Trx, (() => void)[]>();
const handles = new WeakMap<DatabasePool, Kysely<Database>>();

async function transact<Value>(
  database: DatabasePool,
  role: string,
  workspaceId: string,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  const actions: (() => void)[] = [];
  const value = await handleOf(database)
    .transaction()
    .execute(async (trx) => {
      pending.set(trx, actions);
      await sql`select set_config('role', ${role}, true), set_config('app.workspace', ${workspaceId}, true)`.execute(
        trx,
      );
      return work(trx);
    });
  for (const action of actions) action();
  return value;
}

function handleOf(database: DatabasePool): Kysely<Database> {
  let handle = handles.get(database);
  if (handle === undefined) {
    handle = new Kysely<Database>({ dialect: new PostgresDialect({ pool: database.pool }) });
    handles.set(database, handle);
  }
  return handle;
}
