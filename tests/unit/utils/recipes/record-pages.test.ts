// @vitest-environment happy-dom
import type { RecipeSource } from "@partyline/contract/recipe";
import { describe, expect, it } from "vitest";
import { ESPOCRM } from "../../../../utils/recipes/espocrm.ts";
import { HIGHLEVEL } from "../../../../utils/recipes/highlevel.ts";
import { HUBSPOT } from "../../../../utils/recipes/hubspot.ts";
import { SALESFORCE } from "../../../../utils/recipes/salesforce.ts";
import { SAMPLE_CRM } from "../../../../utils/recipes/sample-crm.ts";
import { TWENTY } from "../../../../utils/recipes/twenty.ts";
import { ZOHO } from "../../../../utils/recipes/zoho.ts";
import { openPage } from "./read-page.ts";

const PHONE = "(415) 555-0142";
const MOBILE = "(415) 555-0143";
/** Of a company, an owner, or whoever else the page mentions. */
const OTHER = "(415) 555-0199";
const tel = (phone: string) => `<a href="tel:${phone}">${phone}</a>`;
const UUID = "20202020-1111-4222-8333-123456789012";

const read = (recipe: RecipeSource, address: string, html: string) => openPage(recipe, address, html).read().rows;

const HIGHLEVEL_AT =
  "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/contacts/detail/ocQHyuzHvysMo5N5VsXc";
describe("a contact's page in HighLevel", () => {
  const field = (key: string, value: string) => `<div id="contact.${key}"><input type="text" value="${value}"></div>`;

  it("says phone and first name in fields, which hold what was put into them since", () => {
    const html = field("first_name", "Dana") + field("phone", OTHER) + field("additional_phones", OTHER);
    const reader = openPage(HIGHLEVEL, HIGHLEVEL_AT, html);
    document.querySelector<HTMLInputElement>('[id="contact.phone"] input')!.value = PHONE;
    expect(reader.read().rows).toEqual([{ contactId: "ocQHyuzHvysMo5N5VsXc", name: "Dana", phone: PHONE }]);
  });

  it("has no phone where only others' stand in it", () => {
    expect(read(HIGHLEVEL, HIGHLEVEL_AT, tel(OTHER) + field("owner_phone", OTHER))).toMatchObject([{ phone: null }]);
  });
});

const HUBSPOT_AT = "https://app.hubspot.com/contacts/42/record/0-1/51000000001";
describe("a contact's page in HubSpot", () => {
  const title = '<h2 data-selenium-test="highlightTitle">Dana Wu</h2>';
  const side = (html: string) => `<div data-test-id="left-sidebar">${title}${html}</div>`;
  const company = `<div data-test-id="records-right-sidebar"><h2 data-selenium-test="highlightTitle">Acme</h2>
    <div data-test-id="property-input-phone">${tel(OTHER)}</div></div>`;

  it.each([
    ["a field", `<input type="text" data-selenium-test="property-input-phone" value="${PHONE}">`, PHONE],
    ["a field in it", `<div data-test-id="property-input-phone"><textarea>${PHONE}</textarea></div>`, PHONE],
    ["a link", `<div data-test-id="property-input-phone">${tel(PHONE)} Call</div>`, PHONE],
    ["a text", `<div data-test-id="property-input-phone"><span>${PHONE}</span> ext</div>`, PHONE],
    [
      "the mobile one first",
      `<div data-test-id="property-input-phone">${tel(PHONE)}</div><div data-test-id="property-input-mobilephone">${tel(MOBILE)}</div>`,
      MOBILE,
    ],
    [
      "not the fax",
      `<div data-test-id="property-input-fax"><b data-test-id="property-input-phone-button">${OTHER}</b></div>`,
      null,
    ],
    ["none", tel(OTHER), null],
  ])("says its phone as %s, and nothing of the company's", (_, html, phone) => {
    expect(read(HUBSPOT, HUBSPOT_AT, company + side(html))).toEqual([
      { contactId: "51000000001", name: "Dana Wu", phone },
    ]);
  });
});

