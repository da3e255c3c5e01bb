import { timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Carrier } from "./carrier.ts";
import { RefusedCall, wireErrorBody } from "./errors.ts";
import { detailedNumber, idOfNumber, messagingSettings, page } from "./number-payloads.ts";
import { receivedPayload, sendPayload, type Json } from "./payloads.ts";
import { answerRefusal, answerSend } from "./sending.ts";

const REQUESTS_KEPT = 500;

/** The vendor's API, version 2, as far as texting in groups needs it. */
export function wireRoutes(carrier: Carrier, apiKey: string): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.onError((error, call) => {
    if (error instanceof RefusedCall) return answerRefusal(call, error);
    throw error;
  });
  recordRequests(routes, carrier);
  routes.use(async (call, next) => {
    if (isKey(call.req.header("authorization"), apiKey)) return next();
    const detail = "The required authentication headers were either invalid or not included in the request.";
    return call.json(wireErrorBody({ status: 401, code: "10009", detail }), 401);
  });
  routes.post("/messages", (call) => answerSend(call, carrier, "direct"));
  routes.post("/messages/group_mms", (call) => answerSend(call, carrier, "group"));
  addMessages(routes, carrier);
  addNumbers(routes, carrier);
  routes.all("*", (call) => call.json(notFound(), 404));
  return routes;
}

function addMessages(routes: Hono<{ Bindings: HttpBindings }>, carrier: Carrier): void {
  routes.get("/messages/group/:id", (call) => {
    const send = carrier.state.sends.find((one) => one.id === call.req.param("id") && one.kind === "group");
    const own = send && carrier.own(send.from);
    return send && own ? call.json({ data: [sendPayload(send, own)] }) : call.json(notFound(), 404);
  });
  routes.get("/messages/:id", (call) => {
    const data = findMessage(carrier, call.req.param("id"));
    return data ? call.json({ data }) : call.json(notFound(), 404);
  });
}

function findMessage(carrier: Carrier, id: string): Json | null {
  const send = carrier.state.sends.find((one) => one.id === id || one.legs.some((leg) => leg.id === id));
  const received = carrier.state.received.find((one) => one.id === id);
  const own = carrier.own(send?.from ?? received?.own ?? "");
  if (!own) return null;
  if (send) return sendPayload(send, own);
  // The description knows one shape of roster only, whatever the webhooks show today.
  const plain = { ...carrier.behaviour, ccShape: "objects", oddFromStatus: false } as const;
  return received ? receivedPayload(received, own, carrier.url, plain) : null;
}

function addNumbers(routes: Hono<{ Bindings: HttpBindings }>, carrier: Carrier): void {
  const wanted = (filter: string | undefined) => {
    const asked = filter?.split(",");
    return carrier.parts.numbers.filter((own) => asked === undefined || asked.includes(own.phoneNumber));
  };
  const find = (id: string) => carrier.parts.numbers.find((own) => idOfNumber(own) === id || own.phoneNumber === id);
  routes.get("/phone_numbers", (call) =>
    call.json(page(wanted(call.req.query("filter[phone_number]")).map((own) => detailedNumber(own)))),
  );
  routes.get("/phone_numbers/messaging", (call) =>
    call.json(page(wanted(call.req.query("filter[phone_number]")).map((own) => messagingSettings(own)))),
  );
  routes.get("/phone_numbers/:id", (call) => {
    const own = find(call.req.param("id"));
    return own ? call.json({ data: detailedNumber(own) }) : call.json(notFound(), 404);
  });
  routes.get("/phone_numbers/:id/messaging", (call) => {
    const own = find(call.req.param("id"));
    return own ? call.json({ data: messagingSettings(own) }) : call.json(notFound(), 404);
  });
}

function recordRequests(routes: Hono<{ Bindings: HttpBindings }>, carrier: Carrier): void {
  routes.use(async (call, next) => {
    const { method, path } = call.req;
    const text = await call.req.text();
    const record = { at: carrier.nowIso(), method, path, body: parsed(text), status: null as number | null };
    carrier.requests = [...carrier.requests, record].slice(-REQUESTS_KEPT);
    await next();
    record.status = call.res.status;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text === "" ? null : text;
  }
}

function isKey(header: string | undefined, apiKey: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(`Bearer ${apiKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function notFound(): object {
  const detail = "The requested resource or URL could not be found.";
  return wireErrorBody({ status: 404, code: "10005", detail });
}
