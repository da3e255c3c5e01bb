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
  if (person !== undefined) content?.replaceChildren(record(person));
  else draw(scope, recordList(PEOPLE, scope));
}

/** As its templates have it: the contact's own fields, and below them the same fields of others. */
function record({ name, phone }: (typeof PEOPLE)[number]): HTMLElement {
  return element(
    "div",
    { id: "main" },
    element("div", { class: "page-header header" }, element("h3", {}, element("span", { class: "title" }, name))),
    element(
      "div",
      { class: "record" },
      element(
        "div",
        { class: "detail" },
        element("div", { class: "bottom" }, field("(800) 555-0199")),
        element("div", { class: "middle" }, field(phone)),
      ),
    ),
  );
}

function field(phone: string): HTMLElement {
  const link = element("a", { href: `tel:${phone}`, "data-phone-number": phone }, phone);
  return element("div", { class: "field", "data-name": "phoneNumber" }, link);
}

function draw(title: string, ...shown: HTMLElement[]): void {
  content?.replaceChildren(element("h3", {}, title), ...shown);
}
