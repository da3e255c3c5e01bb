import { element } from "../shared/element.ts";
import { makePeople } from "../shared/people.ts";
import { espoId, recordList } from "./record-list.ts";

const PEOPLE = makePeople(45);
const content = document.querySelector(".content");

addEventListener("hashchange", show);
show();

/** Every address is in the fragment. */
function show(): void {
  const [, scope = "Contact", id] = /^#(\w+)(?:\/view\/(\w+))?/.exec(location.hash) ?? [];
  const person = PEOPLE.find((one) => espoId(one) === id);
  if (person !== undefined) draw(person.name, element("a", { href: `tel:${person.phone}` }, person.phone));
  else draw(scope, recordList(PEOPLE, scope));
}

function draw(title: string, ...shown: HTMLElement[]): void {
  content?.replaceChildren(element("h3", {}, title), ...shown);
}
