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
  else if (record !== undefined) draw(nameOf(record), element("p", {}, "About this contact"));
  else draw("HubSpot", element("p", {}, "Nothing here."));
}

function nameOf(id: string): string {
  return loadedPeople().find((person) => hubspotId(person) === id)?.name ?? "Somebody";
}

function draw(title: string, content: HTMLElement): void {
  main?.replaceChildren(element("h1", {}, title), content);
}
