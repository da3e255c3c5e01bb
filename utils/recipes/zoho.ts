import type { ContactPageSource, RecipeSource } from "@partyline/contract/recipe";

const ID = "(\\d{10,25})";
const LINK = 'a[id^="listView_"], a[href*="/Contacts/"]';
const ROW = 'lyte-exptable-tr[data-zcqa="detailView"]';
const COUNTRIES = ["com", "eu", "in", "com.au", "jp", "sa", "uk", "com.cn"];

/** Fields are told by their ids, which end in the field's own key. */
const field = (name: string) => ["headervalue", "subvalue", "value"].map((place) => `[id="${place}_${name}" i]`).join();

const CONTACT: ContactPageSource = {
  kind: "record",
  at: `/tab/Contacts/${ID}(?:[/?#]|$)`,
  name: [
    { selector: "#titlecard_FULLNAME, #titlecard_LASTNAME", attribute: "cx-prop-value" },
    { selector: '#tc_mouseArea__FULLNAME, #tc_mouseArea__LASTNAME, [id="headervalue_LASTNAME" i]' },
  ],
  phone: ["MOBILE", "PHONE"].flatMap((name) => [
    { selector: `#titlecard_${name}`, attribute: "cx-prop-value" },
    { selector: field(name), pattern: "^([+(]?\\d[\\d ().-]{5,20}\\d)" },
  ]),
};

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
  contactPages: [CONTACT],
  recordLink: { base: "^(.*/tab)/", to: "/Contacts/{id}" },
};
