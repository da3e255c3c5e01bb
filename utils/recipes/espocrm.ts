import type { RecipeSource } from "@partyline/contract/recipe";

const ID = "([A-Za-z0-9-]{1,36})";
const BOX = "input.record-checkbox";

/** EspoCRM, on whatever host and in whatever folder somebody runs it; its addresses are all in the fragment. */
export const ESPOCRM: RecipeSource = {
  id: "espocrm",
  version: 1,
  hosts: [],
  signature: [
    'script[data-name="loader-params"]',
    'link#main-stylesheet[href*="client/css/espo"]',
    'script[src*="client/lib/espo"]',
    'script[src*="client/espo.min.js"]',
  ].join(", "),
  lists: [
    {
      kind: "contacts",
      at: "#Contact(?:$|[?]|/list)",
      container: `.list[data-scope="Contact"]:has(${BOX}), .list:not([data-scope]):has(${BOX})`,
      scrolls: false,
      row: "tr.list-row",
      checked: `${BOX}:checked`,
      contactId: [
        { selector: BOX, attribute: "data-id", pattern: `^${ID}$` },
        { attribute: "data-id", pattern: `^${ID}$` },
      ],
      name: [{ selector: 'td[data-name="name"] a' }, { selector: 'td[data-name="name"]' }],
      phone: [
        { selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" },
        { selector: 'td[data-name="phoneNumber"]' },
      ],
    },
  ],
  contactPages: [
    {
      kind: "record",
      at: `#Contact/view/${ID}(?:[/?]|$)`,
      // What opens over the page, or is listed below it, has the same fields of others.
      name: [{ selector: "#main > .header .title" }],
      phone: [
        {
          selector: '#main .detail .middle .field[data-name="phoneNumber"] a[href^="tel:"]',
          attribute: "href",
          pattern: "^tel:(.+)$",
        },
      ],
    },
  ],
  // Every result of the search, loaded or not: then the boxes are on and cannot be switched off one by one.
  everything: [{ selector: `${BOX}:checked:disabled`, attribute: "type" }],
  recordLink: { base: "^(.*)/[^/]*$", to: "/#Contact/view/{id}" },
};
