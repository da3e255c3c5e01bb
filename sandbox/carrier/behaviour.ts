import { z } from "zod";

/** What can go wrong with one API call. Taken from `next`, oldest first, one per call that sends. */
export const Fault = z.enum([
  "rate_limited",
  "queue_full",
  "spend_limit",
  "server_error",
  "server_error_after_sending",
  "reset",
  "reset_after_sending",
  "hang_after_sending",
]);
export type Fault = z.infer<typeof Fault>;

/** How unpleasant the carrier is. All of it is seen in the wild; none of it is on by default. */
export const Behaviour = z.strictObject({
  /** Faults of the coming API calls. */
  next: z.array(Fault),
  /** The receipts arrive before the API call is answered. */
  webhookBeforeResponse: z.boolean(),
  /** How many times more than once each webhook is delivered. */
  extraWebhooks: z.number().int().min(0).max(5),
  /** `message.finalized` overtakes `message.sent`. */
  disorder: z.boolean(),
  /** Chance of each webhook to be doubled and delayed by up to a second, drawn from the seed. */
  chaos: z.number().min(0).max(1),
  responseDelayMs: z.number().int().min(0).max(120_000),
  webhookDelayMs: z.number().int().min(0).max(120_000),
  /** The vendor's guide shows `cc` as strings, its description as objects. */
  ccShape: z.enum(["objects", "strings"]),
  ccIncludesOwn: z.boolean(),
  /** Where the rest of the roster stands in webhooks. */
  rosterIn: z.enum(["cc", "to"]),
  /** Whether receipts carry the id of the call or one of their own beside `group_message_id`. */
  receiptIds: z.enum(["shared", "own"]),
  /** Undocumented at the vendor: does one opted-out member refuse the whole group? */
  blockedMember: z.enum(["rejects", "skips"]),
  /** `from.status` holds a word outside the vendor's enumeration. */
  oddFromStatus: z.boolean(),
  /** How long the vendor's media URLs live; null for ever. */
  mediaLifetimeMs: z.number().int().min(0).nullable(),
});
export type Behaviour = z.infer<typeof Behaviour>;

export function calmBehaviour(): Behaviour {
  return {
    next: [],
    webhookBeforeResponse: false,
    extraWebhooks: 0,
    disorder: false,
    chaos: 0,
    responseDelayMs: 0,
    webhookDelayMs: 0,
    ccShape: "objects",
    ccIncludesOwn: false,
    rosterIn: "cc",
    receiptIds: "shared",
    blockedMember: "rejects",
    oddFromStatus: false,
    mediaLifetimeMs: 24 * 60 * 60 * 1000,
  };
}

/** Mulberry32: small, and the same seed gives the same bad day again. */
export function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed);
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
