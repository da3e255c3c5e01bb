// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { ZOHO } from "../../../../utils/recipes/zoho.ts";
import { ids, openPage } from "./read-page.ts";

const AT = "https://crm.zoho.eu/crm/org20098/tab/Contacts";
const LIST = `${AT}/custom-view/5544330000000087521/list?page=1`;
const DANA = "5544330000000312001";
const LUIS = "5544330000000312002";

const box = (on: boolean) =>
  `<lyte-checkbox><label><input type="checkbox" ${on ? "checked" : ""}></label></lyte-checkbox>`;
const row = (link: string, on: boolean) => `<lyte-exptable-tr data-zcqa="detailView"><lyte-exptable-td>${box(on)}
  </lyte-exptable-td><lyte-exptable-td>${link}</lyte-exptable-td></lyte-exptable-tr>`;
const byId = (id: string) => `<a id="listView_${id}">Dana Wu</a>`;
const table = (rows: string, module = "Contacts") => `<crux-table-component cx-prop-module="${module}">
  <lyte-exptable-tr id="listviewHeaderRow"><lyte-exptable-th>${box(true)}</lyte-exptable-th></lyte-exptable-tr>${rows}
  </crux-table-component>`;

describe("Zoho's contact list", () => {
  it.each([
    ["the link's own id", byId(DANA)],
    ["the link's address", `<a href="/crm/org20098/tab/Contacts/${DANA}">Dana Wu</a>`],
  ])("is read by %s; the box above the list selects nobody", (_, link) => {
    const reader = openPage(ZOHO, LIST, table(row(link, true) + row(byId(LUIS), false)));
    expect(reader.read()).toMatchObject({
      recipeId: "zoho",
      rows: [{ contactId: DANA, name: "Dana Wu", phone: null }],
      unreadable: [],
      recordUrl: `${AT}/{id}`,
    });
  });

  it("lists as unreadable what has neither link nor phone", () => {
    const { rows, unreadable } = openPage(ZOHO, LIST, table(row("Dana Wu", true) + row(byId(LUIS), true))).read();
    expect([rows.length, unreadable]).toEqual([1, ["Dana Wu"]]);
  });
});

describe("Zoho's other pages", () => {
  it("select the contact whose page it is, not what is ticked in a list below", () => {
    expect(ids(openPage(ZOHO, `${AT}/${DANA}`, table(row(byId(LUIS), true), "Deals")))).toEqual([DANA]);
  });

  it.each(["/crm/org20098/tab/Leads/custom-view/1/list", "/crm/org20098/tab/Home"])("%s selects nobody", (path) => {
    expect(ids(openPage(ZOHO, `https://crm.zoho.eu${path}`, table(row(byId(LUIS), true), "Leads")))).toEqual([]);
  });
});
