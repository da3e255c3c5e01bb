import { element } from "../shared/element.ts";
import { makePeople } from "../shared/people.ts";
import { uuidOf } from "./record-row.ts";
import { recordTable } from "./record-table.ts";

const PEOPLE = makePeople(80);
const title = element("div", { class: "s1title", "data-testid": "top-bar-title" });
const content = element("div");
const place = (href: string, words: string) => element("a", { href }, words);
document
  .querySelector("#root")
  ?.append(
    element("nav", { class: "s1drawer" }, place("/objects/people", "People"), place("/objects/companies", "Companies")),
    element("div", { class: "s1page" }, title, content),
  );

addEventListener("click", follow);
addEventListener("popstate", show);
show();

/** One document, many addresses: links are followed without a new one. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.origin !== location.origin) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
}

function show(): void {
  const person = PEOPLE.find((one) => location.pathname === `/object/person/${uuidOf(one)}`);
  title.replaceChildren(...(person ? path(person.name) : [labelOf(location.pathname)]));
  if (person) content.replaceChildren(element("a", { href: `tel:${person.phone}` }, person.phone));
  else content.replaceChildren(recordTable(PEOPLE, say));
}

function path(name: string): HTMLElement[] {
  return [element("div", {}, "People / "), element("div", {}, name), element("span", {}, "(3/80 in All People)")];
}

function labelOf(path: string): string {
  return path === "/objects/companies" ? "Companies" : "People";
}

function say(count: number): void {
  const label = labelOf(location.pathname);
  title.replaceChildren(
    ...(count === 0 ? [label] : [element("div", {}, label), "->", element("div", {}, `${count} selected`)]),
  );
}
