import { element } from "./element.ts";
import { locationPath, nameOf, type Person } from "./people.ts";

/** What names a contact: `data-id` in `a`, a link in `b`, and nothing in a table that has `changed`. */
type Generation = "a" | "b" | "changed";

const ROW_HEIGHT = 37;
const BEYOND = 4;
/** The page itself ticks its rows a moment after the click on the box for them all. */
const SELECT_ALL_MS = 120;

/** The two Tabulator generations. Only the rows in view are in the document; padding takes the others' place. */
export function contactTable(people: readonly Person[], generation: Generation): HTMLElement {
  const ticked = new Set<Person>();
  const all = element("input", { type: "checkbox", "aria-label": "Select all" });
  const table = element("div", { class: "tabulator-table", role: "rowgroup" });
  const holder = element("div", { class: "tabulator-tableholder" }, table);

  function draw(): void {
    const first = Math.max(0, Math.floor(holder.scrollTop / ROW_HEIGHT) - BEYOND);
    const shown = Math.ceil((holder.clientHeight || 600) / ROW_HEIGHT) + 2 * BEYOND;
    table.style.paddingTop = `${first * ROW_HEIGHT}px`;
    table.style.paddingBottom = `${Math.max(0, people.length - first - shown) * ROW_HEIGHT}px`;
    table.replaceChildren(...people.slice(first, first + shown).map((person) => row(person)));
  }
  function row(person: Person): HTMLElement {
    const box = element("input", { type: "checkbox", "aria-label": `Select ${nameOf(person)}` });
    box.checked = ticked.has(person);
    box.addEventListener("change", () => {
      if (box.checked) ticked.add(person);
      else ticked.delete(person);
      all.checked = ticked.size === people.length;
    });
    return drawRow(person, generation, box);
  }
  all.addEventListener("change", () => {
    setTimeout(() => {
      for (const person of people) if (all.checked) ticked.add(person);
      if (!all.checked) ticked.clear();
      draw();
    }, SELECT_ALL_MS);
  });
  holder.addEventListener("scroll", draw);
  requestAnimationFrame(draw);
  return element("div", { class: "tabulator", role: "grid" }, header(all), holder);
}

function header(all: HTMLElement): HTMLElement {
  const heads = ["Name", "Phone", "Newsletter", "Tags"].map((head) =>
    element("div", { class: "tabulator-col", role: "columnheader" }, head),
  );
  const selector = element("div", { class: "tabulator-col selector", role: "columnheader" }, all);
  const row = element("div", { class: "tabulator-headers", role: "row" }, selector, ...heads);
  return element("div", { class: "tabulator-header" }, row);
}

function drawRow(person: Person, generation: Generation, box: HTMLElement): HTMLElement {
  // A custom field that is a check box too, and on for everybody: it selects nobody.
  const newsletter = element("input", { type: "checkbox", checked: "", disabled: "", "aria-label": "Newsletter" });
  return element(
    "div",
    { class: "tabulator-row", role: "row" },
    element("div", { class: "tabulator-cell selector", role: "gridcell" }, box),
    cell(generation === "changed" ? "col_1" : "name", nameNode(person, generation)),
    cell(generation === "changed" ? "col_2" : "phone", generation === "changed" ? "" : (person.phone ?? "")),
    cell("newsletter", newsletter),
    cell("tags", person.tags.join(", ")),
  );
}

function nameNode(person: Person, generation: Generation): Node | string {
  if (generation === "changed") return nameOf(person);
  if (generation === "a") return element("span", { "data-id": person.id }, nameOf(person));
  const href = `${locationPath()}/contacts/detail/${person.id}`;
  return element("a", { class: "contact-name-link", href }, nameOf(person));
}

function cell(field: string, content: Node | string): HTMLElement {
  return element("div", { class: "tabulator-cell", "tabulator-field": field, role: "gridcell" }, content);
}
