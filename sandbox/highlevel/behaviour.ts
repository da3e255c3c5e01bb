import { z } from "zod";

/** What can go wrong with one API call. Taken from `next`, oldest first; `done_then_…` does what was asked before. */
export const Fault = z.enum([
  "server_error",
  "rate_limited",
  "reset",
  "hang",
  "unauthorized",
  "garbage",
  "done_then_reset",
  "done_then_garbage",
  "done_then_gateway_timeout",
]);
export type Fault = z.infer<typeof Fault>;

/** How unpleasant the emulated CRM is. None of it is on by default. */
export const Behaviour = z.strictObject({
  /** Faults of the coming API calls, one each. */
  next: z.array(Fault),
  /**
   * Faults of the coming calls for tokens; `rotated_then_reset` rotates the pair and loses the answer, `client_refused`
   * is for a wrong client secret, `forbidden_page` a firewall's.
   */
  nextToken: z.array(z.enum(["server_error", "reset", "rotated_then_reset", "client_refused", "forbidden_page"])),
  responseDelayMs: z.number().int().min(0).max(120_000),
  /** Access is given for a whole agency instead of one location. */
  agencyTokens: z.boolean(),
  tokenDelayMs: z.number().int().min(0).max(120_000),
  /** `additionalPhones` comes as plain strings or as objects. */
  additionalPhones: z.enum(["objects", "strings"]),
  /** A later version of the vendor's contract writes the keys of `dndSettings` in lower case. */
  dndKeys: z.enum(["upper", "lower"]),
  /** How the vendor answers for a contact that is not there. */
  missingContact: z.enum(["not_found", "bad_request"]),
  /** For how many reads after a change a contact still comes as it was before. */
  staleReads: z.number().int().min(0).max(20),
  /** Ids whose record comes in a shape nobody knows. */
  oddContacts: z.array(z.string()),
  /** Ids whose record makes the CRM stumble. */
  brokenContacts: z.array(z.string()),
});
export type Behaviour = z.infer<typeof Behaviour>;

export function calmBehaviour(): Behaviour {
  return {
    next: [],
    nextToken: [],
    responseDelayMs: 0,
    agencyTokens: false,
    tokenDelayMs: 0,
    additionalPhones: "objects",
    dndKeys: "upper",
    missingContact: "bad_request",
    staleReads: 0,
    oddContacts: [],
    brokenContacts: [],
  };
}
