import { z } from "zod";
import type { DeliveryState, FailureClass } from "@partyline/domain/delivery";
import type { CarrierEvent } from "./carrier.ts";

/** Telnyx's guide shows `cc` as strings, its API description as objects: both occur. */
const Address = z.union([
  z.string().transform((phone_number) => ({ phone_number, status: undefined })),
  z.object({ phone_number: z.string(), status: z.string().optional() }),
]);

const Webhook = z.object({
  data: z.object({
    id: z.string().min(1),
    event_type: z.string(),
    occurred_at: z.string(),
    payload: z.object({
      id: z.string(),
      direction: z.string().optional(),
      from: Address.optional(),
      to: z.array(Address).default([]),
      cc: z.array(Address).default([]),
      text: z.string().nullish(),
      autoresponse_type: z.string().nullish(),
      media: z.array(z.object({ url: z.string(), content_type: z.string().nullish() })).nullish(),
      errors: z.array(z.object({ code: z.union([z.string(), z.number()]) })).nullish(),
    }),
  }),
});
type Payload = z.infer<typeof Webhook>["data"]["payload"];

/** Telnyx's id of the event, by which its repeats are recognised. */
export function telnyxEventId(body: unknown): string | null {
  const read = Webhook.shape.data.pick({ id: true }).safeParse((body as { data?: unknown } | null)?.data);
  return read.success ? read.data.id : null;
}

/** What a verified Telnyx webhook says in our words; what we have no use for is ignored with the reason. */
export function parseTelnyxWebhook(body: unknown): CarrierEvent[] {
  const read = Webhook.safeParse(body);
  if (!read.success) return [{ kind: "ignored", why: "unknown_shape" }];
  const { event_type, occurred_at, payload } = read.data.data;
  const at = new Date(occurred_at);
  if (Number.isNaN(at.getTime())) return [{ kind: "ignored", why: "bad_time" }];
  if (event_type === "message.received") return [inbound(payload, at)];
  if (event_type === "message.sent" || event_type === "message.finalized") return deliveries(payload, at);
  return [{ kind: "ignored", why: event_type }];
}

/** Our own number is the single `to` of an inbound message; `cc` holds the others and sometimes us again. */
function inbound(payload: Payload, at: Date): CarrierEvent {
  const [own, ...rest] = payload.to;
  if (own === undefined || payload.from === undefined) return { kind: "ignored", why: "no_addresses" };
  return {
    kind: "inbound",
    carrierMessageId: payload.id,
    own: own.phone_number,
    from: payload.from.phone_number,
    others: [...rest, ...payload.cc].map((address) => address.phone_number),
    text: payload.text ?? "",
    media: (payload.media ?? []).map(({ url, content_type }) => ({ url, type: content_type ?? null })),
    isAnswered: Boolean(payload.autoresponse_type),
    at,
  };
}

const STATES: Record<string, DeliveryState> = {
  queued: "accepted",
  sending: "accepted",
  sent: "sent",
  delivered: "delivered",
  sending_failed: "failed",
  delivery_failed: "undelivered",
  delivery_unconfirmed: "unconfirmed",
  expired: "unconfirmed",
  // A member on another network's handset: Telnyx cannot know.
  unknown: "unconfirmed",
};

/**
 * A report is about its first `to`, and so are its errors; the rest of the roster comes along with states of its own,
 * whose reasons their own reports tell.
 */
function deliveries(payload: Payload, at: Date): CarrierEvent[] {
  const errorCode = payload.errors?.[0]?.code;
  return [...payload.to, ...payload.cc].flatMap((address, index): CarrierEvent[] => {
    const state = STATES[address.status ?? ""];
    if (state === undefined) return [{ kind: "ignored", why: "unknown_status" }];
    const failed = index === 0 && (state === "failed" || state === "undelivered");
    const code = index === 0 && errorCode !== undefined ? String(errorCode) : null;
    return [
      {
        kind: "delivery",
        carrierMessageId: payload.id,
        member: address.phone_number,
        state,
        failure: failed ? telnyxFailure(code) : null,
        code,
        at,
      },
    ];
  });
}

/** https://developers.telnyx.com/docs/messaging/messages/error-codes */
const FAILURES: Record<string, FailureClass> = {
  "40001": "landline",
  "40002": "spam_blocked",
  "40003": "spam_blocked",
  "40015": "spam_blocked",
  "40017": "spam_blocked",
  "40008": "unreachable",
  "40010": "not_registered",
  "40011": "rate",
  "40016": "rate",
  "40018": "rate",
  "40318": "rate",
  "40012": "bad_number",
  "40310": "bad_number",
  "40300": "opted_out",
  "40305": "not_group_capable",
  "40308": "not_group_capable",
  "40317": "media",
  "40333": "auth",
};

export function telnyxFailure(code: string | null): FailureClass {
  return (code === null ? undefined : FAILURES[code]) ?? "unknown";
}