const SALESFORCE_AT = "https://harbor-pine.lightning.force.com/lightning/r/Contact/0035e00000AbCdEAAV/view";
describe("a contact's page in Salesforce", () => {
  const field = (key: string, html: string) =>
    `<div data-target-selection-name="sfdc:RecordField.${key}">${html}</div>`;
  const name = (text: string) => field("Contact.Name", `<lightning-formatted-name>${text}</lightning-formatted-name>`);
  const page = (html: string, state = "active") => `<div class="oneContent ${state}">${html}</div>`;
  it.each([
    ["the field", field("Contact.Phone", tel(PHONE)), PHONE],
    ["the mobile one first", field("Contact.Phone", tel(PHONE)) + field("Contact.MobilePhone", tel(MOBILE)), MOBILE],
    [
      "never the account's or an assistant's",
      field("Account.Phone", tel(OTHER)) + field("Contact.AssistantPhone", tel(OTHER)),
      null,
    ],
  ])("says its phone in %s", (_, html, phone) => {
    expect(read(SALESFORCE, SALESFORCE_AT, page(name("Dana Wu") + html))).toEqual([
      { contactId: "0035e00000AbCdEAAV", name: "Dana Wu", phone },
    ]);
  });

  it("is not mixed up with the pages left behind", () => {
    const left = page(name("Luis Ortega") + field("Contact.Phone", tel(OTHER)), "");
    expect(read(SALESFORCE, SALESFORCE_AT, left + page(""))).toMatchObject([{ name: null, phone: null }]);
  });
});

const ZOHO_AT = "https://crm.zoho.eu/crm/org20098/tab/Contacts/5544330000000312001";
describe("a contact's page in Zoho", () => {
  const title = '<div id="titlecard_FULLNAME" cx-prop-value="Dana Wu"></div>';

  it.each([
    ["of its own", `<span id="subvalue_PHONE">${PHONE} Call</span>`, PHONE],
    [
      "that is mobile first",
      `<span id="subvalue_PHONE">${PHONE}</span><span id="headervalue_MOBILE">${MOBILE}</span>`,
      MOBILE,
    ],
    ["never an assistant's", `<span id="subvalue_ASSTPHONE">${OTHER}</span>${tel(OTHER)}`, null],
  ])("says the phone %s", (_, html, phone) => {
    expect(read(ZOHO, ZOHO_AT, title + html)).toEqual([{ contactId: "5544330000000312001", name: "Dana Wu", phone }]);
  });
});

describe("a contact's page in EspoCRM", () => {
  const at = "https://office.harbor-pine.example/crm/#Contact/view/64b1";
  const field = (html: string) =>
    `<div class="cell" data-name="phoneNumber"><div class="field" data-name="phoneNumber">${html}</div></div>`;
  const page = (
    phone: string,
  ) => `<div id="main"><div class="page-header header"><h3><a>Contacts</a> <span class="title">Dana Wu</span></h3></div>
    <div class="record"><div class="detail" data-scope="Contact"><div class="middle">${phone}</div>
    <div class="bottom"><table><tr><td><div class="field" data-name="phoneNumber">${tel(OTHER)}</div></td></tr></table></div></div></div></div>
    <div class="modal"><div class="detail"><div class="middle">${field(tel(OTHER))}</div></div></div>`;

  it("says the phone of its own, not of who is listed below or shown over it", () => {
    expect(read(ESPOCRM, at, page(field(tel(PHONE) + tel(MOBILE))))).toEqual([
      { contactId: "64b1", name: "Dana Wu", phone: PHONE },
    ]);
    expect(read(ESPOCRM, at, page(field("None")))).toMatchObject([{ name: "Dana Wu", phone: null }]);
  });
});

it("a person's page in Twenty says the name in its path, and no phone since it may be anybody's", () => {
  const html = `<div data-testid="top-bar-title"><div>People <span>/ </span></div><div>Dana Wu</div><span>3 of 80</span></div>${tel(OTHER)}`;
  expect(read(TWENTY, `https://people.harbor-pine.example/object/person/${UUID}`, html)).toEqual([
    { contactId: UUID, name: "Dana Wu", phone: null },
  ]);
});

it.each([
  [`${PHONE}  ·  Owner: Maya Chen`, PHONE],
  ["Owner: 415 555 0199 Ltd", null],
])("a contact's page in the sample CRM says its phone below the name: %s", (facts, phone) => {
  const html = `<article class="record"><header><h1>Dana Wu</h1><p class="quiet">${facts}</p></header></article>`;
  expect(read(SAMPLE_CRM, "http://127.0.0.1:4311/contacts/c1", html)).toEqual([
    { contactId: "c1", name: "Dana Wu", phone },
  ]);
});

it("what is not drawn on a contact's page is nobody's words", () => {
  const html = '<div style="display: none"><h1>Luis Ortega</h1></div><h1>Dana Wu</h1>';
  expect(read(SAMPLE_CRM, "http://127.0.0.1:4311/contacts/c1", html)).toMatchObject([{ name: "Dana Wu" }]);
});
