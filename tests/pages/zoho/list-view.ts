import { custom, element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";

export const zohoId = ({ number }: Person): string => `55443300000003${String(12_000 + number)}`;

/** One page of a module's records, of the same elements whichever module it is; a record's page has such lists, too. */
export function listView(people: readonly Person[], module: string): HTMLElement {
  const all = checkbox("Select all");
  const rows = people.map((person) => row(person, module));
  const heads = [all, "Contact Name", "Phone", "Email Opt Out"].map((head) => custom("lyte-exptable-th", {}, head));
  all.addEventListener("change", ({ target }) => {
    const on = target instanceof HTMLInputElement && target.checked;
    for (const one of rows) for (const input of one.querySelectorAll("input")) input.checked = on;
  });
  return custom(
    "crux-table-component",
    { "cx-prop-module": module },
    custom("lyte-exptable-tr", { id: "listviewHeaderRow" }, ...heads),
    ...rows,
  );
}

function row(person: Person, module: string): HTMLElement {
  const id = zohoId(person);
  const link = element("a", { id: `listView_${id}`, href: `/crm/org20098/tab/${module}/${id}` }, person.name);
  const cells = [checkbox(`Select ${person.name}`), link, custom("crux-phone-component", {}, person.phone), "No"];
  return custom(
    "lyte-exptable-tr",
    { "data-zcqa": "detailView" },
    ...cells.map((cell) => custom("lyte-exptable-td", {}, cell)),
  );
}

function checkbox(label: string): HTMLElement {
  return custom("lyte-checkbox", {}, element("label", {}, element("input", { type: "checkbox", "aria-label": label })));
}
