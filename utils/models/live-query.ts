import { effect, signal, type ReadonlySignal } from "@preact/signals";
import type { ReplicaChange } from "../replica.ts";
import type { Gateway } from "./gateway.ts";

export interface LiveQuery<Value> {
  /** Null until the replica has been read once: not the same as "nothing there". */
  value: ReadonlySignal<Value | null>;
  /** Reads again; a slower, older read never overwrites a newer one. */
  refresh: () => Promise<void>;
}

/** A value read from the replica, and again after each change that concerns it, as long as the model around it lives. */
export function liveQuery<Value>(
  gateway: Pick<Gateway, "changes">,
  read: () => Promise<Value>,
  concerns: (change: ReplicaChange) => boolean,
): LiveQuery<Value> {
  const value = signal<Value | null>(null);
  let latest = 0;
  const refresh = async () => {
    latest += 1;
    const mine = latest;
    const found = await read();
    if (mine === latest) value.value = found;
  };
  effect(() => {
    const unsubscribe = gateway.changes.subscribe((change) => {
      if (change.store === "everything" || concerns(change)) void refresh();
    });
    return () => {
      latest += 1;
      unsubscribe();
    };
  });
  void refresh();
  return { value, refresh };
}
