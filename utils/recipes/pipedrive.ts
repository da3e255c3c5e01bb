import type { ListSource, RecipeSource } from "@partyline/contract/recipe";

const CELL = '[data-cy^="grid-cell-column-"]';
const NAME = '[data-test="person.name"]';
const LINK = 'a[href*="/person/"]';

/**
 * Frozen and scrolling columns are two trees without a common row: what belongs together tells its row's number. Where in
 * a row the box is nobody has written down, so any cell of the row may hold it, and the row's first one counts; a box
 * outside of every cell reads nobody, and is then reported as a page that changed.
 */
const PEOPLE: Omit<ListSource, "container"> = {
  kind: "contacts",
  at: "^/persons(?:[/?#]|$)",
  row: CELL,
  join: { attribute: "data-cy", pattern: "^grid-cell-column-(\\d+)-" },
  checked: 'input[type="checkbox"]:checked:not(:disabled), [role="checkbox"][aria-checked="true"]',
  control: 'input[type="checkbox"], [role="checkbox"]',
  contactId: [
    { selector: `${NAME} ${LINK}, ${LINK}${NAME}`, attribute: "href", pattern: "/person/(\\d{1,12})(?:[/?#]|$)" },
  ],
  name: [{ selector: `${NAME} ${LINK}` }],
  phone: [
    { selector: '[data-test="person.phone"] a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" },
    { selector: '[data-test="person.phone"]' },
  ],
};

const HEADINGS = ['[role="columnheader"]', "thead", '[data-cy*="header"]', '[data-test*="header"]'];

/** Pipedrive: cells are known from shipped extensions; how it selects is not, so the recipe is wide there. */
export const PIPEDRIVE: RecipeSource = {
  id: "pipedrive",
  version: 1,
  hosts: ["*.pipedrive.com"],
  lists: [
    { ...PEOPLE, container: `main:has(${NAME})` },
    { ...PEOPLE, container: `body:has(${NAME})` },
  ],
  contactPages: [{ kind: "record", at: "^/person/(\\d{1,12})(?:[/?#]|$)" }],
  // The box over a list that keeps only some of its rows in the document stands for all of them.
  everything: [
    { selector: HEADINGS.map((heading) => `${heading} input[type="checkbox"]:checked`).join(", "), attribute: "type" },
  ],
  recordLink: { to: "/person/{id}" },
};
