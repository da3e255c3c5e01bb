import { allow, refuse, type Result } from "@partyline/domain/result";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { RevokedSignIns } from "./revoked-sign-ins.ts";

/** Who is asking, as an access token says it. */
export interface Bearer {
  authUserId: string;
  /** One sign-in of one browser; what revoking ends. */
  signInId: string;
}

export interface BearerRefusal {
  reason: "token_invalid" | "token_expired" | "session_revoked";
}

export interface AccessTokensConfig {
  publicUrl: string;
  readKeys: () => Promise<JSONWebKeySet>;
  revoked: RevokedSignIns;
  now: () => Date;
}

interface Verified extends Bearer {
  expiresAtMs: number;
}

/** About 1 kB each. */
const REMEMBERED_TOKENS = 10_000;
/** A made-up key id must not become a query per request. */
const KEYS_REREAD_MS = 5_000;

/**
 * Checks access tokens in this process: the signature once per token, its expiry and whether its sign-in was revoked
 * every time.
 */
export function createAccessTokens({ publicUrl, readKeys, revoked, now }: AccessTokensConfig) {
  const remembered = new Map<string, Verified>();
  const keys = createKeySet(readKeys, now);

  async function verifySignature(token: string): Promise<Verified | BearerRefusal> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ["EdDSA"],
        typ: "at+jwt",
        issuer: publicUrl,
        audience: publicUrl,
        currentDate: now(),
      });
      return bearerIn(payload) ?? { reason: "token_invalid" };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { reason: "token_expired" };
      // Every other answer of jose about the token itself; a database that is down is not one.
      if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError) {
        return { reason: "token_invalid" };
      }
      throw error;
    }
  }

  return async function verifyBearer(token: string): Promise<Result<Bearer, BearerRefusal>> {
    const verified = remembered.get(token) ?? (await verifySignature(token));
    if ("reason" in verified) return refuse(verified);
    if (verified.expiresAtMs <= now().getTime()) {
      remembered.delete(token);
      return refuse({ reason: "token_expired" });
    }
    remember(remembered, token, verified);
    const { authUserId, signInId } = verified;
    if (await revoked.has(signInId)) return refuse({ reason: "session_revoked" });
    return allow({ authUserId, signInId });
  };
}

function bearerIn(payload: JWTPayload): Verified | null {
  const { sub, exp, sid } = payload as JWTPayload & { sid?: unknown };
  if (sub === undefined || exp === undefined || typeof sid !== "string") return null;
  return { authUserId: sub, signInId: sid, expiresAtMs: exp * 1000 };
}

function remember(remembered: Map<string, Verified>, token: string, verified: Verified): void {
  if (remembered.has(token)) return;
  const oldest = remembered.size >= REMEMBERED_TOKENS ? remembered.keys().next() : undefined;
  if (oldest?.done === false) remembered.delete(oldest.value);
  remembered.set(token, verified);
}

/** The public keys, read again when a token names one that another replica may have made since. */
function createKeySet(readKeys: () => Promise<JSONWebKeySet>, now: () => Date): JWTVerifyGetKey {
  let keySet: ReturnType<typeof createLocalJWKSet> | undefined;
  let readAt = 0;

  async function read() {
    readAt = now().getTime();
    keySet = createLocalJWKSet(await readKeys());
    return keySet;
  }

  return async (header, token) => {
    const known = keySet ?? (await read());
    try {
      return await known(header, token);
    } catch (error) {
      const mayBeNew = error instanceof errors.JWKSNoMatchingKey && now().getTime() - readAt > KEYS_REREAD_MS;
      if (!mayBeNew) throw error;
      return (await read())(header, token);
    }
  };
}
