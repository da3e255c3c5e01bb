// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { SALESFORCE } from "../../../../utils/recipes/salesforce.ts";
import { ids, openPage } from "./read-page.ts";

const ORG = "https://harbor-pine.lightning.force.com";
const LIST = `${ORG}/lightning/o/Contact/list?filterName=__Recent`;
const DANA = "003Kd00000a1B2C001";
const LUIS = "003Kd00000a1B2C002";
const ACCOUNT = "001Kd00000c9Z9Z001";

const row = (attributes: string, name: string) =>
  `<tr ${attributes}><td><input type="checkbox"></td><th scope="row">${name}</th>
  <td><a href="/lightning/r/${ACCOUNT}/view" data-recordid="${ACCOUNT}">Acme</a></td><td>(415) 555-0142</td></tr>`;
const table = (
  rows: string,
  selected: number,
) => `<table role="grid" data-num-rows="2" data-num-selected-rows="${selected}">
  <thead><tr data-row-key-value="HEADER"><th></th><th>Sort by: Name</th><th>Account Name</th><th>Phone</th></tr></thead>
  <tbody>${rows}</tbody></table>`;
const page = (html: string) => `<div class="oneContent active">${html}</div>`;

describe("Salesforce's list of contacts", () => {
  it.each([
    ["the row's key", (id: string) => [`data-row-key-value="${id}"`, "Dana Wu"]],
    ["the link's record", (id: string) => ["", `<a data-recordid="${id}" href="#">Dana Wu</a>`]],
    ["the link's address", (id: string) => ["", `<a href="/lightning/r/${id}/view">Dana Wu</a>`]],
    ["the link's whole address", (id: string) => ["", `<a href="/lightning/r/Contact/${id}/view">Dana Wu</a>`]],
  ])("is read by %s", (_, place) => {
    const [dana, luis] = [DANA, LUIS].map(place);
    const rows = row(`aria-selected="true" ${dana?.[0]}`, dana?.[1] ?? "") + row(luis?.[0] ?? "", luis?.[1] ?? "");
    expect(openPage(SALESFORCE, LIST, page(table(rows, 1))).read()).toMatchObject({
      rows: [{ contactId: DANA, name: "Dana Wu", phone: "(415) 555-0142" }],
      claimed: 1,
      unreadable: [],
      changed: false,
      recordUrl: `${ORG}/lightning/r/Contact/{id}/view`,
    });
  });

  it("is read where only a class marks the row", () => {
    const rows = row(`class="slds-hint-parent slds-is-selected" data-row-key-value="${DANA}"`, "Dana Wu");
    expect(ids(openPage(SALESFORCE, LIST, page(table(rows, 1))))).toEqual([DANA]);
  });

  it("names nobody by what is no contact's id", () => {
    const rows = row(`aria-selected="true" data-row-key-value="${ACCOUNT}"`, "Acme").replace("(415) 555-0142", "");
    expect(openPage(SALESFORCE, LIST, page(table(rows, 1))).read()).toMatchObject({ rows: [], changed: true });
  });

  it("is read among the records of an account, and not mistaken for a list of accounts", () => {
    const html = page(table(row(`aria-selected="true" data-row-key-value="${DANA}"`, "Dana Wu"), 1));
    const related = `${ORG}/lightning/r/Account/${ACCOUNT}/related`;
    expect(ids(openPage(SALESFORCE, `${related}/Contacts/view`, html))).toEqual([DANA]);
    expect(ids(openPage(SALESFORCE, `${related}/Opportunities/view`, html))).toEqual([]);
    expect(ids(openPage(SALESFORCE, `${ORG}/lightning/o/Account/list`, html))).toEqual([]);
  });
});

it("Salesforce's page of a contact selects that contact, by an id of either length", () => {
  expect(ids(openPage(SALESFORCE, `${ORG}/lightning/r/Contact/${DANA}/view`, ""))).toEqual([DANA]);
  expect(ids(openPage(SALESFORCE, `${ORG}/lightning/r/003Kd00000a1B2C/view`, ""))).toEqual(["003Kd00000a1B2C"]);
  expect(ids(openPage(SALESFORCE, `${ORG}/lightning/r/Account/${ACCOUNT}/view`, ""))).toEqual([]);
});
