import type { Context } from "./context.ts";
import { markForgotten, removeForgotten } from "./store/change-log.ts";
import { forgetWrites } from "./store/idempotency.ts";
import { asOwner } from "./store/tenant.ts";
import { forgetWebhookEvents } from "./store/webhook-events.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** An extension that was offline for longer than this has to look before it repeats a write. */
const KEEP_WRITES_DAYS = 30;
/** What carriers told us, for finding out what happened; what it meant is kept elsewhere. */
const KEEP_WEBHOOKS_DAYS = 90;
/** An extension that was offline for longer starts afresh. */
const KEEP_CHANGES_DAYS = 30;

/**
 * Removes once a day what nobody will ask for again. Every replica does it: a second removal finds nothing.
 * @returns the function that stops it and waits for what is under way
 */
export function startHousekeeping(context: Context, onError: (error: Error) => void): () => Promise<void> {
  let running = tidyUp(context).catch(onError);
  const timer = setInterval(() => {
    running = tidyUp(context).catch(onError);
  }, DAY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

export async function tidyUp({ database, signIn, now }: Pick<Context, "database" | "signIn" | "now">): Promise<void> {
  const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS);
  await asOwner(database, (owner) => forgetWrites(owner, daysAgo(KEEP_WRITES_DAYS)));
  await asOwner(database, (owner) => forgetWebhookEvents(owner, daysAgo(KEEP_WEBHOOKS_DAYS)));
  await asOwner(database, (owner) => markForgotten(owner, daysAgo(KEEP_CHANGES_DAYS)));
  await asOwner(database, removeForgotten);
  await signIn.purgeExpired();
}
