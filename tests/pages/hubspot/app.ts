import { element } from "../shared/element.ts";
import { contactList } from "./contact-list.ts";
import { hubspotId, loadedPeople } from "./people.ts";

const main = document.querySelector("main");

addEventListener("click", follow);
addEventListener("popstate", show);
show();

/** One document, many addresses, as the original: links are followed without a new one. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
}

function show(): void {
  const list = /\/objects\/(0-\d)\/views\//.exec(location.pathname)?.[1];
  const record = /\/record\/0-1\/(\d+)/.exec(location.pathname)?.[1];
  if (list === "0-1") draw("Contacts", contactList(loadedPeople(), "0-1"));
  else if (list !== undefined) draw("Companies", contactList(loadedPeople(), list));
  else if (record !== undefined) draw(nameOf(record), ...columns(record));
  else draw("HubSpot", element("p", {}, "Nothing here."));
}

/** The contact beside the company that they belong to. */
function columns(record: string): HTMLElement[] {
  return [
    element("div", { "data-test-id": "records-right-sidebar" }, title("Harbor & Pine"), phone("(800) 555-0199")),
    element("div", { "data-test-id": "left-sidebar" }, title(nameOf(record)), phone(personOf(record)?.phone ?? "")),
  ];
}

function phone(number: string): HTMLElement {
  return element("div", { "data-test-id": "property-input-phone" }, element("a", { href: `tel:${number}` }, number));
}

function title(words: string): HTMLElement {
  return element("h2", { "data-selenium-test": "highlightTitle" }, words);
}

function personOf(id: string) {
  return loadedPeople().find((person) => hubspotId(person) === id);
}

function nameOf(id: string): string {
  return personOf(id)?.name ?? "Somebody";
}

function draw(title: string, ...content: HTMLElement[]): void {
  main?.replaceChildren(element("h1", {}, title), ...content);
}
