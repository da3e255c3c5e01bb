import type { RecipeSource } from "@partyline/contract/recipe";

/** The sandbox's CRM: a virtualised list with one checkbox a row, and a page for each contact. */
export const SAMPLE_CRM: RecipeSource = {
  id: "sample-crm",
  version: 1,
  hosts: ["127.0.0.1", "localhost"],
  // Loopback is where other CRMs are tried as well.
  signature: 'link[href="/page/contact-list.css"]',
  lists: [
    {
      kind: "contacts",
      at: "^/contacts(?:[?#]|$)",
      container: ".contact-table",
      row: ".contact-row[data-contact-id]",
      checked: 'input[type="checkbox"]:checked',
      contactId: [
        { attribute: "data-contact-id" },
        { selector: "a.contact-name", attribute: "href", pattern: "/contacts/([^/?#]+)" },
      ],
      name: [{ selector: "a.contact-name" }],
      phone: [{ selector: ".cell-phone .number" }],
    },
  ],
  contactPages: [
    {
      kind: "record",
      at: "^/contacts/(?!new$)([^/?#]+)(?:[?#]|$)",
      name: [{ selector: "h1" }],
      // "(415) 555-0142 · Owner: Maya Chen", as it was saved.
      phone: [{ selector: ".record > header .quiet", pattern: "^([+(]?\\d[\\d ().-]{5,20}\\d) " }],
    },
  ],
  count: [{ selector: ".selection-count", pattern: "(\\d[\\d,]*) selected" }],
  recordLink: { to: "/contacts/{id}" },
};
