import { effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Gateway } from "./gateway.ts";

const TICK_MS = 30_000;

/** The time for what says "3 m": moves on often enough for that, as long as the model around it lives. */
export function clock(gateway: Pick<Gateway, "now">): ReadonlySignal<number> {
  const now = signal(gateway.now());
  effect(() => {
    const tick = setInterval(() => {
      now.value = gateway.now();
    }, TICK_MS);
    return () => clearInterval(tick);
  });
  return now;
}
