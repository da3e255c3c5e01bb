import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";

export const uuidOf = ({ number }: Person): string => `20202020-1c25-4d02-bf25-6aeccf7e${String(1000 + number)}`;

export function recordRow(person: Person, on: boolean, press: () => void): HTMLElement {
  const id = uuidOf(person);
  return element(
    "div",
    { class: "table-row", "data-virtualized-id": id, "data-selectable-id": id },
    selectBox(`Select ${person.name}`, on, press),
    element("div", {}, element("a", { class: "s1chip", href: `/object/person/${id}` }, person.name)),
    element("div", {}, element("a", { href: `tel:${person.phone}` }, person.phone)),
    element("div", {}, "Harbor & Pine"),
  );
}

/** The place of a row that the browser has not loaded; it has a box all the same. */
export function emptyRow(on: boolean): HTMLElement {
  const box = selectBox("Not loaded", on, () => {});
  return element("div", { class: "s1skeleton" }, box, element("span", {}, "…"));
}

/** What is pressed is the element around the box. */
export function selectBox(label: string, on: boolean, press: () => void): HTMLElement {
  const input = element("input", { type: "checkbox", "aria-label": label });
  input.checked = on;
  const node = element("div", { class: "s1box", "data-select-disable": "" }, input);
  node.addEventListener("click", press);
  return node;
}
