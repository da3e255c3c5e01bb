import type { Behaviour } from "./behaviour.ts";
import type { Carrier } from "./carrier.ts";
import type { Json } from "./payloads.ts";
import type { Send } from "./state.ts";

const CHAOS_DELAY_MS = 1000;

/** Sends an event with today's manners: late, doubled, or plainly. Settles after the first try. */
export async function emit(
  carrier: Carrier,
  type: string,
  payload: Json,
  urls: string[],
  how: Behaviour,
): Promise<void> {
  const { random, webhooks } = carrier.parts;
  const chaotic = how.chaos > 0 && random() < how.chaos;
  const wait = how.webhookDelayMs + (chaotic ? Math.floor(random() * CHAOS_DELAY_MS) : 0);
  if (!(await carrier.sleep(wait))) return;
  const record = webhooks.record(type, payload);
  const copies = 1 + how.extraWebhooks + (chaotic ? 1 : 0);
  for (let copy = 0; copy < copies; copy += 1) await webhooks.send(record, urls);
}

/** The profile's own addresses: where inbound texts go. */
export function profileUrls(carrier: Carrier): string[] {
  const { url, failoverUrl } = carrier.parts.webhook;
  return failoverUrl === undefined ? [url] : [url, failoverUrl];
}

/** A message's own addresses come first, then the profile's, unless the message forbids them. */
export function sendUrls(carrier: Carrier, send: Send): string[] {
  const own = [send.webhookUrl, send.webhookFailoverUrl].filter((url) => url !== null);
  return [...new Set(send.useProfileWebhooks ? [...own, ...profileUrls(carrier)] : own)];
}
