import type { Behaviour, Fault } from "./behaviour.ts";
import type { Fate } from "./state.ts";

/** What a number brings about by being texted. */
export interface Magic {
  about: string;
  fate?: Fate;
  fault?: Fault;
  behaviour?: Partial<Behaviour>;
  optedOut?: true;
}

/** Numbers with a fixed character, so that a person can try each one from the panel. Fictitious, in Alaska. */
export const MAGIC_NUMBERS: Readonly<Record<string, Magic>> = {
  "+19075550101": { about: "a landline", fate: "landline" },
  "+19075550102": { about: "blocks as spam", fate: "spam_blocked" },
  "+19075550103": { about: "refuses unregistered traffic", fate: "not_registered" },
  "+19075550104": { about: "outside the carrier's network: status unknown", fate: "unknown" },
  "+19075550105": { about: "unreachable", fate: "unreachable" },
  "+19075550106": { about: "gets everything late", fate: "slow" },
  "+19075550107": { about: "has opted out of every number", optedOut: true },
  "+19075550108": { about: "is no number", fate: "bad_number" },
  "+19075550109": { about: "the call is rate limited", fault: "rate_limited" },
  "+19075550110": { about: "the call fails with 500 after sending", fault: "server_error_after_sending" },
  "+19075550111": { about: "the connection breaks after sending", fault: "reset_after_sending" },
  "+19075550112": { about: "webhooks come before the answer", behaviour: { webhookBeforeResponse: true } },
  "+19075550113": { about: "every webhook comes three times", behaviour: { extraWebhooks: 2 } },
  "+19075550114": { about: "finalized comes before sent", behaviour: { disorder: true } },
  "+19075550115": { about: "texts expire on the way", fate: "expired" },
  "+19075550116": { about: "delivery is never confirmed", fate: "unconfirmed" },
  "+19075550117": { about: "the call fails with 500, nothing sent", fault: "server_error" },
};

/** Numbers nobody can answer from: no text reaches them. */
export function reaches(fate: Fate): boolean {
  return fate === "delivered" || fate === "slow" || fate === "unknown" || fate === "unconfirmed";
}
