import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";

const PER_PAGE = 20;

export const espoId = ({ number }: Person): string => `65f1a2b3c4d5e${String(1000 + number)}`;

/** Rows are never taken out of the document but by going to another page, which forgets what was ticked. */
export function recordList(people: readonly Person[], scope: string): HTMLElement {
  const all = element("input", { type: "checkbox", class: "select-all", "aria-label": "Select all" });
  const body = element("tbody");
  const list = element("div", { class: "list", "data-scope": scope });
  const heads = ["Name", "Phone"].map((title) => element("th", {}, title));
  const every = action("Select All Results", () => {
    for (const box of boxes(list)) [box.checked, box.disabled] = [true, true];
    mark(body);
  });
  const show = (page: number) => {
    body.replaceChildren(...people.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map(row));
    all.checked = all.disabled = false;
  };
  all.addEventListener("change", () => {
    for (const box of boxes(body)) box.checked = all.checked;
    mark(body);
  });
  body.addEventListener("change", () => mark(body));
  show(0);
  const head = element("thead", {}, element("tr", {}, element("th", {}, all), ...heads));
  list.append(element("table", { class: "table" }, head, body));
  const next = action("Next page", () => show(1));
  return element("div", {}, every, list, next);
}

function row(person: Person): HTMLElement {
  const id = espoId(person);
  const box = { type: "checkbox", class: "record-checkbox", "data-id": id, "aria-label": `Select ${person.name}` };
  return element(
    "tr",
    { "data-id": id, class: "list-row" },
    element("td", { class: "cell", "data-name": "r-checkbox" }, element("input", box)),
    element("td", { class: "cell", "data-name": "name" }, element("a", { href: `#Contact/view/${id}` }, person.name)),
    element(
      "td",
      { class: "cell", "data-name": "phoneNumber" },
      element("a", { href: `tel:${person.phone}` }, person.phone),
    ),
  );
}

function mark(body: HTMLElement): void {
  for (const box of boxes(body)) box.closest("tr")?.classList.toggle("active", box.checked);
}

const boxes = (within: HTMLElement) => within.querySelectorAll<HTMLInputElement>('input[type="checkbox"]');

function action(words: string, act: () => void): HTMLElement {
  const button = element("button", { type: "button" }, words);
  button.addEventListener("click", act);
  return button;
}
