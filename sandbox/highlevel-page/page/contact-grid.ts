import { element } from "./element.ts";
import { locationPath, nameOf, type Person } from "./people.ts";

/** The third generation: a plain table, whose boxes are buttons with a role. */
export function contactGrid(people: readonly Person[]): HTMLElement {
  const heads = ["", "Name", "Phone", "Tags"].map((head) => element("th", {}, head));
  return element(
    "table",
    { class: "contact-grid" },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...people.map(row)),
  );
}

function row(person: Person): HTMLElement {
  const box = element("button", {
    type: "button",
    role: "checkbox",
    "aria-checked": "false",
    "aria-label": `Select ${nameOf(person)}`,
  });
  const href = `${locationPath()}/contacts/detail/${person.id}`;
  const node = element(
    "tr",
    {},
    element("td", {}, box),
    element("td", {}, element("a", { href }, nameOf(person))),
    element("td", {}, person.phone ?? ""),
    element("td", {}, person.tags.join(", ")),
  );
  box.addEventListener("click", () => {
    const on = box.getAttribute("aria-checked") !== "true";
    box.setAttribute("aria-checked", String(on));
    node.setAttribute("aria-selected", String(on));
  });
  return node;
}
