import { browser } from "./page-browser.ts";
import { element } from "./element.ts";
import { rememberFocus } from "./focus-place.ts";
import { innerFocus } from "./modals.ts";
import type { Overlay } from "./overlay.ts";

/** The frame that holds the panel: made when it opens, gone when it closes, so that a closed panel costs nothing. */
export function createPanelFrame(overlay: Overlay, title: string) {
  let close: (() => void) | null = null;
  return {
    isOpen: () => close !== null,
    open(nonce: string, takeFocus: boolean): void {
      const src = `${browser.runtime.getURL("/panel.html")}#${nonce}`;
      const frame = element("iframe", { src, title, allow: "clipboard-write" });
      const focus = rememberFocus(overlay);
      close = () => {
        const isOurs = overlay.hasFocus();
        frame.remove();
        focus.end(isOurs);
      };
      overlay.root.append(frame);
      overlay.root.classList.add("open");
      if (takeFocus) take(overlay, frame);
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
  frame.addEventListener("load", give, { once: true });
}
