import { contactDetail } from "./contact-detail.ts";
import { contactGrid } from "./contact-grid.ts";
import { contactTable } from "./contact-table.ts";
import { conversations } from "./conversations.ts";
import { element } from "./element.ts";
import { fetchPeople, locationPath } from "./people.ts";

const ROWS = 20;

const app = document.querySelector("#app");
const main = element("main");
app?.append(sidebar(), main);
addEventListener("click", follow);
addEventListener("popstate", () => void show());
void show();

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
  return element("a", { id, href: `${locationPath()}${path}${location.search}` }, words);
}

/** One page, several addresses: links change the address and say so, as the original's router does. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.origin !== location.origin || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  void show();
}

async function show(): Promise<void> {
  const people = await fetchPeople();
  const path = location.pathname.slice(locationPath().length);
  const detail = /^\/contacts\/detail\/([^/]+)/.exec(path)?.[1];
  const conversation = /^\/conversations\/conversations(?:\/([^/]+))?/.exec(path);
  const person = people.find(({ id }) => id === detail);
  if (person !== undefined) draw("Contact", contactDetail(person));
  else if (conversation !== null) draw("Conversations", conversations(people, conversation[1] ?? null));
  else if (path.startsWith("/contacts/smart_list/")) draw("Contacts", list(people.slice(0, ROWS)));
  else draw("Opportunities", element("p", {}, "Nothing here."));
  dispatchEvent(new Event("routeLoaded"));
}

function list(people: Parameters<typeof contactTable>[0]): HTMLElement {
  const generation = new URLSearchParams(location.search).get("generation");
  if (generation === "c") return contactGrid(people);
  return contactTable(people, generation === "b" ? "b" : "a");
}

function draw(title: string, content: HTMLElement): void {
  main.replaceChildren(element("h1", {}, title), content);
}
