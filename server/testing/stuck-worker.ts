import { z } from "zod";
import { defineJob } from "../jobs/job-kind.ts";
import { createQueue } from "../jobs/queue.ts";
import { openPool } from "../store/pool.ts";

/**
 * A process that takes a job and never finishes it, to be killed in the middle. Tells its parent the payload of each
 * job it takes. Arguments: the data folder, and the URL of a PostgreSQL server instead.
 */
export const stuck = defineJob({ name: "stuck", payload: z.object({ n: z.number() }), order: "per_key", attempts: 5 });

if (import.meta.main) {
  const [, , dataFolder = "", databaseUrl] = process.argv;
  const database = await openPool({ dataFolder, databaseUrl, onError: fail });
  const queue = createQueue(database, [stuck], fail);
  await queue.start();
  await queue.work(stuck, async ({ n }) => {
    process.send?.(n);
    await new Promise(() => undefined);
  });
}

function fail(error: Error): never {
  throw error;
}
