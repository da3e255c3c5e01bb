import Telnyx, { APIConnectionError, APIError } from "telnyx";
import { TEXT_MAX } from "@partyline/domain/message-text";
import {
  WebhookRefusedError,
  type Carrier,
  type DirectSend,
  type GroupSend,
  type SendOutcome,
  type VerifiedWebhook,
} from "./carrier.ts";
import { parseTelnyxWebhook, telnyxEventId, telnyxFailure } from "./telnyx-events.ts";

export interface TelnyxConfig {
  apiKey: string;
  /** Base64 of the Ed25519 key that signs webhooks, from Telnyx's portal. */
  publicKey: string;
  /** Another address that speaks Telnyx's API; absent for Telnyx itself. */
  apiUrl?: string | undefined;
  /** How long one attempt may take before its outcome counts as unknown. */
  timeoutMs: number;
  now: () => Date;
}

/** Telnyx carries a group MMS to at most eight members: https://developers.telnyx.com/docs/messaging/messages/group-messaging */
const NATIVE_MAX = 8;
/** Telnyx signs `timestamp|body`; older than this is a replay. */
const WEBHOOK_MAX_AGE_S = 300;

export function createTelnyx(config: TelnyxConfig): Carrier {
  const client = new Telnyx({
    apiKey: config.apiKey,
    publicKey: config.publicKey,
    baseURL: config.apiUrl,
    timeout: config.timeoutMs,
    // The SDK repeats failed requests by itself, and Telnyx has no idempotency: a repeat would text people twice.
    maxRetries: 0,
  });
  return {
    id: "telnyx",
    caps: { nativeMaxParticipants: NATIVE_MAX, textMax: TEXT_MAX },
    sendGroup: (message) => sendGroup(client, message),
    sendText: (message) => sendText(client, message),
    verify: (request) => verify(client, request, config.now()),
    parse: parseTelnyxWebhook,
  };
}

function sendGroup(client: Telnyx, { from, to, text, webhookUrl }: GroupSend): Promise<SendOutcome> {
  return attempt(client.messages.sendGroupMms({ from, to, text, webhook_url: webhookUrl }), to);
}

function sendText(client: Telnyx, { from, to, text }: DirectSend): Promise<SendOutcome> {
  return attempt(client.messages.send({ from, to, text }), [to]);
}

async function attempt(sending: Promise<{ data?: { id?: string } }>, members: readonly string[]): Promise<SendOutcome> {
  try {
    const { data } = await sending;
    return data?.id === undefined
      ? { kind: "unknown", cause: "accepted_without_id" }
      : { kind: "accepted", carrierMessageId: data.id };
  } catch (error) {
    return outcomeOf(error, members);
  }
}

function outcomeOf(error: unknown, members: readonly string[]): SendOutcome {
  if (error instanceof APIConnectionError) return outcomeOfConnection(error);
  if (!(error instanceof APIError)) throw error;
  const status = error.status ?? 0;
  // The message may have gone out before the server stumbled.
  if (status >= 500 || status === 408) return { kind: "unknown", cause: `http_${status}` };
  const { code, detail } = firstError(error.error);
  const temporary = status === 429;
  return {
    kind: "rejected",
    failure: temporary ? "rate" : status === 401 || status === 403 ? "auth" : telnyxFailure(code),
    code,
    retryable: temporary,
    members: members.filter((member) => detail.includes(member)),
  };
}

/** A connection that was never made sent nothing; one that broke later may have. */
function outcomeOfConnection(error: Error): SendOutcome {
  const code = connectionCode(error.cause);
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return { kind: "rejected", failure: "carrier_temporary", code, retryable: true, members: [] };
  }
  return { kind: "unknown", cause: code ?? "timeout" };
}

/** Fetch hides the socket's error one or two causes deep. */
function connectionCode(cause: unknown): string | null {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if ("code" in error && typeof error.code === "string") return error.code;
  }
  return null;
}

function firstError(body: unknown): { code: string | null; detail: string } {
  const errors = (body as { errors?: { code?: unknown; detail?: unknown }[] } | undefined)?.errors;
  const first = Array.isArray(errors) ? errors[0] : undefined;
  const code = typeof first?.code === "string" || typeof first?.code === "number" ? String(first.code) : null;
  return { code, detail: typeof first?.detail === "string" ? first.detail : "" };
}

async function verify(
  client: Telnyx,
  request: { rawBody: string; headers: Record<string, string> },
  now: Date,
): Promise<VerifiedWebhook> {
  const timestamp = Number(request.headers["telnyx-timestamp"]);
  if (Number.isFinite(timestamp) && Math.abs(now.getTime() / 1000 - timestamp) > WEBHOOK_MAX_AGE_S) {
    throw new WebhookRefusedError({
      reason: "webhook_stale",
      detail: `The webhook was signed more than ${WEBHOOK_MAX_AGE_S} seconds from this machine's clock; check the clock.`,
    });
  }
  try {
    const body: unknown = await client.webhooks.unwrap(request.rawBody, { headers: request.headers });
    const eventId = telnyxEventId(body);
    if (eventId === null) throw new Error("the event has no id");
    return { eventId, body };
  } catch (cause) {
    const detail = "The webhook does not carry a valid signature for TELNYX_PUBLIC_KEY.";
    throw new WebhookRefusedError({ reason: "webhook_signature_invalid", detail }, { cause });
  }
}
