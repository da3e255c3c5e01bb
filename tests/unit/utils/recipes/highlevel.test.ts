// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { createSelectionReader } from "../../../../utils/page/selection-reader.ts";
import { Recipe } from "@partyline/contract/recipe";
import { HIGHLEVEL, HIGHLEVEL_ANYWHERE } from "../../../../utils/recipes/highlevel.ts";

const LOCATION = "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT";
const DANA = "nmFmQEsNgz6AVpgLVUJ1";
const LUIS = "nmFmQEsNgz6AVpgLVUJ2";

function readAt(path: string, html: string) {
  location.href = LOCATION + path;
  document.body.innerHTML = html;
  return createSelectionReader(Recipe.parse(HIGHLEVEL), document).read();
}

const tabulatorRow = (on: boolean, name: string) => `
  <div class="tabulator-row" role="row">
    <div class="tabulator-cell selector"><input type="checkbox" ${on ? "checked" : ""}></div>
    <div class="tabulator-cell" tabulator-field="name">${name}</div>
    <div class="tabulator-cell" tabulator-field="phone">(415) 555-0142</div>
    <div class="tabulator-cell" tabulator-field="newsletter"><input type="checkbox" checked></div>
  </div>`;
const tabulator = (rows: string) => `<div class="tabulator">
  <div class="tabulator-headers" role="row"><div class="tabulator-col selector" role="columnheader"><input
    type="checkbox" checked></div></div>${rows}</div>`;

