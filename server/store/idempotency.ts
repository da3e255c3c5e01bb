import type { Trx } from "./tenant.ts";

export interface WriteIdentity {
  workspaceId: string;
  /** Who writes: a user or an API key. Two people may use the same key without meeting. */
  actorId: string;
  key: string;
  /** Digest of method, path and body: the same key must mean the same request. */
  digest: string;
}

export type Claim =
  | { kind: "fresh" }
  | { kind: "answered"; body: unknown }
  /** The key was used for a request with another body. */
  | { kind: "reused" };

/**
 * Claims a key for this transaction. A second run of the same write waits here until the first has committed, and
 * then gets its answer; when the first rolled back, the second runs afresh.
 */
export async function claimWrite(trx: Trx, write: WriteIdentity, at: Date): Promise<Claim> {
  const claimed = await trx
    .insertInto("idempotency")
    .values({
      workspace_id: write.workspaceId,
      actor_id: write.actorId,
      key: write.key,
      request_digest: write.digest,
      // Replaced by `keepAnswer` before the commit: nobody else ever reads this.
      body: "null",
      created_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 1n) return { kind: "fresh" };
  const stored = await ownRow(trx, write).executeTakeFirstOrThrow();
  if (stored.request_digest !== write.digest) return { kind: "reused" };
  return { kind: "answered", body: stored.body };
}

function ownRow(trx: Trx, write: WriteIdentity) {
  return trx
    .selectFrom("idempotency")
    .select(["body", "request_digest"])
    .where("workspace_id", "=", write.workspaceId)
    .where("actor_id", "=", write.actorId)
    .where("key", "=", write.key);
}

/** Stores the answer with the write's own rows: they commit together or not at all. */
export async function keepAnswer(trx: Trx, write: WriteIdentity, body: unknown): Promise<void> {
  await trx
    .updateTable("idempotency")
    .set({ body: JSON.stringify(body ?? null) })
    .where("workspace_id", "=", write.workspaceId)
    .where("actor_id", "=", write.actorId)
    .where("key", "=", write.key)
    .execute();
}

/** Forgets writes older than this, in every workspace: a repeat that comes later runs afresh. */
export async function forgetWrites(owner: Trx, before: Date): Promise<void> {
  await owner.deleteFrom("idempotency").where("created_at", "<", before).execute();
}
