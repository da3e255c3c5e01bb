import { computed, createModel, effect, signal } from "@preact/signals";
import type { CallRefusal } from "../command.ts";
import type { Gateway } from "./gateway.ts";
import { liveQuery } from "./live-query.ts";
import { readTail } from "./thread-tail.ts";

const PAGE = 50;
/** As many as fill a tall panel. */
const ENOUGH = 20;

/** The messages of one thread that are on this machine, and the way to older ones. */
export const ThreadMessages = createModel((gateway: Gateway, groupId: string) => {
  let wanted = PAGE;
  let completed = false;
  let most = 0;
  const tail = liveQuery(
    gateway,
    () => readTail(gateway.replica, groupId, wanted),
    (change) => change.store === "messages" && change.groupId === groupId,
  );
  const loading = signal(false);
  const refusal = signal<CallRefusal | null>(null);
  const firstSeq = computed(() => tail.value.value?.[0]?.seq ?? null);

  const fetchBefore = async (seq: number) => {
    const answer = await gateway.calls.load_older(groupId, seq);
    refusal.value = answer.ok ? null : answer.refusal;
  };
  effect(() => {
    if (tail.value.value === null) return;
    // A thread grows, unless everything known was dropped: then it is as incomplete as at first.
    if (tail.value.value.length < most) completed = false;
    most = tail.value.value.length;
    if (completed) return;
    void complete(gateway, groupId, tail.value.value.length).then((isDone) => (completed ||= isDone));
  });
  return {
    /** Null until the replica has been read. */
    messages: tail.value,
    /** Numbers within a group start at 1. */
    hasOlder: computed(() => firstSeq.value !== null && firstSeq.value > 1),
    loading,
    /** Why older messages could not be fetched. */
    refusal,
    async loadOlder() {
      const before = firstSeq.peek();
      if (loading.peek() || before === null || before <= 1) return;
      loading.value = true;
      wanted += PAGE;
      await tail.refresh();
      if (firstSeq.peek() === before) {
        await fetchBefore(before);
        await tail.refresh();
      }
      loading.value = false;
    },
  };
});
export type ThreadMessages = InstanceType<typeof ThreadMessages>;

/**
 * Sync brings only what is new: a thread opened for the first time may lack what was said before. A group that still
 * waits in the outbox is not known yet; made of a discovered thread, it comes with messages of its own.
 */
async function complete(gateway: Gateway, groupId: string, here: number): Promise<boolean> {
  const group = await gateway.replica.get("groups", groupId);
  if (group === undefined) return false;
  const last = group.lastMessage?.seq ?? 0;
  if (here < Math.min(last, ENOUGH)) await gateway.calls.load_group(groupId);
  return true;
}
