import { createContactList } from "./contact-list.ts";
import { createContactRecord, type ContactRecordView } from "./contact-record.ts";
import { filterHref, readFilter } from "./contact-filter.ts";
import { createContactStore } from "./contact-store.ts";
import { element } from "./element.ts";
import { localRows } from "./local-rows.ts";
import { drawSidebar } from "./sidebar.ts";

const POLL_MS = 3000;

const main = byId("main", HTMLElement);
const sidebar = byId("sidebar", HTMLElement);
const search = byId("search", HTMLFormElement);
const searchBox = search.querySelector("input") ?? element("input");
const trouble = element("p", { class: "trouble", role: "alert", hidden: true });
const notice = element("p", { class: "notice", role: "status", hidden: true });

const store = createContactStore(localRows(location.search), render);
const list = createContactList({ store, navigate });
let record: ContactRecordView | null = null;
let listHref = "/contacts";

function navigate(href: string, how: "push" | "replace"): void {
  if (how === "push") history.pushState(null, "", href);
  else history.replaceState(null, "", href);
  render();
}

function render(): void {
  const id = /^\/contacts\/([^/]+)$/.exec(location.pathname)?.[1];
  drawTrouble();
  if (id === undefined) renderList();
  else renderRecord(decodeURIComponent(id));
}

function renderList(): void {
  const filter = readFilter(location.search);
  listHref = filterHref(filter);
  record = null;
  if (document.activeElement !== searchBox) searchBox.value = filter.query;
  const arriving = !list.node.isConnected;
  if (arriving) main.replaceChildren(trouble, notice, list.node);
  list.show(filter);
  if (arriving) list.restoreScroll();
  drawSidebar(sidebar, store.current.contacts ?? [], filter.list);
  document.title = `${list.title()} · Harbor & Pine Realty`;
}

function renderRecord(id: string): void {
  if (record?.id !== id) {
    notice.hidden = true;
    record = createContactRecord({ id, store, listHref, leave });
    main.replaceChildren(trouble, record.node);
    main.scrollTop = 0;
  }
  record.update();
  drawSidebar(sidebar, store.current.contacts ?? [], null);
  document.title = `${record.title()} · Harbor & Pine Realty`;
}

/** Where a record page goes when it is done; `words` say what happened. */
function leave(href: string, words: string): void {
  navigate(href, "push");
  notice.textContent = words;
  notice.hidden = words === "";
}

function drawTrouble(): void {
  const { trouble: words, contacts } = store.current;
  trouble.hidden = words === null;
  if (words === null) return;
  const stale = contacts === null ? "" : " What you see may be old.";
  trouble.textContent = `${words.replace(/\.$/, "")}.${stale} Trying again every few seconds.`;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="/contacts"]') : null;
  if (!link || event.defaultPrevented || !isPlainClick(event)) return;
  event.preventDefault();
  notice.hidden = true;
  navigate(link.href, "push");
});
search.addEventListener("submit", (event) => event.preventDefault());
searchBox.addEventListener("input", () => {
  const filter = { ...readFilter(new URL(listHref, location.origin).search), query: searchBox.value };
  navigate(filterHref(filter), location.pathname === "/contacts" ? "replace" : "push");
});
window.addEventListener("popstate", () => {
  notice.hidden = true;
  render();
});

/** Other tabs and other programs change contacts too: ask again soon, and at once when somebody looks. */
async function poll(): Promise<void> {
  if (document.visibilityState === "visible") await store.refresh();
  setTimeout(() => void poll(), POLL_MS);
}
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void store.refresh();
});
window.addEventListener("focus", () => void store.refresh());

function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no #${id}`);
}

render();
void poll();
