import { element } from "../shared/element.ts";
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
  else if (record !== undefined) draw(nameOf(record), element("p", {}, "Details"));
  else draw("Home", element("p", {}, "Nothing here."));
}

function nameOf(id: string): string {
  return listedPeople().find((person) => salesforceId(person) === id)?.name ?? "Somebody";
}

/** What was shown before stays in the document, hidden and with all that was ticked in it. */
function draw(title: string, content: HTMLElement): void {
  for (const shown of document.querySelectorAll(".oneContent.active")) shown.classList.remove("active");
  main?.append(element("div", { class: "oneContent active" }, element("h1", {}, title), content));
}