describe("HighLevel's contact list", () => {
  beforeEach(() => document.body.replaceChildren());

  it.each([
    ["a name cell with an id", (id: string, name: string) => `<span data-id="${id}">${name}</span>`],
    [
      "a link to the contact",
      (id: string, name: string) =>
        `<a class="contact-name-link" href="/v2/location/x/contacts/detail/${id}?view=1">${name}</a>`,
    ],
  ])("is read from Tabulator rows that have %s; other boxes in a row select nobody", (_, nameCell) => {
    const rows = tabulatorRow(true, nameCell(DANA, "Dana Wu")) + tabulatorRow(false, nameCell(LUIS, "Luis Ortega"));
    expect(readAt("/contacts/smart_list/All", tabulator(rows))).toEqual({
      recipeId: "highlevel",
      account: { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" },
      rows: [{ contactId: DANA, name: "Dana Wu", phone: "(415) 555-0142" }],
      claimed: null,
      everything: false,
      unreadable: [],
      changed: false,
      unusable: false,
      recordUrl: `${LOCATION}/contacts/detail/{id}`,
    });
  });

  it.each([
    ["a native box", `<tr><td><input type="checkbox" checked></td>`],
    ["a box with a role", `<tr><td><button role="checkbox" aria-checked="true"></button></td>`],
    ["a selected row", `<tr aria-selected="true"><td></td>`],
  ])("is read from a plain table with %s", (_, begin) => {
    const link = (id: string) => `<td><a href="/v2/location/x/contacts/detail/${id}">Somebody</a></td></tr>`;
    const html = `<table><thead><tr><th><input type="checkbox" checked></th><th>Name</th></tr></thead>
      <tbody>${begin}${link(DANA)}<tr><td><input type="checkbox"></td>${link(LUIS)}</tbody></table>`;
    expect(readAt("/contacts/smart_list/All", html).rows.map(({ contactId }) => contactId)).toEqual([DANA]);
  });

  it.each(["table", "div"])("takes nobody for a box of another column that is on, in the rows of a %s", (kind) => {
    const [row, cell] = kind === "table" ? ["tr", "td"] : ['div role="row"', "div"];
    const of = (id: string, on: string) => `<${row}><${cell}><input type="checkbox" ${on}></${cell}>
      <${cell}><a href="/v2/location/x/contacts/detail/${id}">Somebody</a></${cell}>
      <${cell}><input type="checkbox" checked disabled></${cell}></${row.split(" ")[0]}>`;
    const rows = of(DANA, "") + of(LUIS, "checked");
    const html = kind === "table" ? `<table><tbody>${rows}</tbody></table>` : `<div role="grid">${rows}</div>`;
    expect(readAt("/contacts/smart_list/All", html).rows.map(({ contactId }) => contactId)).toEqual([LUIS]);
  });

  it("counts a ticked row that names nobody as unreadable", () => {
    const html = tabulator(tabulatorRow(true, "Nobody").replace("(415) 555-0142", ""));
    expect(readAt("/contacts/smart_list/All", html)).toMatchObject({ rows: [], unreadable: ["Nobody"] });
  });
});

describe("HighLevel's box for all rows", () => {
  const everything = (style: string) => {
    const row = tabulatorRow(true, `<i data-id="${DANA}"></i>`);
    const html = tabulator(`<div class="tabulator-table" style="${style}">${row}</div>`);
    return readAt("/contacts/smart_list/All", html).everything;
  };

  it("ticks rows that are not drawn as well, and says so only where there are some", () => {
    expect(everything("padding-top: 0px; padding-bottom: 2960px;")).toBe(true);
    expect(everything("padding-top: 370px; padding-bottom: 0px;")).toBe(true);
    expect(everything("padding-top: 0px; padding-bottom: 0px;")).toBe(false);
    expect(everything("")).toBe(false);
  });
});

describe("HighLevel's other pages", () => {
  const card = (id: string, contact: string, open: boolean, ticked: boolean) => `
    <div class="card"><div data-conversation-id="${id}" data-is-active="${open}" contactid="${contact}" fullname="Dana Wu">
    <input type="checkbox" id="conversation-card-checkbox-${id}" ${ticked ? "checked" : ""}></div></div>`;

  it("select the contact of the open conversation where none is ticked", () => {
    const html = `<div class="cards">${card("c1", DANA, true, false)}${card("c2", LUIS, false, false)}</div>`;
    const { rows } = readAt("/conversations/conversations/c1", html);
    expect(rows).toEqual([{ contactId: DANA, name: "Dana Wu", phone: null }]);
  });

  it("select the ticked conversations instead of the open one", () => {
    const html = `<div class="cards">${card("c1", DANA, true, false)}${card("c2", LUIS, false, true)}</div>`;
    const { rows } = readAt("/conversations/conversations/c1", html);
    expect(rows.map(({ contactId }) => contactId)).toEqual([LUIS]);
  });

  it("select the contacts of the deals that are ticked, in any stage", () => {
    const deal = (id: string, on: boolean) =>
      `<section><div data-contact-id="${id}"><input type="checkbox" ${on ? "checked" : ""}></div></section>`;
    const html = `<div id="app">${deal(DANA, true)}${deal(LUIS, false)}${deal("nmFmQEsNgz6AVpgLVUJ3", true)}</div>`;
    const { rows } = readAt("/opportunities/list", html);
    expect(rows.map(({ contactId }) => contactId)).toEqual([DANA, "nmFmQEsNgz6AVpgLVUJ3"]);
  });

  it("select nobody for a deal whose second box is on", () => {
    const html = `<div id="app"><div data-contact-id="${DANA}"><input type="checkbox"><input type="checkbox" checked></div></div>`;
    expect(readAt("/opportunities/list", html).rows).toEqual([]);
  });

  it("are not mistaken for lists of contacts where they list something else", () => {
    const companies = tabulator(tabulatorRow(true, `<span data-id="${DANA}">Acme</span>`));
    expect(readAt("/contacts/companies", companies)).toMatchObject({ rows: [], changed: false });
  });

  it("select the contact whose page it is", () => {
    expect(readAt(`/contacts/detail/${DANA}`, "<h1>Dana</h1>").rows).toEqual([
      { contactId: DANA, name: null, phone: null },
    ]);
    expect(readAt("/opportunities/list", "<h1>Deals</h1>").rows).toEqual([]);
  });
});

it("HighLevel's contact has the phone that is kept, and none while somebody types another one", () => {
  location.href = `${LOCATION}/contacts/detail/${DANA}`;
  document.body.innerHTML = '<div id="contact.phone"><input type="tel"></div>';
  const phone = document.querySelector("input")!;
  phone.value = "(415) 555-0142";
  const reader = createSelectionReader(Recipe.parse(HIGHLEVEL), document);
  expect(reader.read().rows).toEqual([{ contactId: DANA, name: null, phone: "(415) 555-0142" }]);
  phone.focus();
  phone.value = "(415) 555-01";
  expect(reader.read().rows).toEqual([{ contactId: DANA, name: null, phone: null }]);
});

it.each([HIGHLEVEL, HIGHLEVEL_ANYWHERE])("the recipe $id is a valid one", (recipe) => {
  expect(Recipe.safeParse(recipe).error).toBeUndefined();
});

it.each([
  ["a list", "/v2/location/Kq2mTz81LwYvNcRb5XhD/contacts/smart_list/All"],
  ["an older address", "/location/Kq2mTz81LwYvNcRb5XhD/contacts/smart_list/All"],
  ["somebody's own page", `/v2/location/Kq2mTz81LwYvNcRb5XhD/contacts/detail/${DANA}`],
  ["conversations", "/v2/location/Kq2mTz81LwYvNcRb5XhD/conversations/conversations"],
  ["deals", "/v2/location/Kq2mTz81LwYvNcRb5XhD/opportunities/list?view=1"],
])("HighLevel's address of %s tells its location", (_, path) => {
  for (const [recipe, host] of [
    [HIGHLEVEL, "app.gohighlevel.com"],
    [HIGHLEVEL_ANYWHERE, "crm.harbor-pine.example"],
  ] as const) {
    location.href = `https://${host}${path}`;
    document.body.innerHTML = "<div id=app></div>";
    const { account } = createSelectionReader(Recipe.parse(recipe), document).read();
    expect(account).toEqual({ crm: "highlevel", id: "Kq2mTz81LwYvNcRb5XhD" });
  }
});

it("a page of HighLevel's without a location tells none", () => {
  location.href = "https://app.gohighlevel.com/settings/profile";
  expect(createSelectionReader(Recipe.parse(HIGHLEVEL), document).read().account).toBeNull();
});
