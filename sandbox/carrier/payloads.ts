import type { Behaviour } from "./behaviour.ts";
import { titleOf } from "./errors.ts";
import { profileOf, stableUuid, type OwnNumber } from "./own-number.ts";
import type { Leg, Received, Send } from "./state.ts";

export type Json = Record<string, unknown>;

const GSM = /^[\n\r !-_a-z{|}~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà€]*$/u;

/** What the vendor answers about an outbound message: everybody in `to`, each with their state. */
export function sendPayload(send: Send, own: OwnNumber): Json {
  return { ...sendBase(send, own), to: send.legs.map((leg) => recipient(leg)), cc: [] };
}

/**
 * The payload of a receipt for one member. `leg.status` is the news; the other members stand beside it with the state
 * they are in. A member outside the network is `unknown` here, and only here: the API itself says unconfirmed.
 */
export function receiptPayload(send: Send, own: OwnNumber, leg: Leg, status: string, how: Behaviour): Json {
  const news = { ...recipient(leg), status };
  const others = send.legs.filter((other) => other.id !== leg.id).map((other) => recipient(other));
  const roster = how.rosterIn === "to" ? { to: [news, ...others], cc: [] } : { to: [news], cc: shaped(others, how) };
  const ids = how.receiptIds === "own" ? { id: leg.id } : {};
  const group = send.kind === "group" ? { group_message_id: send.id } : {};
  return { ...sendBase(send, own), ...roster, ...ids, ...group, errors: errorsOf(leg) };
}

/** The payload of `message.received`. The roster of a group stands in `cc`, or in `to`, as the behaviour says. */
export function receivedPayload(received: Received, own: OwnNumber, url: string, how: Behaviour): Json {
  const to = { ...party(own.phoneNumber, "VoIP"), status: "webhook_delivered" };
  const others = received.others.map((number) => ({ ...party(number, "Wireless"), status: "delivered" }));
  const cc = how.ccIncludesOwn && others.length > 0 ? [...others, to] : others;
  const roster = how.rosterIn === "to" ? { to: [to, ...others], cc: [] } : { to: [to], cc: shaped(cc, how) };
  const grouped = received.others.length > 0 || received.pictures.length > 0;
  return {
    ...common(received.text, own),
    ...roster,
    id: received.id,
    direction: "inbound",
    type: grouped ? "MMS" : "SMS",
    from: { ...party(received.from, "Wireless"), status: how.oddFromStatus ? "webhook_delivered" : "delivered" },
    received_at: received.at,
    sent_at: null,
    completed_at: null,
    errors: [],
    autoresponse_type: received.autoresponse,
    subject: null,
    media: received.pictures.map((picture) => ({
      url: `${url}/media/${picture.id}`,
      content_type: picture.contentType,
      size: picture.size,
    })),
  };
}

function sendBase(send: Send, own: OwnNumber): Json {
  return {
    ...common(send.text, own),
    id: send.id,
    direction: "outbound",
    type: send.type,
    from: party(send.from, "VoIP"),
    received_at: send.receivedAt,
    sent_at: send.sentAt,
    completed_at: send.completedAt,
    errors: send.legs.flatMap((leg) => errorsOf(leg)),
    subject: send.subject,
    media: send.mediaUrls.map((url) => ({ url, content_type: null, sha256: null, size: null })),
    webhook_url: send.webhookUrl,
    webhook_failover_url: send.webhookFailoverUrl,
    wait_seconds: 0,
  };
}

function common(text: string, own: OwnNumber): Json {
  const gsm = GSM.test(text);
  const perPart = gsm ? 153 : 67;
  return {
    record_type: "message",
    messaging_profile_id: profileOf(own),
    organization_id: stableUuid("organization"),
    text,
    encoding: gsm ? "GSM-7" : "UCS-2",
    num_chars: text.length,
    parts: Math.min(10, Math.max(1, Math.ceil(text.length / perPart))),
    tags: [],
    cost: { amount: "0.0051", currency: "USD" },
    cost_breakdown: {
      carrier_fee: { amount: "0.00305", currency: "USD" },
      rate: { amount: "0.00205", currency: "USD" },
    },
    tcr_campaign_id: null,
    tcr_campaign_billable: false,
    tcr_campaign_registered: null,
    valid_until: null,
    webhook_url: null,
    webhook_failover_url: null,
  };
}

function recipient(leg: Leg): Json {
  return { ...party(leg.number, "Wireless"), status: leg.status };
}

function party(number: string, lineType: "VoIP" | "Wireless"): Json {
  return {
    phone_number: number,
    carrier: lineType === "VoIP" ? "TELNYX LLC" : "SANDBOX WIRELESS, INC.",
    line_type: lineType,
  };
}

function shaped(parties: Json[], how: Behaviour): unknown[] {
  return how.ccShape === "strings" ? parties.map((one) => one["phone_number"]) : parties;
}

function errorsOf(leg: Leg): Json[] {
  if (leg.errorCode === null) return [];
  const title = titleOf(leg.errorCode);
  return [{ code: leg.errorCode, title, detail: title, meta: {}, source: { pointer: "/to" } }];
}
