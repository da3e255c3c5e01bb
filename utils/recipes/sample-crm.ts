import type { Recipe } from "../recipe.ts";

/** The sandbox's CRM: a virtualised list with one checkbox a row, and a page for each contact. */
export const SAMPLE_CRM: Recipe = {
  id: "sample-crm",
  version: 1,
  hosts: ["127.0.0.1", "localhost"],
  signature: null,
  path: null,
  lists: [
    {
      container: ".contact-table",
      row: ".contact-row[data-contact-id]",
      checked: 'input[type="checkbox"]:checked',
      open: null,
      contactId: [
        { selector: null, attribute: "data-contact-id", pattern: null },
        { selector: "a.contact-name", attribute: "href", pattern: "/contacts/([^/?#]+)" },
      ],
      name: [{ selector: "a.contact-name", attribute: null, pattern: null }],
      phone: [{ selector: ".cell-phone .number", attribute: null, pattern: null }],
    },
  ],
  count: { selector: ".selection-count", pattern: "(\\d[\\d,]*) selected" },
  record: {
    path: "^/contacts/(?!new$)([^/]+)$",
    name: "h1",
    link: { base: null, to: "/contacts/{id}" },
  },
  routeEvents: [],
};
