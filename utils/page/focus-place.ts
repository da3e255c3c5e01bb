import type { Overlay } from "./overlay.ts";

/** Follows where in the page the focus was last, in its open shadow trees too, as long as the panel is open. */
export function rememberFocus(overlay: Overlay) {
  const life = new AbortController();
  let place: EventTarget | null = overlay.focused();
  const note = (event: Event) => {
    if (event.isTrusted) place = event.composedPath()[0] ?? null;
  };
  addEventListener("focusout", note, { capture: true, passive: true, signal: life.signal });
  return {
    /** Puts it back there, where it is with us. */
    end(isOurs: boolean): void {
      life.abort();
      if (isOurs && place instanceof HTMLElement) place.focus({ preventScroll: true });
    },
  };
}
