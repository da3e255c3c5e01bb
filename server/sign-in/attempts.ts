import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { DatabasePool } from "../store/pool.ts";
import { tokenHash } from "./token-hash.ts";

const MINUTE = 60;

/** The most attempts within `duration` seconds. */
interface Limit {
  points: number;
  duration: number;
}

/** One person who forgot which password; one office behind one address; many addresses guessing at one person. */
const PERSON_AT_ADDRESS: Limit = { points: 8, duration: 15 * MINUTE };
const ADDRESS: Limit = { points: 100, duration: 15 * MINUTE };
const PERSON: Limit = { points: 50, duration: 60 * MINUTE };
/** Of the OAuth endpoints, which cost little: a large office behind one address refreshes about once a second. */
const REQUESTS: Limit = { points: 600, duration: MINUTE };

export interface Attempts {
  /** Counts one attempt. @returns null, or the seconds to wait before the next is allowed */
  count: (email: string, address: string) => Promise<number | null>;
  /** The password was right: forgets this person's attempts from this address. */
  forget: (email: string, address: string) => Promise<void>;
}

/** In the database, so that neither a restart nor another replica gives a guesser a fresh start. */
export function createAttempts(pool: DatabasePool["pool"]): Attempts {
  const limiter = (keyPrefix: string, limit: Limit) =>
    new RateLimiterPostgres({
      ...limit,
      keyPrefix,
      storeClient: pool,
      storeType: "pool",
      schemaName: "auth",
      tableName: "sign_in_attempt",
      tableCreated: true,
    });
  const personAtAddress = limiter("person_at_address", PERSON_AT_ADDRESS);
  const address = limiter("address", ADDRESS);
  const person = limiter("person", PERSON);
  return {
    count: async (email, from) => {
      const name = personKey(email);
      return (
        (await consume(personAtAddress, `${name}@${from}`)) ??
        (await consume(address, from)) ??
        (await consume(person, name))
      );
    },
    forget: async (email, from) => {
      await personAtAddress.delete(`${personKey(email)}@${from}`);
    },
  };
}

/** @returns a counter of requests of one address, kept in this process: null, or the seconds to wait */
export function createRequestLimit(): (address: string) => Promise<number | null> {
  const limiter = new RateLimiterMemory(REQUESTS);
  return (address) => consume(limiter, address);
}

async function consume(limiter: RateLimiterMemory | RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
    throw refusal;
  }
}

/** Whatever was typed, of any length, and no address in the table. */
function personKey(email: string): string {
  return tokenHash(email.trim().toLowerCase());
}
