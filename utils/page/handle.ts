import type { PageWords } from "../page-words.ts";
import { element } from "./element.ts";
import type { Overlay } from "./overlay.ts";

interface HandleParts {
  overlay: Overlay;
  words: PageWords;
  onPress: () => void;
  /** A hand or the focus comes: it may soon be moved. */
  onNear: () => void;
}

/** The tab at the page's edge that opens the panel and counts unread threads. */
export function createHandle({ overlay, words, onPress, onNear }: HandleParts) {
  const count = element("span", { class: "unread", "aria-hidden": "true" });
  const button = element("button", { class: "handle", "aria-description": words.move }, count);
  let unread = 0;
  let isOpen = false;

  function draw(): void {
    const label = unread > 0 ? words.unread.replace("{count}", String(unread)) : words.open;
    button.title = isOpen ? words.close : label;
    button.setAttribute("aria-label", button.title);
    button.setAttribute("aria-expanded", String(isOpen));
    count.hidden = unread === 0;
    count.textContent = unread > 99 ? "99+" : String(unread);
  }
  draw();
  overlay.hear(button, {
    click: onPress,
    // The page's own focus stays where it is.
    mousedown: (event) => event.preventDefault(),
    focusin: onNear,
  });
  button.addEventListener("pointerenter", onNear);

  return {
    button,
    setUnread(next: number): void {
      unread = next;
      draw();
    },
    setOpen(next: boolean): void {
      isOpen = next;
      draw();
    },
  };
}
