import type { ListSource, RecipeSource } from "@partyline/contract/recipe";

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

export const SALESFORCE: RecipeSource = {
  id: "salesforce",
  version: 1,
  hosts: ["*.lightning.force.com"],
  lists: [CONTACTS],
  contactPages: [{ kind: "record", at: `^/lightning/r/(?:Contact/)?${ID}/view(?:[/?#]|$)` }],
  count: [{ selector: TABLE, attribute: "data-num-selected-rows", pattern: "^([0-9]+)$" }],
  recordLink: { to: "/lightning/r/Contact/{id}/view" },
};
