import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";
import { hubspotId } from "./people.ts";

/** Where a row has its record's id; `changed` is a table nobody has seen yet, with an id nowhere. */
export type Markup = "row-key" | "object-id" | "test-object-id" | "test-id" | "link" | "grid" | "changed";

export interface Row {
  person: Person;
  kind: string;
  markup: Markup;
  on: boolean;
  tick: (on: boolean) => void;
}

const ATTRIBUTES: Record<Markup, (id: string) => Record<string, string>> = {
  "row-key": (id) => ({ "data-row-key": id }),
  "object-id": (id) => ({ "data-object-id": id }),
  "test-object-id": (id) => ({ "data-test-object-id": id }),
  "test-id": (id) => ({ "data-test-id": `row-${id}` }),
  link: () => ({}),
  grid: () => ({}),
  changed: () => ({}),
};

export function drawRow({ person, kind, markup, on, tick }: Row): HTMLElement {
  const id = hubspotId(person);
  const box = element("input", { type: "checkbox", "aria-label": `Select ${person.name}` });
  box.checked = on;
  box.addEventListener("change", () => tick(box.checked));
  const hasLink = markup === "link" || markup === "grid";
  const href = `/contacts/42/record/${kind}/${id}?eschref=%2Fcontacts`;
  const name = hasLink ? element("a", { href }, person.name) : element("button", { type: "button" }, person.name);
  const phone = markup === "changed" ? "" : person.phone;
  const cells = [box, name, phone, "New"];
  if (markup !== "grid") {
    return element("tr", ATTRIBUTES[markup](id), ...cells.map((cell) => element("td", {}, cell)));
  }
  const row = { role: "row", "aria-selected": String(on) };
  return element("div", row, ...cells.map((cell) => element("div", { role: "cell" }, cell)));
}
