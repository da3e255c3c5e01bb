import { element } from "./element.ts";

/** What is left once the extension was updated under a page: the way to the new one. */
export function createStaleBar(words: { updated: string; refresh: string }): HTMLElement {
  const button = element("button", { type: "button" }, words.refresh);
  button.addEventListener("click", ({ isTrusted }) => isTrusted && location.reload());
  return element("div", { class: "bar", role: "status" }, element("span", {}, words.updated), button);
}
