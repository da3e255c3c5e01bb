import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { WebhookRefusedError } from "../carriers/carrier.ts";
import type { Context } from "../context.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestEnv } from "../http/request.ts";
import { ingestWebhook } from "../jobs/kinds.ts";
import { asOwner } from "../store/tenant.ts";
import { keepWebhookEvent } from "../store/webhook-events.ts";

const BODY_MAX = 256 * 1024;

/** Verify, keep, acknowledge: Telnyx waits two seconds, so the event is applied from the queue. */
export function webhookRoutes(context: Context): Hono<RequestEnv> {
  const { carrier, database, queue } = context;
  return new Hono<RequestEnv>().post(
    `/webhooks/${carrier.id}`,
    bodyLimit({
      maxSize: BODY_MAX,
      onError: () => {
        throw new ProblemError("payload_too_large");
      },
    }),
    async (c) => {
      const { eventId, body } = await verify(context, await c.req.text(), c.req.header());
      await asOwner(database, async (owner) => {
        const id = context.newId();
        const reference = c.req.query("ref") ?? null;
        const event = { id, carrier: carrier.id, eventId, reference, body, receivedAt: context.now() };
        // A repeat was acknowledged before, or is about to be: there is nothing left to do for it.
        if (await keepWebhookEvent(owner, event)) await queue.enqueue(owner, ingestWebhook, { webhookEventId: id });
      });
      return c.body(null, 200);
    },
  );
}

async function verify({ carrier, log }: Context, rawBody: string, headers: Record<string, string>) {
  try {
    return await carrier.verify({ rawBody, headers });
  } catch (error) {
    if (!(error instanceof WebhookRefusedError)) throw error;
    const { reason, detail } = error.refusal;
    log.warn({ reason }, "webhook refused");
    throw new ProblemError(reason, { detail }, { cause: error });
  }
}
