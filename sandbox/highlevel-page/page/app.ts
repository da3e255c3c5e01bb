import { contactDetail } from "./contact-detail.ts";
import { contactGrid } from "./contact-grid.ts";
import { contactTable } from "./contact-table.ts";
import { conversations } from "./conversations.ts";
import { element } from "./element.ts";
import { opportunities } from "./opportunities.ts";
import { fetchPeople, locationPath, type Person } from "./people.ts";

/** After a click the original takes a moment to show another page, and says so before and after. */
const ROUTE_MS = 100;
const LOCATION = "/v2/location/ve9EPM428h8vShlRW1KT";
const asked = new URLSearchParams(location.search);

const main = element("main");
addEventListener("click", follow);
addEventListener("popstate", () => void show());
void start();

/** `?late` draws the application into an element that it makes itself, some time after the page has loaded. */
async function start(): Promise<void> {
  let app = document.querySelector("#app");
  if (asked.has("late")) {
    app?.remove();
    await new Promise((resolve) => setTimeout(resolve, 400));
    app = document.body.appendChild(element("div", { id: "app" }));
  }
  app?.append(sidebar(), main);
  await show();
}

function sidebar(): HTMLElement {
  return element(
    "aside",
    {},
    element("strong", {}, "Harbor & Pine Realty"),
    place("sb_conversations", "/conversations/conversations", "Conversations"),
    place("sb_contacts", "/contacts/smart_list/All", "Contacts"),
    place("sb_opportunities", "/opportunities/list", "Opportunities"),
  );
}

function place(id: string, path: string, words: string): HTMLElement {
  return element("a", { id, href: `${locationPath() || LOCATION}${path}${location.search}` }, words);
}

/** One page, several addresses: links change the address and say so, as the original's router does. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.origin !== location.origin || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  dispatchEvent(new Event("routeChangeEvent"));
  setTimeout(() => void show(), ROUTE_MS);
}

async function show(): Promise<void> {
  const people = await fetchPeople();
  const path = location.pathname.slice(locationPath().length);
  const detail = /^\/contacts\/detail\/([^/]+)/.exec(path)?.[1];
  const conversation = /^\/conversations\/conversations(?:\/([^/]+))?/.exec(path);
  const person = people.find(({ id }) => id === detail);
  if (person !== undefined) draw("Contact", contactDetail(person));
  else if (conversation !== null) draw("Conversations", conversations(people, conversation[1] ?? null));
  else if (path.startsWith("/contacts/smart_list/"))
    draw("Contacts", list(people.slice(0, rowCount())), nextPage(people));
  else if (path.startsWith("/opportunities/list")) draw("Opportunities", opportunities(people));
  else draw("Agency", element("p", {}, "Choose where to go."));
  dispatchEvent(new Event("routeLoaded"));
}

/** Pages hold 20, 50 or 100. */
function rowCount(): number {
  return Number(asked.get("rows") ?? 20);
}

/** The page after this one comes to the same address, and none of its rows is ticked. `?paged` has a button for it. */
function nextPage(people: readonly Person[]): HTMLElement | string {
  if (!asked.has("paged")) return "";
  const button = element("button", { type: "button" }, "Next page");
  const rest = people.slice(rowCount());
  const turn = () => void setTimeout(() => draw("Contacts", list(rest.slice(0, rowCount())), nextPage(rest)), ROUTE_MS);
  button.addEventListener("click", turn);
  return button;
}

function list(people: readonly Person[]): HTMLElement {
  const generation = asked.get("generation");
  if (generation === "c" || generation === "unknown") return contactGrid(people, generation);
  return contactTable(people, generation === "b" || generation === "changed" ? generation : "a");
}

function draw(title: string, ...content: (HTMLElement | string)[]): void {
  main.replaceChildren(element("h1", {}, title), ...content);
}
