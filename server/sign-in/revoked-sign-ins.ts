import type { DatabasePool } from "../store/pool.ts";

/** The sign-ins whose access tokens have not expired yet but must be refused. Few, so all of them fit in memory. */
export interface RevokedSignIns {
  /** Reads the database at most once in `MAX_AGE_MS`, however many ask. */
  has: (signInId: string) => Promise<boolean>;
  /** So that this replica refuses at once, without reading. */
  add: (signInIds: readonly string[]) => void;
}

/** How long another replica may still accept a revoked sign-in. */
const MAX_AGE_MS = 2_000;

export function createRevokedSignIns(pool: DatabasePool["pool"], now: () => Date): RevokedSignIns {
  let ids = new Set<string>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const startedAt = now().getTime();
    const { rows } = await pool.query<{ sign_in_id: string }>(
      "select sign_in_id from auth.revoked_sign_in where until > now()",
    );
    // Those added while the query ran stay: it may have begun before they were committed.
    ids = new Set([...rows.map((row) => row.sign_in_id), ...addedMeanwhile]);
    addedMeanwhile = [];
    readAt = startedAt;
  }
  let addedMeanwhile: string[] = [];

  return {
    has: async (signInId) => {
      if (now().getTime() - readAt > MAX_AGE_MS) {
        reading ??= read().finally(() => (reading = undefined));
        await reading;
      }
      return ids.has(signInId);
    },
    add: (signInIds) => {
      for (const id of signInIds) ids.add(id);
      if (reading !== undefined) addedMeanwhile.push(...signInIds);
    },
  };
}
