import { browser } from "wxt/browser";
import { element } from "./element.ts";

/** The frame that holds the panel: made when it opens, gone when it closes, so that a closed panel costs nothing. */
export function createPanelFrame(root: HTMLElement, title: string) {
  let frame: HTMLIFrameElement | null = null;
  return {
    isOpen: () => frame !== null,
    open(nonce: string): void {
      const src = `${browser.runtime.getURL("/panel.html")}#${nonce}`;
      const opened = element("iframe", { src, title, allow: "clipboard-write" });
      // The panel is another process's document: a focus given before it is there goes nowhere.
      opened.addEventListener("load", () => opened.contentWindow?.focus(), { once: true });
      root.append(opened);
      root.classList.add("open");
      opened.focus();
      frame = opened;
    },
    close(): void {
      frame?.remove();
      frame = null;
      root.classList.remove("open");
    },
  };
}
