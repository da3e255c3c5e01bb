import { computed, createModel } from "@preact/signals";
import type { OutboxItem } from "../command.ts";
import type { Gateway } from "./gateway.ts";
import { liveQuery } from "./live-query.ts";

/** What the user did that the backend has not answered yet, oldest first. Ids are UUIDv7, so they sort by time. */
export const OutboxModel = createModel((gateway: Gateway) => {
  const items = liveQuery(
    gateway,
    () => gateway.replica.getAll("outbox"),
    ({ store }) => store === "outbox",
  );
  return {
    items: computed<OutboxItem[]>(() => items.value.value ?? []),
    retry: (id: string) => gateway.calls.retry_command(id),
    drop: (id: string) => gateway.calls.drop_command(id),
  };
});
export type OutboxModel = InstanceType<typeof OutboxModel>;
