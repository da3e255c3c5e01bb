import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";
import { virtualRows } from "../shared/virtual-rows.ts";
import { boxCell, nameCell, orgCell, phoneCell } from "./cells.ts";

const ROW_HEIGHT = 40;

/**
 * The name stays where it is while other columns scroll: two trees, each with only the rows in view, told to belong
 * together by a row number in their cells. With `boxesApart`, the boxes are in no cell: a grid nobody has seen yet.
 */
export function peopleGrid(people: readonly Person[], boxesApart: boolean): HTMLElement {
  const ticked = new Set<number>();
  const all = element("input", { type: "checkbox", "aria-label": "Select all" });
  const frozen = element("div");
  const scrolling = element("div");
  const viewport = element(
    "div",
    { class: "viewport" },
    element("div", { class: "frozen" }, head(all, "Name"), frozen),
    element("div", { class: "scrolling" }, head("Phone", "Organization"), scrolling),
  );
  const tree = (body: HTMLElement, cells: (person: Person, row: number) => HTMLElement[]) =>
    virtualRows({
      viewport,
      body,
      rowHeight: ROW_HEIGHT,
      count: people.length,
      draw: (row) => element("div", { class: "row" }, ...people.slice(row, row + 1).flatMap((one) => cells(one, row))),
      spacer: () => element("div"),
    });
  const redrawFrozen = tree(frozen, (person, row) => [
    boxCell({ person, row: boxesApart ? null : row, on: ticked.has(row), tick: (on) => tick([row], on) }),
    nameCell(person, row),
  ]);
  const redrawScrolling = tree(scrolling, (person, row) => [phoneCell(person, row), orgCell(row)]);

  function tick(rows: Iterable<number>, on: boolean): void {
    for (const row of rows) {
      if (on) ticked.add(row);
      else ticked.delete(row);
    }
    all.checked = ticked.size === people.length;
    redraw();
  }
  function redraw(): void {
    redrawFrozen();
    redrawScrolling();
  }
  all.addEventListener("change", () => tick(people.keys(), all.checked));
  requestAnimationFrame(redraw);
  return viewport;
}

function head(...titles: (Node | string)[]): HTMLElement {
  const heads = titles.map((title) => element("div", { role: "columnheader" }, title));
  return element("div", { class: "head" }, ...heads);
}
