import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";
import { salesforceId } from "./people.ts";

const PREFIXES: Record<string, string> = { Contact: "003", Account: "001" };
/** More rows come in when the last ones are scrolled to; none ever leaves. */
const AT_ONCE = 50;

type Markup = "row-key" | "record-id" | "link" | "changed";

/** The list of one kind of record, as Lightning's data table draws it. */
export function recordTable(people: readonly Person[], kind: string): HTMLElement {
  const markup = (new URLSearchParams(location.search).get("markup") ?? "row-key") as Markup;
  const body = element("tbody");
  const table = element("table", { role: "grid" }, head(), body);
  const scroller = element("div", { class: "scroller" }, table);
  let drawn = 0;

  function count(): void {
    if (markup === "changed") return;
    table.dataset["numRows"] = String(drawn);
    table.dataset["numSelectedRows"] = String(body.querySelectorAll('tr[aria-selected="true"]').length);
  }
  function drawMore(): void {
    const next = people.slice(drawn, drawn + AT_ONCE);
    drawn += next.length;
    body.append(...next.map((person) => row({ person, kind, markup, ticked: count })));
    count();
  }
  scroller.addEventListener("scroll", () => {
    if (scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 60) drawMore();
  });
  table.querySelector("thead input")?.addEventListener("change", ({ target }) => {
    const on = (target as HTMLInputElement).checked;
    for (const node of body.children) mark(node, on);
    count();
  });
  drawMore();
  return scroller;
}

function head(): HTMLElement {
  const all = element("input", { type: "checkbox", "aria-label": "Select all" });
  const titles = ["Name", "Account Name", "Phone"].map((title) => element("th", { scope: "col" }, title));
  return element("thead", {}, element("tr", { "data-row-key-value": "HEADER" }, element("th", {}, all), ...titles));
}

interface Row {
  person: Person;
  kind: string;
  markup: Markup;
  ticked: () => void;
}

function row({ person, kind, markup, ticked }: Row): HTMLElement {
  const id = salesforceId(person, PREFIXES[kind]);
  const box = element("input", { type: "checkbox", "aria-label": `Select ${person.name}` });
  const company = { href: "/lightning/r/001Kd00000c9Z9Z001/view", "data-recordid": "001Kd00000c9Z9Z001" };
  const node = element(
    "tr",
    { ...(markup === "row-key" && { "data-row-key-value": id }), "aria-selected": "false" },
    element("td", { role: "gridcell" }, box),
    element("th", { scope: "row" }, nameCell(person, id, markup)),
    element(
      "td",
      { role: "gridcell" },
      markup === "changed" ? "Harbor & Pine" : element("a", company, "Harbor & Pine"),
    ),
    element("td", { role: "gridcell" }, markup === "changed" ? "" : person.phone),
  );
  box.addEventListener("change", () => {
    mark(node, box.checked);
    ticked();
  });
  return node;
}

function nameCell(person: Person, id: string, markup: Markup): Node | string {
  if (markup === "changed" || markup === "row-key") return person.name;
  const href = `/lightning/r/${id}/view`;
  return element("a", { href, ...(markup === "record-id" && { "data-recordid": id }) }, person.name);
}

function mark(node: Element, on: boolean): void {
  node.setAttribute("aria-selected", String(on));
  node.classList.toggle("slds-is-selected", on);
  const box = node.querySelector<HTMLInputElement>("input");
  if (box !== null) box.checked = on;
}
