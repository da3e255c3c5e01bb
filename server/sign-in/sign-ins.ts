import type { DatabasePool } from "../store/pool.ts";
import { tokenHash } from "./token-hash.ts";

type Pool = DatabasePool["pool"];

/** What a refresh token says about the sign-in it belongs to. */
export interface RefreshTokenState {
  /** Null when the sign-in is gone. */
  signInId: string | null;
  signInExpired: boolean;
  /** Used before, and longer ago than the grace allows. */
  replayed: boolean;
}

/** A little longer than an access token, for replicas whose clocks differ. */
const CLOCK_DIFFERENCE_SECONDS = 60;

export async function findByRefreshToken(pool: Pool, refreshToken: string): Promise<RefreshTokenState | null> {
  const { rows } = await pool.query<RefreshTokenState>(
    `select session."id" as "signInId",
            coalesce(session."expiresAt" <= now(), true) as "signInExpired",
            token."revoked" is not null and coalesce(token."rotationReplayExpiresAt" <= now(), true) as "replayed"
       from auth."oauthRefreshToken" token left join auth."session" session on session."id" = token."sessionId"
      where token."token" = $1`,
    [tokenHash(refreshToken)],
  );
  return rows[0] ?? null;
}

/** @returns the sign-ins of a person that are not over */
export async function signInsOf(pool: Pool, authUserId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(`select "id" from auth."session" where "userId" = $1`, [
    authUserId,
  ]);
  return rows.map(({ id }) => id);
}

/**
 * Ends sign-ins for good: no refresh, no access token, no cookie of theirs is worth anything afterwards. One statement:
 * either all of it happened or nothing did.
 */
export async function revokeSignIns(
  pool: Pool,
  signInIds: readonly string[],
  accessTokenSeconds: number,
): Promise<void> {
  await pool.query(
    `with ended as (
       select unnest($1::text[]) as id
     ), tokens as (
       delete from auth."oauthRefreshToken" where "sessionId" in (select id from ended)
     ), sessions as (
       delete from auth."session" where "id" in (select id from ended)
     )
     insert into auth.revoked_sign_in (sign_in_id, until)
       select id, now() + make_interval(secs => $2) from ended
     on conflict (sign_in_id) do update set until = excluded.until`,
    [signInIds, accessTokenSeconds + CLOCK_DIFFERENCE_SECONDS],
  );
}

/** Removes what can neither be used nor refused any more. */
export async function purgeExpired(pool: Pool): Promise<void> {
  for (const expired of [
    `auth."oauthRefreshToken" where "expiresAt" < now()`,
    `auth."session" where "expiresAt" < now()`,
    `auth."verification" where "expiresAt" < now()`,
    `auth.revoked_sign_in where until < now()`,
  ]) {
    await pool.query(`delete from ${expired}`);
  }
}
