import type { ContactPageSource, ListSource, RecipeSource } from "@partyline/contract/recipe";

const ID = "([A-Za-z0-9]{15,30})";
const LINK = 'a[href*="/contacts/detail/"]';
const PLACE = "^(?:/v2)?/location/[^/?#]+";
/** Rows that are neither Tabulator's nor headings. */
const PLAIN_ROW = '[role="row"]:not(.tabulator-row)';
const BOX = 'input[type="checkbox"], [role="checkbox"]';
const BOX_ON = 'input[type="checkbox"]:checked, [role="checkbox"][aria-checked="true"]';

/**
 * Contact lists, three generations of them. Cells may hold check boxes of their own, such as custom fields: of a Tabulator
 * row only the selector column counts, of any other its first box.
 */
const CONTACTS: ListSource = {
  kind: "contacts",
  at: `${PLACE}/contacts/smart_list`,
  container: `.tabulator, table:has(${LINK}), [role="grid"]:has(${LINK}), [role="table"]:has(${LINK})`,
  row: '.tabulator-row, tbody tr, [role="row"]:not(:has([role="columnheader"]))',
  checked: [
    '.tabulator-cell.selector input[type="checkbox"]:checked',
    ...["tr", PLAIN_ROW].flatMap((row) => [
      `${row} input[type="checkbox"]:checked`,
      `${row} [role="checkbox"][aria-checked="true"]`,
      `${row}[aria-selected="true"]`,
    ]),
  ].join(", "),
  control: [
    '.tabulator-cell.selector input[type="checkbox"]',
    ...["tr", PLAIN_ROW].flatMap((row) => [`${row} input[type="checkbox"]`, `${row} [role="checkbox"]`]),
  ].join(", "),
  contactId: [
    { selector: LINK, attribute: "href", pattern: `/contacts/detail/${ID}(?:[/?#]|$)` },
    { selector: '.tabulator-cell[tabulator-field="name"] [data-id]', attribute: "data-id", pattern: `^${ID}$` },
    { selector: "[data-contact-id]", attribute: "data-contact-id", pattern: `^${ID}$` },
    { attribute: "data-contact-id", pattern: `^${ID}$` },
    { attribute: "data-id", pattern: `^${ID}$` },
    { attribute: "data-row-key", pattern: `^${ID}$` },
  ],
  name: [
    { selector: "a.contact-name-link" },
    { selector: '.tabulator-cell[tabulator-field="name"]' },
    { selector: LINK },
  ],
  phone: [
    { selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" },
    { selector: '.tabulator-cell[tabulator-field="phone"]' },
  ],
};

/** The list beside a conversation; the one that stands open counts where none is ticked. */
const CONVERSATIONS: ListSource = {
  kind: "conversations",
  at: `${PLACE}/conversations(?:[/?#]|$)`,
  container: "div:has(> [data-conversation-id]), div:has(> div > [data-conversation-id])",
  row: "[data-conversation-id][contactid]",
  checked: '[id^="conversation-card-checkbox-"]:checked, [id^="conversation-card-checkbox-"][aria-checked="true"]',
  open: '[data-is-active="true"]',
  contactId: [{ attribute: "contactid", pattern: `^${ID}$` }],
  name: [{ attribute: "fullname" }],
};

/** The board of deals, whose cards stand in a column for each stage. Seen least of all these pages. */
const OPPORTUNITIES: ListSource = {
  kind: "pipeline",
  at: `${PLACE}/opportunities(?:[/?#]|$)`,
  container: "#app:has(div[data-contact-id])",
  row: "div[data-contact-id]",
  checked: BOX_ON,
  control: BOX,
  contactId: [{ attribute: "data-contact-id", pattern: `^${ID}$` }],
  phone: [{ selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" }],
};

/**
 * Each field of a contact's page stands in an element with its own key for an id. There is none for the whole name, so that
 * of somebody who is not in the directory is the first name alone.
 */
const CONTACT: ContactPageSource = {
  kind: "record",
  at: `${PLACE}/contacts/detail/${ID}(?:[/?#]|$)`,
  name: ["name", "first_name"].map((field) => ({ selector: `[id="contact.${field}"] input`, attribute: "value" })),
  phone: [{ selector: '[id="contact.phone"] input', attribute: "value" }],
};

/** Tabulator draws the rows in view and leaves room for the others; the box in its head ticks those as well. */
const ALL_TICKED = ".tabulator:has(.tabulator-col.selector input:checked) .tabulator-table";

/** HighLevel on its own hosts. The page shows no count of ticked rows that could be relied on. */
export const HIGHLEVEL: RecipeSource = {
  id: "highlevel",
  version: 1,
  hosts: ["*.gohighlevel.com", "*.leadconnectorhq.com"],
  account: { crm: "highlevel", at: `^(?:/v2)?/location/([^/?#]{1,100})` },
  lists: [CONTACTS, CONVERSATIONS, OPPORTUNITIES],
  contactPages: [CONTACT],
  everything: ["padding-bottom", "padding-top"].map((room) => ({
    selector: `${ALL_TICKED}[style*="${room}"]:not([style*="${room}: 0px"])`,
    attribute: "class",
  })),
  recordLink: { base: "^((?:/v2)?/location/[^/]+)/", to: "/contacts/detail/{id}" },
  routeEvents: ["routeLoaded", "routeChangeEvent"],
};

/** The same under an agency's own name, on whatever host: known by its addresses and the element it is drawn into. */
export const HIGHLEVEL_ANYWHERE: RecipeSource = {
  ...HIGHLEVEL,
  id: "highlevel-anywhere",
  hosts: [],
  signature: "#app",
  path: "^(?:/v2)?/location/[A-Za-z0-9]{15,30}/",
};
