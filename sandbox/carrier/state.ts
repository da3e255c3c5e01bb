/** What the carrier and the phones on it remember. One JSON document, so that a restart finds the phones as they were. */
export interface CarrierState {
  version: 1;
  texts: HandsetText[];
  sends: Send[];
  received: Received[];
  pictures: Picture[];
  /** Opt-outs hold for a messaging profile, as at the vendor; each number has its own profile unless told otherwise. */
  blocks: { profileId: string; number: string }[];
  /** Numbers given a fate by hand; the magic numbers are always there. */
  fates: Record<string, Fate>;
  /** The handsets' address book, the same for all of them. */
  people: Record<string, string>;
}

/** A text as handsets hold it. `members` is the sorted address set, which is also what makes a thread. */
export interface HandsetText {
  id: string;
  members: string[];
  from: string;
  text: string;
  pictures: { id: string; contentType: string }[];
  at: string;
  /** The handsets it really reached, its author's included. */
  visibleTo: string[];
}

export interface Picture {
  id: string;
  contentType: string;
  size: number;
  /** From when the vendor's URL answers 404; handsets keep what they have. */
  expiresAt: string | null;
}

export type LegStatus =
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "sending_failed"
  | "delivery_failed"
  | "delivery_unconfirmed"
  | "expired";

export interface Leg {
  id: string;
  number: string;
  status: LegStatus;
  errorCode: string | null;
}

/** A message the business sent through the API. */
export interface Send {
  id: string;
  kind: "group" | "direct";
  type: "SMS" | "MMS";
  from: string;
  legs: Leg[];
  text: string;
  subject: string | null;
  mediaUrls: string[];
  webhookUrl: string | null;
  webhookFailoverUrl: string | null;
  useProfileWebhooks: boolean;
  receivedAt: string;
  sentAt: string | null;
  completedAt: string | null;
}

/** A text as it came in for one business number. */
export interface Received {
  id: string;
  own: string;
  from: string;
  others: string[];
  text: string;
  pictures: Picture[];
  at: string;
  autoresponse: "STOP" | "START" | "HELP" | null;
  /** The webhook has been tried: a restart need not send it. */
  told: boolean;
}

/** How texts to a number end. `unknown` is the vendor's word for members outside its own network. */
export type Fate =
  | "delivered"
  | "slow"
  | "landline"
  | "spam_blocked"
  | "not_registered"
  | "unreachable"
  | "bad_number"
  | "expired"
  | "unknown"
  | "unconfirmed";

export function emptyState(people: Record<string, string>): CarrierState {
  return {
    version: 1,
    texts: [],
    sends: [],
    received: [],
    pictures: [],
    blocks: [],
    fates: {},
    people: { ...people },
  };
}
