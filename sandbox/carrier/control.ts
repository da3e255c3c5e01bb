import { once } from "node:events";
import { normalisePhone } from "@partyline/domain/phone-number";
import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { z, ZodError } from "zod";
import { Behaviour } from "./behaviour.ts";
import type { Carrier } from "./carrier.ts";
import { textFromHandset } from "./inbound.ts";
import { loopbackOnly } from "./loopback-only.ts";
import { MAGIC_NUMBERS } from "./magic-numbers.ts";
import { findPerson, viewPhone, viewPhones } from "./phones-view.ts";
import { keepPicture, MEDIA_MAX_BYTES } from "./pictures.ts";

const PhoneInput = z.string().transform((input, check) => normalisePhone(input) ?? refuseNumber(check));

const HandsetTextBody = z.strictObject({
  to: z.array(PhoneInput).min(1).max(20),
  text: z.string().max(10_000).default(""),
  pictures: z
    .array(z.strictObject({ contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), base64: z.base64() }))
    .max(10)
    .default([]),
});

const FateBody = z.strictObject({
  fate: z
    .enum([
      "delivered",
      "slow",
      "landline",
      "spam_blocked",
      "not_registered",
      "unreachable",
      "bad_number",
      "expired",
      "unknown",
      "unconfirmed",
    ])
    .nullable(),
});

const HEARTBEAT_MS = 15_000;

/** What a person's hands do on the phones, and what a test does to the carrier. This machine only. */
export function controlRoutes(carrier: Carrier): Hono {
  const routes = new Hono();
  routes.use(loopbackOnly);
  routes.onError((error, call) => {
    if (error instanceof ZodError) return call.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return call.json({ error: "not JSON" }, 400);
    throw error;
  });
  addInspection(routes, carrier);
  addHandsets(routes, carrier);
  addManners(routes, carrier);
  return routes;
}

function addInspection(routes: Hono, carrier: Carrier): void {
  routes.get("/state", (call) => call.json(carrier.state));
  routes.get("/requests", (call) => call.json(carrier.requests));
  routes.get("/webhooks", (call) => call.json(carrier.parts.webhooks.records));
  routes.get("/magic", (call) => call.json(MAGIC_NUMBERS));
  routes.get("/phones", (call) => {
    const also = (call.req.queries("also") ?? []).map((input) => normalisePhone(input));
    return call.json(
      viewPhones(
        carrier,
        also.filter((number) => number !== null),
      ),
    );
  });
  routes.get("/handsets/:number", (call) => call.json(viewPhone(carrier, PhoneInput.parse(call.req.param("number")))));
  routes.get("/feed", (call) => streamSSE(call, (stream) => feed(stream, carrier)));
}

/** Tells a page that something changed; it then asks for what it shows. Several changes together are told once. */
async function feed(stream: SSEStreamingApi, carrier: Carrier): Promise<void> {
  const wake = new EventTarget();
  let news = true;
  const stop = carrier.onChange(() => {
    news = true;
    wake.dispatchEvent(new Event("wake"));
  });
  stream.onAbort(() => {
    wake.dispatchEvent(new Event("wake"));
  });
  while (!stream.aborted) {
    const event = news ? "changed" : "alive";
    // Before the write: what changes while it lasts must be told too.
    news = false;
    await stream.writeSSE({ event, data: "" });
    if (!news) await once(wake, "wake", { signal: AbortSignal.timeout(HEARTBEAT_MS) }).catch(() => {});
  }
  stop();
}

function refuseNumber(check: z.RefinementCtx): never {
  check.addIssue("not a phone number");
  return z.NEVER;
}

function addHandsets(routes: Hono, carrier: Carrier): void {
  routes.post("/handsets/:number/texts", async (call) => {
    const from = PhoneInput.parse(call.req.param("number"));
    const body = HandsetTextBody.parse(await call.req.json());
    const to = body.to.filter((number) => number !== from);
    const pictures = body.pictures.map((picture) => ({ ...picture, bytes: Buffer.from(picture.base64, "base64") }));
    if (to.length === 0 || (body.text.trim() === "" && pictures.length === 0)) {
      return call.json({ error: "a text needs somebody to go to, and words or a picture" }, 400);
    }
    if (carrier.own(from)) return call.json({ error: "a business number has no handset" }, 400);
    if (pictures.reduce((sum, picture) => sum + picture.bytes.length, 0) >= MEDIA_MAX_BYTES) {
      return call.json({ error: "pictures must stay under 1 MB together" }, 400);
    }
    const kept = pictures.map((picture) => keepPicture(carrier, picture.contentType, picture.bytes));
    const text = textFromHandset(carrier, { from, to, text: body.text, pictures: kept });
    return call.json(text, 201);
  });
  routes.get("/people/:typed", (call) => call.json({ person: findPerson(carrier, call.req.param("typed")) }));
  routes.put("/people", async (call) => {
    const people = z.record(z.string(), z.string().max(200)).parse(await call.req.json());
    Object.assign(carrier.state.people, people);
    carrier.changed();
    return call.json(carrier.state.people);
  });
}

function addManners(routes: Hono, carrier: Carrier): void {
  routes.get("/behaviour", (call) => call.json(carrier.behaviour));
  routes.patch("/behaviour", async (call) => {
    carrier.behaviour = Behaviour.parse({ ...carrier.behaviour, ...(await call.req.json<object>()) });
    return call.json(carrier.behaviour);
  });
  routes.put("/fates/:number", async (call) => {
    const number = PhoneInput.parse(call.req.param("number"));
    const { fate } = FateBody.parse(await call.req.json());
    const { [number]: _before, ...others } = carrier.state.fates;
    carrier.state.fates = fate === null ? others : { ...others, [number]: fate };
    carrier.changed();
    return call.json(carrier.state.fates);
  });
  routes.post("/media/expire", (call) => {
    const past = new Date(0).toISOString();
    for (const picture of carrier.state.pictures) picture.expiresAt = past;
    carrier.changed();
    return call.json({ expired: carrier.state.pictures.length });
  });
  routes.post("/reset", (call) => {
    carrier.reset();
    return call.json({ reset: true });
  });
}
