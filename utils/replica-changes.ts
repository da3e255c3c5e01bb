import { REPLICA_CHANNEL, type ReplicaChange } from "./replica.ts";
import type { Stream } from "./stream.ts";

/** Tells whoever listens, in this context as in every other, what was just written to the replica. */
export function announceChange(change: ReplicaChange): void {
  outgoing ??= new BroadcastChannel(REPLICA_CHANNEL);
  outgoing.postMessage(change);
}

let outgoing: BroadcastChannel | null = null;

export const replicaChanges: Stream<ReplicaChange> = {
  subscribe(listener) {
    const channel = new BroadcastChannel(REPLICA_CHANNEL);
    channel.addEventListener("message", (event: MessageEvent<ReplicaChange>) => listener(event.data));
    return () => channel.close();
  },
};
