import { element } from "../shared/element.ts";
import { makePeople } from "../shared/people.ts";
import { listView, zohoId } from "./list-view.ts";

const PEOPLE = makePeople(25);
const PER_PAGE = 10;
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
  const [, module = "Contacts", id] = /\/tab\/(\w+)(?:\/(\d+))?/.exec(location.pathname) ?? [];
  const person = PEOPLE.find((one) => zohoId(one) === id);
  if (person !== undefined) draw(person.name, ...record(person), listView([], "Deals"));
  else draw(module, ...pageOf(module));
}

/** Fields are told by their ids; their assistant has one, too. */
function record({ name, phone }: (typeof PEOPLE)[number]): HTMLElement[] {
  return [
    element("div", { id: "titlecard_FULLNAME", "cx-prop-value": name }),
    element("p", { id: "subvalue_ASSTPHONE" }, "(800) 555-0199"),
    element("p", { id: "subvalue_PHONE" }, phone, " ", element("button", { type: "button" }, "Call")),
  ];
}

/** A page of the list; what was ticked on another page is not selected any more. */
function pageOf(module: string): HTMLElement[] {
  const page = Number(new URLSearchParams(location.search).get("page") ?? 1);
  const shown = PEOPLE.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const pages = [1, 2, 3].map((one) => element("a", { href: `${location.pathname}?page=${one}` }, `Page ${one}`));
  return [listView(shown, module), ...pages.flatMap((link) => [link, element("span", {}, " ")])];
}

function draw(title: string, ...content: HTMLElement[]): void {
  main?.replaceChildren(element("h1", {}, title), ...content);
}
