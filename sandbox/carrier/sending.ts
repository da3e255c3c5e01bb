import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Behaviour, Fault } from "./behaviour.ts";
import type { Carrier } from "./carrier.ts";
import { badRequest, RefusedCall, wireErrorBody, type WireError } from "./errors.ts";
import { transmit } from "./outbound.ts";
import { sendPayload } from "./payloads.ts";
import { magicOf, readSendRequest, refuseBlocked, type SendRequest } from "./send-request.ts";
import type { Send } from "./state.ts";

type Call = Context<{ Bindings: HttpBindings }>;

const SENDS_KEPT = 2000;
const HANG_MS = 10 * 60 * 1000;

const SERVER_ERROR: WireError = { status: 500, code: "10007", detail: "An unexpected error occurred." };

const REFUSALS: Partial<Record<Fault, WireError>> = {
  rate_limited: { status: 429, code: "10011", detail: "You have exceeded the maximum number of allowed requests." },
  queue_full: { status: 429, code: "40318", detail: "The message queue of this number is full." },
  spend_limit: { status: 403, code: "40333", detail: "The daily spend limit of the messaging profile is reached." },
  server_error: SERVER_ERROR,
};

/** `POST /v2/messages` and `POST /v2/messages/group_mms`. Throws `RefusedCall`. */
export async function answerSend(call: Call, carrier: Carrier, kind: Send["kind"]): Promise<Response> {
  const request = readSendRequest(carrier, kind, await readBody(call));
  refuseBlocked(carrier, request);
  const magic = magicOf(request.to);
  const fault = carrier.behaviour.next.shift() ?? magic.find((one) => one.fault)?.fault;
  const refusal = fault && REFUSALS[fault];
  if (refusal) throw new RefusedCall(refusal);
  if (fault === "reset") return reset(call);
  const how: Behaviour = Object.assign({}, carrier.behaviour, ...magic.map((one) => one.behaviour));
  const send = accept(carrier, request);
  const answer = { data: sendPayload(send, request.own) };
  const sent = transmit(carrier, send, request.own, how);
  if (how.webhookBeforeResponse) await sent;
  await carrier.sleep(how.responseDelayMs);
  return fault === undefined ? call.json(answer) : failAfterSending(call, carrier, fault);
}

/** The answer to a refused call. */
export function answerRefusal(call: Context, { error }: RefusedCall): Response {
  if (error.status === 429) {
    call.header("x-ratelimit-limit", "60");
    call.header("x-ratelimit-remaining", "0");
    call.header("x-ratelimit-reset", "1");
  }
  return call.json(wireErrorBody(error), error.status);
}

async function failAfterSending(call: Call, carrier: Carrier, fault: Fault): Promise<Response> {
  if (fault === "reset_after_sending") return reset(call);
  if (fault === "hang_after_sending") await carrier.sleep(HANG_MS);
  throw new RefusedCall(SERVER_ERROR);
}

function accept(carrier: Carrier, request: SendRequest): Send {
  const { own, to, kind, mediaUrls, ...rest } = request;
  const send: Send = {
    ...rest,
    id: carrier.parts.newId(),
    kind,
    mediaUrls,
    type: kind === "group" || mediaUrls.length > 0 ? "MMS" : "SMS",
    from: own.phoneNumber,
    legs: to.map((number) => ({
      id: carrier.parts.newId(),
      number,
      status: "queued",
      errorCode: carrier.isBlocked(own, number) ? "40300" : null,
    })),
    receivedAt: carrier.nowIso(),
    sentAt: null,
    completedAt: null,
  };
  carrier.state.sends = [...carrier.state.sends, send].slice(-SENDS_KEPT);
  carrier.changed();
  return send;
}

async function readBody(call: Call): Promise<Record<string, unknown>> {
  const body: unknown = await call.req.json().catch(() => null);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw badRequest("10015", "The request failed because it was not well-formed.", "");
}

function reset(call: Call): Response {
  call.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}
