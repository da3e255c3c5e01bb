import { element } from "./element.ts";
import type { Overlay } from "./overlay.ts";

/** What is left once the extension was updated under a page: the way to the new one. */
export function showStaleBar(overlay: Overlay, words: { updated: string; refresh: string }): void {
  const button = element("button", {}, words.refresh);
  overlay.hear(button, { click: () => location.reload() });
  overlay.root.append(element("section", { class: "bar", role: "status" }, element("span", {}, words.updated), button));
}
