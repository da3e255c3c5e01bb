import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Context } from "../context.ts";
import { eventIdOf, isSigned, KeptEvent } from "../directories/highlevel/webhook.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestEnv } from "../http/request.ts";
import { applyDirectoryWebhook } from "../jobs/kinds.ts";
import { asOwner } from "../store/tenant.ts";
import { keepWebhookEvent } from "../store/webhook-events.ts";

const BODY_MAX = 256 * 1024;
const SENDER = "highlevel";

const limitBody = bodyLimit({
  maxSize: BODY_MAX,
  onError: () => {
    throw new ProblemError("payload_too_large");
  },
});

/** Verify, keep, acknowledge; the contact is asked for from the queue. What is of no use is acknowledged and forgotten. */
export function directoryWebhooks(context: Context): Hono<RequestEnv> {
  const { config, database, queue } = context;
  return new Hono<RequestEnv>().post(`/webhooks/${SENDER}`, limitBody, async (c) => {
    const rawBody = await c.req.text();
    if (!isSigned(config.highLevel.publicKey, rawBody, c.req.header("x-ghl-signature"))) {
      context.log.warn({ reason: "webhook_signature_invalid" }, "directory webhook refused");
      const detail = "The webhook does not carry a valid X-GHL-Signature for HIGHLEVEL_PUBLIC_KEY.";
      throw new ProblemError("webhook_signature_invalid", { detail });
    }
    const body = parsed(rawBody);
    if (!KeptEvent.safeParse(body).success) return c.body(null, 200);
    await asOwner(database, async (owner) => {
      const id = context.newId();
      const eventId = eventIdOf(body, rawBody);
      const event = { id, carrier: SENDER, eventId, reference: null, body, receivedAt: context.now() };
      if (await keepWebhookEvent(owner, event))
        await queue.enqueue(owner, applyDirectoryWebhook, { webhookEventId: id });
    });
    return c.body(null, 200);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
