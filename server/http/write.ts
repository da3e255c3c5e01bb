import { createHash } from "node:crypto";
import type { Context } from "../context.ts";
import { claimWrite, keepAnswer } from "../store/idempotency.ts";
import { inWorkspace, type Trx } from "../store/tenant.ts";
import { ProblemError } from "./problem-error.ts";
import type { Actor, Request } from "./request.ts";

const KEY = /^[\w-]{8,100}$/;

/**
 * Runs a write exactly once for its Idempotency-Key: the answer is stored with the write's own rows, and a repeat is
 * given that answer. A refused write leaves nothing behind, so the same key may try again.
 */
export async function write<Body>(context: Context, c: Request, run: (trx: Trx) => Promise<Body>): Promise<Body> {
  const key = c.req.header("idempotency-key");
  if (key === undefined || !KEY.test(key)) {
    throw new ProblemError("idempotency_key_missing", { detail: "Send a UUID that is the same for every repeat." });
  }
  const actor = c.get("actor");
  const identity = {
    workspaceId: workspaceOf(actor),
    actorId: actor.kind === "user" ? actor.member.id : actor.id,
    key,
    digest: await digestOf(c),
  };
  return inWorkspace(context.database, identity.workspaceId, async (trx) => {
    const claim = await claimWrite(trx, identity, context.now());
    if (claim.kind === "reused") throw new ProblemError("idempotency_key_reused");
    if (claim.kind === "answered") return claim.body as Body;
    const body = await run(trx);
    await keepAnswer(trx, identity, body);
    return body;
  });
}

export function workspaceOf(actor: Actor): string {
  return actor.kind === "user" ? actor.member.workspaceId : actor.workspaceId;
}

async function digestOf(c: Request): Promise<string> {
  const body = await c.req.text();
  return createHash("sha256").update(`${c.req.method} ${c.req.path}\n${body}`).digest("hex");
}
