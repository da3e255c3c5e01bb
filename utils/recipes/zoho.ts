import type { RecipeSource } from "@partyline/contract/recipe";

const ID = "(\\d{10,25})";
const LINK = 'a[id^="listView_"], a[href*="/Contacts/"]';
const ROW = 'lyte-exptable-tr[data-zcqa="detailView"]';
const COUNTRIES = ["com", "eu", "in", "com.au", "jp", "sa", "uk", "com.cn"];

/** Zoho CRM. Lists below a record are of the same rows, so only what shows contacts, at a list's address, is read. */
export const ZOHO: RecipeSource = {
  id: "zoho",
  version: 1,
  hosts: [...COUNTRIES.flatMap((country) => [`crm.zoho.${country}`, `crmplus.zoho.${country}`]), "crm.zohocloud.ca"],
  lists: [
    {
      kind: "contacts",
      at: "/tab/Contacts(?:[?#]|$|/(?!\\d))",
      container: [
        `crux-table-component[cx-prop-module="Contacts"]:has(${ROW})`,
        `crux-table-component:not([cx-prop-module]):has(${ROW})`,
        `#listViewTable:has(${ROW})`,
        `lyte-expresstable:has(${ROW})`,
      ].join(", "),
      row: ROW,
      checked: 'lyte-checkbox input[type="checkbox"]:checked:not(:disabled)',
      // A column may show boxes, too.
      control: 'lyte-checkbox input[type="checkbox"]',
      contactId: [
        { selector: 'a[id^="listView_"]', attribute: "id", pattern: `^listView_${ID}$` },
        { selector: 'a[href*="/Contacts/"]', attribute: "href", pattern: `/Contacts/${ID}(?:[/?#]|$)` },
      ],
      name: [{ selector: LINK }],
      phone: [
        { selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" },
        { selector: "crux-phone-component" },
      ],
    },
  ],
  contactPages: [{ kind: "record", at: `/tab/Contacts/${ID}(?:[/?#]|$)` }],
  recordLink: { base: "^(.*/tab)/", to: "/Contacts/{id}" },
};
