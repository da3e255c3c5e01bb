import { custom, element } from "../shared/element.ts";
import { listedPeople, salesforceId } from "./people.ts";
import { recordTable } from "./record-table.ts";

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
  const kind = /^\/lightning\/o\/(\w+)\/list/.exec(location.pathname)?.[1];
  const record = /^\/lightning\/r\/Contact\/(\w+)\/view/.exec(location.pathname)?.[1];
  if (kind !== undefined) draw(`${kind}s`, recordTable(listedPeople(), kind));
  else if (record !== undefined) draw(nameOf(record), recordPage(record));
  else draw("Home", element("p", {}, "Nothing here."));
}

/** Fields above the tabs tell what they are by their labels alone; their account has some, too. */
function recordPage(record: string): HTMLElement {
  const [, , third] = listedPeople();
  const name = custom("lightning-formatted-name", {}, nameOf(record));
  return custom(
    "records-lwc-highlights-panel",
    {},
    element("h1", {}, "Contact ", name),
    highlight("Account Phone", "(800) 555-0199"),
    ...[personOf(record)?.phone ?? []].flat().map((phone) => highlight("Phone (2)", phone)),
    element("a", { href: `/lightning/r/Contact/${third ? salesforceId(third) : ""}/view` }, "Reports to"),
  );
}

function highlight(label: string, phone: string): HTMLElement {
  const link = element("a", { href: `tel:${phone}` }, phone);
  return custom("records-highlights-details-item", {}, element("p", { title: label }, label), link);
}

function personOf(id: string) {
  return listedPeople().find((person) => salesforceId(person) === id);
}

function nameOf(id: string): string {
  return personOf(id)?.name ?? "Somebody";
}

/** What was shown before stays in the document, hidden and with all that was ticked in it. */
function draw(title: string, content: HTMLElement): void {
  for (const shown of document.querySelectorAll(".oneContent.active")) shown.classList.remove("active");
  main?.append(element("div", { class: "oneContent active" }, element("h1", {}, title), content));
}
