import type { Behaviour } from "./behaviour.ts";
import type { Carrier } from "./carrier.ts";
import { putOnHandsets, receive } from "./inbound.ts";
import type { OwnNumber } from "./own-number.ts";
import { receiptPayload } from "./payloads.ts";
import { takeInPictures } from "./pictures.ts";
import type { Fate, Leg, LegStatus, Picture, Send } from "./state.ts";
import { emit, sendUrls } from "./webhooks.ts";

/** How a leg ends for each fate. */
const ENDS: Record<Fate, { status: LegStatus; code: string | null }> = {
  delivered: { status: "delivered", code: null },
  slow: { status: "delivered", code: null },
  landline: { status: "sending_failed", code: "40001" },
  spam_blocked: { status: "delivery_failed", code: "40002" },
  not_registered: { status: "sending_failed", code: "40010" },
  unreachable: { status: "delivery_failed", code: "40008" },
  bad_number: { status: "sending_failed", code: "40012" },
  expired: { status: "expired", code: "40005" },
  unknown: { status: "delivery_unconfirmed", code: null },
  unconfirmed: { status: "delivery_unconfirmed", code: null },
};

const OVER: ReadonlySet<LegStatus> = new Set<LegStatus>([
  "delivered",
  "sending_failed",
  "delivery_failed",
  "delivery_unconfirmed",
  "expired",
]);

/** Carries an accepted message to the handsets, and its receipts to the webhooks. */
export async function transmit(carrier: Carrier, send: Send, own: OwnNumber, how: Behaviour): Promise<void> {
  const pictures = await takeInPictures(carrier, send.mediaUrls);
  if (pictures === null) {
    for (const leg of send.legs) Object.assign(leg, { errorCode: "40317" });
  } else {
    reachMembers(carrier, send, pictures);
  }
  await Promise.all(send.legs.map((leg) => progress(carrier, send, own, leg, how)));
}

/** After a restart: messages whose receipts were still to come get them now. */
export function resumeOutbound(carrier: Carrier): void {
  for (const send of carrier.state.sends) {
    const own = carrier.own(send.from);
    if (!own) continue;
    const open = send.legs.filter((leg) => !OVER.has(leg.status));
    for (const leg of open) void progress(carrier, send, own, leg, carrier.behaviour);
  }
}

function reachMembers(carrier: Carrier, send: Send, pictures: Picture[]): void {
  const to = send.legs.map((leg) => leg.number);
  const refused = send.legs.filter((leg) => leg.errorCode !== null).map((leg) => leg.number);
  const draft = { from: send.from, to, text: send.text, pictures };
  putOnHandsets(carrier, draft, refused);
  for (const number of to) {
    const other = carrier.own(number);
    if (other) receive(carrier, other, draft, null);
  }
}

async function progress(carrier: Carrier, send: Send, own: OwnNumber, leg: Leg, how: Behaviour): Promise<void> {
  const fate = carrier.fateOf(leg.number);
  const end = leg.errorCode === null ? ENDS[fate] : { status: failureOf(leg.errorCode), code: leg.errorCode };
  const urls = sendUrls(carrier, send);
  const tell = async (event: "sent" | "finalized"): Promise<void> => {
    const status = event === "sent" ? "sent" : advance(carrier, send, leg, end);
    const shown = event === "finalized" && fate === "unknown" && status === "delivery_unconfirmed" ? "unknown" : status;
    if (event === "sent") markSent(carrier, send, leg);
    await emit(carrier, `message.${event}`, receiptPayload(send, own, leg, shown, how), urls, how);
  };
  const soon = how.webhookBeforeResponse ? 0 : carrier.delays.sentMs;
  const later = how.webhookBeforeResponse ? 0 : lastLeg(carrier, fate);
  if (!(await carrier.sleep(soon))) return;
  const goesOut = end.status !== "sending_failed";
  if (goesOut && !how.disorder) await tell("sent");
  if (!(await carrier.sleep(later))) return;
  await tell("finalized");
  if (goesOut && how.disorder) await tell("sent");
}

function lastLeg(carrier: Carrier, fate: Fate): number {
  const { finalizedMs, slowMs } = carrier.delays;
  if (fate === "slow") return slowMs;
  return Math.floor(finalizedMs * (0.5 + carrier.parts.random()));
}

/** States only move up: a late `sent` does not undo a receipt. */
function markSent(carrier: Carrier, send: Send, leg: Leg): void {
  if (OVER.has(leg.status)) return;
  leg.status = "sent";
  send.sentAt ??= carrier.nowIso();
  carrier.changed();
}

function advance(carrier: Carrier, send: Send, leg: Leg, end: { status: LegStatus; code: string | null }): LegStatus {
  leg.status = end.status;
  leg.errorCode = end.code;
  send.sentAt ??= carrier.nowIso();
  if (send.legs.every((one) => OVER.has(one.status))) send.completedAt = carrier.nowIso();
  carrier.changed();
  return end.status;
}

function failureOf(code: string): LegStatus {
  return code === "40300" ? "delivery_failed" : "sending_failed";
}
