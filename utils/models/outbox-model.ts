import { computed, createModel, signal } from "@preact/signals";
import type { Command, OutboxItem } from "../command.ts";
import type { Gateway } from "./gateway.ts";
import { liveQuery } from "./live-query.ts";

/**
 * What the user did that the backend has not answered yet, oldest first; ids are UUIDv7, so they sort by time. Every text
 * goes out through here, whatever was pressed for it: nobody sends what they do not see.
 */
export const OutboxModel = createModel((gateway: Gateway) => {
  const items = liveQuery(
    gateway,
    () => gateway.replica.getAll("outbox"),
    ({ store }) => store === "outbox",
  );
  const isHidden = signal(false);
  let isSending = false;

  /** Once at a time: whoever presses twice means it once. */
  async function inSight(act: () => Promise<void>): Promise<boolean> {
    if (isSending) return false;
    isSending = true;
    try {
      const wasInSight = await gateway.wasInSight();
      isHidden.value = !wasInSight;
      if (wasInSight) await act();
      return wasInSight;
    } finally {
      isSending = false;
    }
  }

  return {
    items: computed<OutboxItem[]>(() => items.value.value ?? []),
    /** Whether the page hid the panel when something was last to be sent from it. */
    isHidden,
    /** Commands, and others that are in here already to be tried again. Answers whether they were let out. */
    send: (commands: readonly Command[], again: readonly string[] = []) =>
      inSight(async () => {
        for (const command of commands) await gateway.calls.enqueue(command);
        for (const id of again) await gateway.calls.retry_command(id);
      }),
    drop: (id: string) => gateway.calls.drop_command(id),
  };
});
export type OutboxModel = InstanceType<typeof OutboxModel>;
