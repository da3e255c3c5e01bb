import type { Pool } from "pg";

const CHECKPOINT_EVERY_MS = 5 * 60_000;
const NIGHT_HOUR = 3;
const HOUR_MS = 60 * 60_000;

/**
 * The embedded engine has no background processes: without these its log grows without end, opening
 * gets slower, and deleted rows keep their space.
 * @returns the stop
 */
export function keepTidy(pool: Pool, onError: (error: Error) => void): () => void {
  const run = (statement: string) => void pool.query(statement).catch(onError);
  const checkpoints = setInterval(() => run("checkpoint"), CHECKPOINT_EVERY_MS);
  const vacuums = setInterval(() => {
    if (new Date().getHours() === NIGHT_HOUR) run("vacuum analyze");
  }, HOUR_MS);
  checkpoints.unref();
  vacuums.unref();
  return () => {
    clearInterval(checkpoints);
    clearInterval(vacuums);
  };
}
