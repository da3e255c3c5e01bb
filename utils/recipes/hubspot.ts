import type { ContactPageSource, ListSource, RecipeSource } from "@partyline/contract/recipe";

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

/** The column about the contact; the other ones are about companies and other people, too. */
const SIDE = ':is([data-test-id="left-sidebar"], [data-scroll-trackable-container="left-sidebar"])';
const property = (name: string) =>
  `${SIDE} :is([data-test-id="property-input-${name}"], [data-selenium-test="property-input-${name}"])`;

/** Fields to type into in one generation, texts and links in another. */
const CONTACT: ContactPageSource = {
  kind: "record",
  at: `^/contacts/[0-9]+/(?:record/0-1|contact)/${ID}(?:[/?#]|$)`,
  name: [{ selector: `${SIDE} [data-selenium-test="highlightTitle"]` }, { selector: "h1" }],
  phone: ["mobilephone", "phone"].map(property).flatMap((field) => [
    { selector: field, attribute: "value" },
    { selector: `${field} :is(input, textarea)`, attribute: "value" },
    { selector: `${field} a[href^="tel:"]`, attribute: "href", pattern: "^tel:(.+)$" },
    { selector: field, pattern: "^([+(]?[0-9][0-9 ().-]{5,20}[0-9])" },
  ]),
};

export const HUBSPOT: RecipeSource = {
  id: "hubspot",
  version: 1,
  hosts: ["*.hubspot.com"],
  lists: [CONTACTS],
  contactPages: [CONTACT],
  count: [
    { selector: BARS, pattern: `(${NUMBER}) selected` },
    { selector: BARS, pattern: `All (${NUMBER}) .{1,60} selected` },
    // In any other language: the bar begins with the number.
    { selector: BARS, pattern: `^(${NUMBER}) ` },
  ],
  everything: [{ selector: BARS, pattern: `(All ${NUMBER} .{1,60} selected)` }],
  recordLink: { base: "^(/contacts/[0-9]+)/", to: "/record/0-1/{id}" },
};
