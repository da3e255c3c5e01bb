import { element } from "./element.ts";
import { locationPath, nameOf, type Person } from "./people.ts";

/** The two Tabulator generations: `a` names a contact by `data-id`, `b` by its link. */
export function contactTable(people: readonly Person[], generation: "a" | "b"): HTMLElement {
  const all = element("input", { type: "checkbox", "aria-label": "Select all" });
  const rows = people.map((person) => row(person, generation));
  // The page itself ticks its rows a moment after the click, as the original does.
  all.addEventListener("change", () => {
    setTimeout(() => {
      for (const { box } of rows) box.checked = all.checked;
    }, 60);
  });
  const heads = ["Name", "Phone", "Newsletter", "Tags"].map((head) =>
    element("div", { class: "tabulator-col", role: "columnheader" }, head),
  );
  const selector = element("div", { class: "tabulator-col selector", role: "columnheader" }, all);
  return element(
    "div",
    { class: "tabulator", role: "grid" },
    element(
      "div",
      { class: "tabulator-header" },
      element("div", { class: "tabulator-headers", role: "row" }, selector, ...heads),
    ),
    element(
      "div",
      { class: "tabulator-tableholder" },
      element("div", { class: "tabulator-table", role: "rowgroup" }, ...rows.map(({ node }) => node)),
    ),
  );
}

function row(person: Person, generation: "a" | "b") {
  const box = element("input", { type: "checkbox", "aria-label": `Select ${nameOf(person)}` });
  // A custom field that is a check box too, and on for everybody: it selects nobody.
  const newsletter = element("input", { type: "checkbox", checked: "", disabled: "", "aria-label": "Newsletter" });
  const node = element(
    "div",
    { class: "tabulator-row", role: "row" },
    element("div", { class: "tabulator-cell selector", role: "gridcell" }, box),
    cell("name", nameNode(person, generation)),
    cell("phone", person.phone ?? ""),
    cell("newsletter", newsletter),
    cell("tags", person.tags.join(", ")),
  );
  return { node, box };
}

function nameNode(person: Person, generation: "a" | "b"): Node {
  if (generation === "a") return element("span", { "data-id": person.id }, nameOf(person));
  const href = `${locationPath()}/contacts/detail/${person.id}`;
  return element("a", { class: "contact-name-link", href }, nameOf(person));
}

function cell(field: string, content: Node | string): HTMLElement {
  return element("div", { class: "tabulator-cell", "tabulator-field": field, role: "gridcell" }, content);
}
