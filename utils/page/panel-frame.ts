import { browser } from "./page-browser.ts";
import { element } from "./element.ts";
import { rememberFocus } from "./focus-place.ts";
import { innerFocus } from "./modals.ts";
import type { Overlay } from "./overlay.ts";

/** Whoever came near and did not open it by then has something else in mind. */
const SOON_MS = 5_000;

/** The frame that holds the panel: gone when it closes, so that a closed panel costs nothing. */
export function createPanelFrame(overlay: Overlay, title: string) {
  let close: (() => void) | null = null;
  let made: { frame: HTMLIFrameElement; nonce: string } | null = null;

  /** Out of sight, and without a size: so the panel loads, and waits. */
  function make(): NonNullable<typeof made> {
    const nonce = crypto.randomUUID();
    const src = `${browser.runtime.getURL("/panel.html")}#${nonce}`;
    const frame = element("iframe", { src, title, allow: "clipboard-write", hidden: "" });
    overlay.root.append(frame);
    return { frame, nonce };
  }

  return {
    isOpen: () => close !== null,
    /** Somebody may open it in a moment. */
    prepare(): void {
      if (close || made) return;
      const mine = (made = make());
      setTimeout(() => {
        if (made !== mine) return;
        made = null;
        mine.frame.remove();
      }, SOON_MS);
    },
    /** Answers by which nonce the frame is known. */
    open(takeFocus: boolean): string {
      const { frame, nonce } = made ?? make();
      made = null;
      frame.hidden = false;
      const focus = rememberFocus(overlay);
      close = () => {
        const isOurs = overlay.hasFocus();
        frame.remove();
        focus.end(isOurs);
      };
      overlay.root.classList.add("open");
      if (takeFocus) take(overlay, frame);
      return nonce;
    },
    close(): void {
      close?.();
      close = null;
      overlay.root.classList.remove("open");
    },
  };
}

function take(overlay: Overlay, frame: HTMLIFrameElement): void {
  // A dialog of the page that keeps the focus inside it lets it go to nowhere, but not to somebody else.
  const focused = innerFocus();
  if (!overlay.hasFocus() && focused instanceof HTMLElement) focused.blur();
  frame.focus();
  // The panel is another process's document: a focus given before it is there goes nowhere.
  const give = () => overlay.hasFocus() && frame.contentWindow?.focus();
  give();
  frame.addEventListener("load", give, { once: true });
}
