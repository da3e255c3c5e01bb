import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";
import { virtualRows } from "../shared/virtual-rows.ts";
import { bulkBar } from "./bulk-bar.ts";
import { drawRow, type Markup } from "./row.ts";

const ROW_HEIGHT = 40;

/** The table of one kind of record, `0-1` being contacts. Only the rows in view are in the document. */
export function contactList(people: readonly Person[], kind: string): HTMLElement {
  const markup = (new URLSearchParams(location.search).get("markup") ?? "row-key") as Markup;
  const ticked = new Set<number>();
  const bar = bulkBar(() => setAll(false));
  const all = element("input", { type: "checkbox", "aria-label": "Select all on this page" });
  const body = markup === "grid" ? element("div", { role: "rowgroup" }) : element("tbody");
  const viewport = element("div", { class: "scroller" }, table(markup, all, body));
  const redraw = virtualRows({
    viewport,
    body,
    rowHeight: ROW_HEIGHT,
    count: people.length,
    draw: (index) => draw(index),
    spacer: () => (markup === "grid" ? element("div") : element("tr", { "aria-hidden": "true" })),
  });

  function draw(index: number): HTMLElement {
    const person = people[index];
    if (person === undefined) throw new RangeError(`There is no row ${index}`);
    return drawRow({ person, kind, markup, on: ticked.has(index), tick: (on) => tick(index, on) });
  }
  function tick(index: number, on: boolean): void {
    if (on) ticked.add(index);
    else ticked.delete(index);
    all.checked = ticked.size === people.length;
    bar.show(ticked.size, all.checked);
    redraw();
  }
  function setAll(on: boolean): void {
    for (const index of people.keys()) if (on) ticked.add(index);
    if (!on) ticked.clear();
    all.checked = on;
    bar.show(ticked.size, on);
    redraw();
  }
  all.addEventListener("change", () => setAll(all.checked));
  requestAnimationFrame(redraw);
  return element("section", {}, bar.node, viewport);
}

function table(markup: Markup, all: HTMLElement, body: HTMLElement): HTMLElement {
  const titles = ["Name", "Phone number", "Lead status"];
  if (markup === "grid") {
    const heads = titles.map((title) => element("div", { role: "columnheader" }, title));
    const row = element("div", { role: "row" }, element("div", { role: "columnheader" }, all), ...heads);
    return element("div", { role: "table", "aria-label": "Contacts" }, row, body);
  }
  const heads = titles.map((title) => element("th", { scope: "col" }, title));
  return element("table", {}, element("thead", {}, element("tr", {}, element("th", {}, all), ...heads)), body);
}
