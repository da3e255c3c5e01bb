/** Values over time; the function it answers ends the subscription. */
export interface Stream<Value> {
  subscribe(listener: (value: Value) => void): () => void;
}

/**
 * A stream whose values may come before anybody listens: what `isState` calls a state is replayed, in its latest form, to
 * every new listener; anything else waits for the first one.
 */
export function createStream<Value extends { kind: string }>(isState: (value: Value) => boolean) {
  const listeners = new Set<(value: Value) => void>();
  const states = new Map<string, Value>();
  let waiting: Value[] = [];
  return {
    push(value: Value): void {
      if (isState(value)) states.set(value.kind, value);
      else if (listeners.size === 0) waiting.push(value);
      for (const listener of listeners) listener(value);
    },
    subscribe(listener: (value: Value) => void): () => void {
      listeners.add(listener);
      for (const value of [...states.values(), ...waiting]) listener(value);
      waiting = [];
      return () => listeners.delete(listener);
    },
  };
}
