import { element } from "./element.ts";
import { locationPath, nameOf, type Person } from "./people.ts";

/** The page itself ticks its rows a moment after the click on the box for them all. */
const SELECT_ALL_MS = 60;

/**
 * The third generation: a plain table, whose boxes are buttons with a role. An `unknown` one is what may come after it:
 * neither a table nor a link to a contact nor an id.
 */
export function contactGrid(people: readonly Person[], generation: "c" | "unknown"): HTMLElement {
  const rows = people.map((person) => {
    const box = checkbox(`Select ${nameOf(person)}`, (on) => {
      if (generation === "c") node.setAttribute("aria-selected", String(on));
    });
    const node = generation === "c" ? tableRow(person, box.node) : card(person, box.node);
    return { box, node };
  });
  const all = checkbox("Select all", (on) => {
    setTimeout(() => {
      for (const { box } of rows) box.set(on);
    }, SELECT_ALL_MS);
  });
  const nodes = rows.map(({ node }) => node);
  if (generation === "unknown") return element("div", { class: "x1f" }, element("div", {}, all.node), ...nodes);
  const heads = [all.node, "Name", "Phone", "Tags"].map((head) => element("th", {}, head));
  return element(
    "table",
    { class: "contact-grid" },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...nodes),
  );
}

function tableRow(person: Person, box: HTMLElement): HTMLElement {
  const href = `${locationPath()}/contacts/detail/${person.id}`;
  const cells = [box, element("a", { href }, nameOf(person)), person.phone ?? "", person.tags.join(", ")];
  return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
}

function card(person: Person, box: HTMLElement): HTMLElement {
  return element("div", { class: "x2g" }, box, element("a", { class: "x3h", href: "#open" }, nameOf(person)));
}

function checkbox(label: string, onChange: (on: boolean) => void) {
  const node = element("button", { type: "button", role: "checkbox", "aria-checked": "false", "aria-label": label });
  function set(on: boolean): void {
    node.setAttribute("aria-checked", String(on));
    onChange(on);
  }
  node.addEventListener("click", () => set(node.getAttribute("aria-checked") !== "true"));
  return { node, set };
}
