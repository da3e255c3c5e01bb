import { createHash } from "node:crypto";
import { createMiddleware } from "hono/factory";
import type { Context } from "../context.ts";
import type { Bearer } from "../sign-in/access-tokens.ts";
import { asOwner } from "../store/tenant.ts";
import { findApiKey, findMember, type Member } from "../store/users.ts";
import { ProblemError } from "./problem-error.ts";
import type { Actor, Request, RequestEnv } from "./request.ts";

/** How long a person's role and rights may lag behind the database; a revoked sign-in does not wait for it. */
const MEMBER_FRESH_MS = 2_000;
const API_KEY = /^plk_[A-Za-z0-9_-]{20,}$/;

export function authenticate(context: Context) {
  const members = new Map<string, { member: Member; until: number }>();

  async function memberOf(authUserId: string): Promise<Member | undefined> {
    const now = context.now().getTime();
    const known = members.get(authUserId);
    if (known !== undefined && known.until > now) return known.member;
    const member = await asOwner(context.database, (owner) => findMember(owner, authUserId));
    if (member === undefined) members.delete(authUserId);
    else members.set(authUserId, { member, until: now + MEMBER_FRESH_MS });
    return member;
  }

  async function verify(bearer: string): Promise<Bearer> {
    const verified = await context.signIn.verifyBearer(bearer);
    if (!verified.ok) throw new ProblemError(verified.refusal.reason);
    return verified.value;
  }

  async function actorOf(bearer: string): Promise<Actor> {
    if (API_KEY.test(bearer)) return keyOf(context, bearer);
    const { authUserId, signInId } = await verify(bearer);
    const member = await memberOf(authUserId);
    // A person who signs in but belongs to no workspace has nothing here.
    if (member === undefined)
      throw new ProblemError("not_allowed", { detail: "This account belongs to no workspace." });
    return { kind: "user", member, signInId };
  }

  return createMiddleware<RequestEnv>(async (c, next) => {
    const bearer = /^Bearer (\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (bearer === undefined) throw new ProblemError("not_signed_in");
    const actor = await actorOf(bearer);
    c.set("actor", actor);
    await next();
    // A long poll, or a question to a slow CRM, may outlast the sign-in it came with. What a write did, it did.
    if (actor.kind === "user" && onlyReads(c)) await verify(bearer);
  });
}

function onlyReads({ req }: Request): boolean {
  return req.method === "GET" || req.path === "/v1/contacts/resolve";
}

async function keyOf(context: Context, key: string): Promise<Actor> {
  const found = await asOwner(context.database, (owner) => findApiKey(owner, digestOfKey(key)));
  if (found === undefined) throw new ProblemError("token_invalid");
  return { kind: "api_key", ...found };
}

/** Keys are long and random, so a plain digest is enough to keep them out of the database. */
export function digestOfKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The signed-in person, for everything but the directory. */
export function memberOf(c: Request): Member {
  const actor = c.get("actor");
  if (actor.kind !== "user")
    throw new ProblemError("not_allowed", { detail: "An API key only reads and writes contacts." });
  return actor.member;
}

/** The workspace whose directory may be written: by its API keys and its admins. */
export function directoryWriterOf(c: Request): string {
  const actor = c.get("actor");
  if (actor.kind === "api_key") return actor.workspaceId;
  if (actor.member.role === "admin") return actor.member.workspaceId;
  throw new ProblemError("not_allowed", { detail: "Only an admin or an API key writes contacts." });
}
