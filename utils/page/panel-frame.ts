import { browser } from "wxt/browser";
import { element } from "./element.ts";

/** The frame that holds the panel: made when it opens, gone when it closes, so that a closed panel costs nothing. */
export function createPanelFrame(root: HTMLElement, title: string) {
  let frame: HTMLIFrameElement | null = null;
  return {
    isOpen: () => frame !== null,
    open(nonce: string): void {
      const src = `${browser.runtime.getURL("/panel.html")}#${nonce}`;
      frame = element("iframe", { src, title, allow: "clipboard-write" });
      root.append(frame);
      root.classList.add("open");
      frame.focus();
    },
    close(): void {
      frame?.remove();
      frame = null;
      root.classList.remove("open");
    },
  };
}
