import { effect, type ReadonlySignal } from "@preact/signals";

/** Who waits for longer is to see that something is coming. */
const PATIENCE_MS = 150;
/** What comes after the first sight waits for a quiet moment, but not for ever. */
const QUIET_BY_MS = 1_000;

/**
 * A frame that a page has made in advance has no size: it loads everything, and then does nothing until it is opened. In
 * whoever's page that is, it tells nobody of itself before.
 */
export function whenOpened(): Promise<void> {
  if (innerWidth > 0) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      if (innerWidth === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.documentElement);
  });
}

/** What is on this machine is read at once: the first thing to be drawn is what somebody came for. */
export function whenRead(isRead: ReadonlySignal<boolean>): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS);
    const stop = effect(() => {
      if (!isRead.value) return;
      clearTimeout(patience);
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

export function whenQuiet(act: () => void): void {
  requestIdleCallback(act, { timeout: QUIET_BY_MS });
}
