import { element } from "../shared/element.ts";
import { makePeople } from "../shared/people.ts";
import { personId } from "./cells.ts";
import { peopleGrid } from "./people-grid.ts";

const PEOPLE = makePeople(60);
const main = document.querySelector("main");

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
  const person = PEOPLE.find((one) => location.pathname === `/person/${personId(one)}`);
  if (location.pathname.startsWith("/persons")) draw("People", peopleGrid(PEOPLE, location.search === "?boxes=apart"));
  else if (person) draw(person.name, element("p", {}, person.phone));
  else draw("Organizations", element("p", {}, "Nothing here."));
}

function draw(title: string, content: HTMLElement): void {
  main?.replaceChildren(element("h1", {}, title), content);
}
