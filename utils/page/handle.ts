import { element } from "./element.ts";
import { makeElement } from "./page-dom.ts";
import type { PageWords } from "./page-words.ts";

const SVG = "http://www.w3.org/2000/svg";
const BUBBLE = "M4 1h16a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-8l-6 5v-5H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3z";

/** The tab at the page's right edge that opens the panel and counts unread threads. */
export function createHandle(words: PageWords, onPress: () => void) {
  const count = element("span", { class: "unread", "aria-hidden": "true", hidden: "" });
  const button = element("button", { class: "handle", type: "button" }, icon(), count);
  button.addEventListener("click", ({ isTrusted }) => isTrusted && onPress());
  let unread = 0;
  let isOpen = false;

  function draw(): void {
    const label = unread > 0 ? words.unread.replace("{count}", String(unread)) : words.open;
    button.setAttribute("aria-label", isOpen ? words.close : label);
    button.setAttribute("aria-expanded", String(isOpen));
    button.title = isOpen ? words.close : label;
    count.hidden = unread === 0;
    count.textContent = unread > 99 ? "99+" : String(unread);
  }
  draw();

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

function icon(): SVGElement {
  const svg = makeElement("svg", SVG) as SVGElement;
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = makeElement("path", SVG);
  path.setAttribute("d", BUBBLE);
  svg.append(path);
  return svg;
}
