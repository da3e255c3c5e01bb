import { setTimeout as delay } from "node:timers/promises";
import { openPool } from "../store/pool.ts";

/**
 * A process that writes to an embedded database as fast as it can and tells its parent of every commit it was
 * promised, until it is killed. Argument: the data folder.
 */
const CLIENTS = 8;

const [, , dataFolder = ""] = process.argv;
const { pool } = await openPool({ dataFolder, onError: fail });
await pool.query("create table if not exists receipt (id uuid primary key, padding text not null)");
await Promise.all(Array.from({ length: CLIENTS }, write));

async function write(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query("insert into receipt values (gen_random_uuid(), repeat('x', 500)) returning id");
    process.send?.(rows[0].id);
    await delay(0);
  }
}

function fail(error: Error): never {
  throw error;
}
