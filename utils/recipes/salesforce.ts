import type { ContactPageSource, ListSource, RecipeSource } from "@partyline/contract/recipe";

/** Ids begin with the kind of record they name; contacts' with 003. */
const ID = "(003[A-Za-z0-9]{12,15})";
/** Pages left behind stay in the document, hidden and with whatever was ticked in them. */
const TABLE = 'table[role="grid"][data-num-rows]:not(.oneContent:not(.active) *)';

/** Lists of contacts, and those of the contacts that belong to some other record. */
const CONTACTS: ListSource = {
  kind: "contacts",
  at: "^/lightning/(?:o/Contact/|r/[A-Za-z0-9_/]{15,80}/related/Contacts/)",
  container: TABLE,
  row: 'tbody tr:not([data-row-key-value="HEADER"])',
  // The row says so itself: cells have boxes and states of their own.
  checked: 'tr[aria-selected="true"], tr.slds-is-selected',
  contactId: [
    { attribute: "data-row-key-value", pattern: `^${ID}$` },
    { selector: "a[data-recordid]", attribute: "data-recordid", pattern: `^${ID}$` },
    { selector: 'a[href*="/lightning/r/"]', attribute: "href", pattern: `/lightning/r/(?:Contact/)?${ID}/` },
  ],
  name: [{ selector: 'th[scope="row"]' }],
  phone: [{ selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" }],
  columns: { name: "^(?:sort by )?name\\b", phone: "phone|mobile" },
};

/** What is open; an account may be open around its contact, with fields of its own, and so may pages left behind. */
const PAGE = ":is(.oneContent, .lafPageHost)";
const open = (part: string) => `${PAGE}.active ${part}:not(${PAGE}:not(.active) *)`;
const field = (name: string) => open(`[data-target-selection-name="sfdc:RecordField.Contact.${name}"]`);
/** A field of those above the tabs tells only by its label what it is; more than one are counted: `Phone (2)`. */
const highlight = (label: string) =>
  open(`records-highlights-details-item:has(:is([title="${label}"], [title^="${label} ("]))`);

const CONTACT: ContactPageSource = {
  kind: "record",
  at: `^/lightning/r/(?:Contact/)?${ID}/view(?:[/?#]|$)`,
  name: [
    { selector: `${field("Name")} lightning-formatted-name` },
    { selector: `${open("records-lwc-highlights-panel")} h1 lightning-formatted-name` },
  ],
  phone: [field("MobilePhone"), field("Phone"), highlight("Mobile"), highlight("Phone")].map((place) => ({
    selector: `${place} a[href^="tel:"]`,
    attribute: "href",
    pattern: "^tel:(.+)$",
  })),
};

export const SALESFORCE: RecipeSource = {
  id: "salesforce",
  version: 1,
  hosts: ["*.lightning.force.com"],
  lists: [CONTACTS],
  contactPages: [CONTACT],
  count: [{ selector: TABLE, attribute: "data-num-selected-rows", pattern: "^([0-9]+)$" }],
  recordLink: { to: "/lightning/r/Contact/{id}/view" },
};
