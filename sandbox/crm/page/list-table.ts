import type { Sort } from "./contact-filter.ts";
import { element } from "./element.ts";

/** Also in contact-list.css: rows are placed by it. */
export const ROW_HEIGHT = 48;

interface TableMeans {
  onSelectAll: (on: boolean) => void;
  onSort: (sort: Sort) => void;
}

/** The table without its rows: the header, and the messages shown in place of rows. */
export function createListTable(means: TableMeans) {
  const selectAll = element("input", { type: "checkbox", "aria-label": "Select all contacts" });
  selectAll.addEventListener("change", () => means.onSelectAll(selectAll.checked));
  const name = sortHeader("name", "Name", "ascending", means);
  const activity = sortHeader("activity", "Last activity", "descending", means);
  const header = element(
    "div",
    { role: "row", class: "contact-header", "aria-rowindex": "1" },
    element("div", { role: "columnheader", class: "cell-select" }, element("label", { class: "tick" }, selectAll)),
    name.node,
    ...["phone", "owner", "tags", "status"].map((column) =>
      element(
        "div",
        { role: "columnheader", class: `cell-${column}` },
        `${column[0]?.toUpperCase()}${column.slice(1)}`,
      ),
    ),
    activity.node,
  );
  const body = element("div", { role: "rowgroup", class: "contact-rows" });
  const table = element(
    "div",
    { role: "table", class: "contact-table", "aria-label": "Contacts" },
    element("div", { role: "rowgroup", class: "contact-head" }, header),
    body,
  );
  const empty = element("p", { class: "empty", hidden: true });
  const scroller = element(
    "div",
    { class: "scroller", tabindex: "0", role: "region", "aria-label": "Contacts, scrollable" },
    table,
    empty,
  );

  return {
    scroller,
    body,
    draw(state: { sort: Sort; total: number; loading: boolean }): void {
      table.setAttribute("aria-rowcount", String(state.total + 1));
      name.draw(state.sort);
      activity.draw(state.sort);
      empty.hidden = state.total > 0;
      empty.textContent = state.loading ? "Loading contacts…" : "Nobody matches. Try another list, owner or search.";
    },
    drawSelectAll(ticked: number, total: number): void {
      selectAll.checked = total > 0 && ticked === total;
      selectAll.indeterminate = ticked > 0 && ticked < total;
      selectAll.disabled = total === 0;
    },
  };
}

function sortHeader(sort: Sort, words: string, direction: "ascending" | "descending", means: TableMeans) {
  const button = element("button", { type: "button", class: "sort", click: () => means.onSort(sort) }, words);
  const node = element("div", { role: "columnheader", class: `cell-${sort}` }, button);
  return {
    node,
    draw: (current: Sort) => node.setAttribute("aria-sort", current === sort ? direction : "none"),
  };
}
