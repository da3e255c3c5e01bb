import type { ListSource, RecipeSource } from "@partyline/contract/recipe";

const ID = "([0-9]{1,20})";
const LINK = 'a[href*="/record/0-1/"]';
/** A row in which an id stands, whichever of the places that have been seen it stands in. */
const KNOWN_ROW = `[data-row-key], [data-object-id], [data-test-object-id], [data-test-id^="row-"], ${LINK}`;
/** With whatever a language puts between its thousands. */
const NUMBER = "[0-9][0-9.,'’]{0,12}(?:\\s[0-9][0-9][0-9]|)(?:\\s[0-9][0-9][0-9]|)";
const BARS = '[data-test-id*="bulk-actions"], [data-selenium-test*="bulk-actions"]';

/** Contacts are kind `0-1` of record: lists of companies, deals and tickets look the same and are not read. */
const CONTACTS: ListSource = {
  kind: "contacts",
  at: "^/contacts/[0-9]+/objects/0-1(?:/|$)",
  container: `table:has(${KNOWN_ROW}), [role="table"]:has(${KNOWN_ROW}), [role="grid"]:has(${KNOWN_ROW})`,
  row: 'tbody tr, [role="row"]:not(tr):not(:has([role="columnheader"]))',
  checked:
    'input[type="checkbox"]:checked, [role="checkbox"][aria-checked="true"], :is(tr, [role="row"])[aria-selected="true"]',
  // A column may show boxes, too, and the cell that has the focus says that it is selected.
  control: 'input[type="checkbox"], [role="checkbox"]',
  contactId: [
    { attribute: "data-row-key", pattern: `^${ID}$` },
    { attribute: "data-object-id", pattern: `^${ID}$` },
    { attribute: "data-test-object-id", pattern: `^${ID}$` },
    { attribute: "data-test-id", pattern: `^row-${ID}$` },
    { selector: LINK, attribute: "href", pattern: `/record/0-1/${ID}(?:[/?#]|$)` },
  ],
  name: [{ selector: LINK }],
  phone: [{ selector: 'a[href^="tel:"]', attribute: "href", pattern: "^tel:(.+)$" }],
  columns: { name: "^name\\b", phone: "phone" },
};

export const HUBSPOT: RecipeSource = {
  id: "hubspot",
  version: 1,
  hosts: ["*.hubspot.com"],
  lists: [CONTACTS],
  contactPages: [
    { kind: "record", at: `^/contacts/[0-9]+/(?:record/0-1|contact)/${ID}(?:[/?#]|$)`, name: [{ selector: "h1" }] },
  ],
  count: [
    { selector: BARS, pattern: `(${NUMBER}) selected` },
    { selector: BARS, pattern: `All (${NUMBER}) .{1,60} selected` },
    // In any other language: the bar begins with the number.
    { selector: BARS, pattern: `^(${NUMBER}) ` },
  ],
  everything: [{ selector: BARS, pattern: `(All ${NUMBER} .{1,60} selected)` }],
  recordLink: { base: "^(/contacts/[0-9]+)/", to: "/record/0-1/{id}" },
};
