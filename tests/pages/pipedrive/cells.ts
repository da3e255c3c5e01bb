import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";

export const personId = ({ number }: Person): number => 700 + number;

/** What belongs to one row has its number in common, and nothing else. */
const cell = (row: number, column: number) => ({ "data-cy": `grid-cell-column-${row}-${column}` });

export interface Box {
  person: Person;
  /** Null for a box that stands in no cell. */
  row: number | null;
  on: boolean;
  tick: (on: boolean) => void;
}

export function boxCell({ person, row, on, tick }: Box): HTMLElement {
  const input = element("input", { type: "checkbox", "aria-label": `Select ${person.name}` });
  input.checked = on;
  input.addEventListener("change", () => tick(input.checked));
  return element("div", row === null ? {} : cell(row, 0), input);
}

export function nameCell(person: Person, row: number): HTMLElement {
  const link = element("a", { href: `/person/${personId(person)}` }, person.name);
  return element("div", { ...cell(row, 1), "data-test": "person.name" }, link);
}

export function phoneCell({ phone }: Person, row: number): HTMLElement {
  return element("div", { ...cell(row, 2), "data-test": "person.phone" }, phone);
}

export function orgCell(row: number): HTMLElement {
  return element("div", { ...cell(row, 3), "data-test": "person.org_id" }, "Harbor & Pine");
}
