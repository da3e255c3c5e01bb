import type { DatabasePool } from "../store/pool.ts";

const CHANNEL = "partyline_jobs";
const BATCH_MS = 20;

/**
 * Tells workers, here and in other replicas, that there is work. A hint only: polling finds what a lost hint misses.
 * Sent after commits and in batches, because a NOTIFY inside each transaction makes them queue behind one lock.
 */
export async function createJobWakeups(
  database: DatabasePool,
  replica: string,
  wake: (kind: string) => void,
  onError: (error: Error) => void,
) {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  await database.listen(CHANNEL, (payload) => {
    const [sender, ...kinds] = payload.split(" ");
    if (sender !== replica) for (const kind of kinds) wake(kind);
  });

  const flush = () => {
    timer = undefined;
    const payload = [replica, ...waiting].join(" ");
    waiting.clear();
    database.pool.query("select pg_notify($1, $2)", [CHANNEL, payload]).catch(onError);
  };

  return {
    announce(kind: string): void {
      wake(kind);
      // The embedded database has no other replicas.
      if (database.engine === "embedded") return;
      waiting.add(kind);
      timer ??= setTimeout(flush, BATCH_MS);
    },
    close(): void {
      clearTimeout(timer);
    },
  };
}
