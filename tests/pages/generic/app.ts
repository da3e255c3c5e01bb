import { tables } from "./tables.ts";
import { lists } from "./lists.ts";
import { strangers } from "./strangers.ts";

/** Pages of CRMs that nobody described, one for each address. */
const PAGES: Readonly<Record<string, string>> = { ...tables, ...lists, ...strangers };
const main = document.querySelector("main");

addEventListener("click", toggle);
addEventListener("click", follow);
addEventListener("popstate", show);
addEventListener("change", tickAll);
show();

function show(): void {
  document.documentElement.dir = location.pathname === "/right-to-left" ? "rtl" : "ltr";
  if (main) main.innerHTML = PAGES[location.pathname] ?? `<h1>${document.title}</h1><p>Nothing here.</p>`;
}

/** Links stay in the document, as single-page applications do it. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  // A box inside a link is ticked, and leads nowhere.
  if (link === null || link.protocol !== "https:" || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
}

/** Boxes and cards that are no inputs are switched by the page's script, after the click as frameworks do it. */
function toggle({ target }: MouseEvent): void {
  const node = target instanceof Element ? target.closest('[role="checkbox"], [role="option"]') : null;
  if (node === null) return;
  const attribute = node.role === "option" ? "aria-selected" : "aria-checked";
  const on = node.getAttribute(attribute) !== "true";
  queueMicrotask(() => {
    node.setAttribute(attribute, String(on));
    if (node.hasAttribute("data-state")) node.setAttribute("data-state", on ? "checked" : "unchecked");
    node.closest("[data-marked]")?.setAttribute("aria-selected", String(on));
  });
}

/** The box in a heading ticks all of its table. */
function tickAll({ target }: Event): void {
  if (!(target instanceof HTMLInputElement) || target.closest("th") === null) return;
  for (const box of target.closest("table")?.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]") ?? []) {
    box.checked = target.checked;
  }
}
