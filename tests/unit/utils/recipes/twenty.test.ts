// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { TWENTY } from "../../../../utils/recipes/twenty.ts";
import { ids, openPage } from "./read-page.ts";

const AT = "https://twenty.example.com";
const DANA = "20202020-1c25-4d02-bf25-6aeccf7ea419";
const LUIS = "20202020-1c25-4d02-bf25-6aeccf7ea420";

const row = (
  id: string,
  on: boolean,
) => `<div id="row-virtual-index-1"><div class="table-row" data-virtualized-id="${id}">
  <div data-select-disable><input type="checkbox" ${on ? "checked" : ""}></div>
  <a href="/object/person/${id}">Dana Wu</a><a href="tel:+14155550142">(415) 555-0142</a></div></div>`;
const page = (title: string, rows: string) => `<div data-testid="top-bar-title">${title}</div>
  <div><input type="checkbox" checked></div><div id="body">${rows}</div>`;

describe("Twenty's list of people", () => {
  it("is read with the page's own count, whichever language says it", () => {
    const html = page("<div>Personen</div>-&gt;<div>1 ausgewählt</div>", row(DANA, true) + row(LUIS, false));
    expect(openPage(TWENTY, `${AT}/objects/people?viewId=x`, html).read()).toMatchObject({
      recipeId: "twenty",
      rows: [{ contactId: DANA, name: "Dana Wu", phone: "+14155550142" }],
      claimed: 1,
      everything: false,
      unreadable: [],
      changed: false,
      recordUrl: `${AT}/object/person/{id}`,
    });
  });

  it("is observed as a whole, though every row stands in an element of its own", () => {
    const html = page("People", row(DANA, false) + row(LUIS, false));
    const reader = openPage(TWENTY, `${AT}/objects/people`, html);
    reader.read();
    expect(reader.seen().container?.id).toBe("body");
  });

  it("counts all of them when all are selected, loaded or not", () => {
    const html = page("<div>People</div>-&gt;<div>1240 selected</div>", row(DANA, true) + row(LUIS, true));
    const { rows, claimed } = openPage(TWENTY, `${AT}/objects/people`, html).read();
    expect([rows.length, claimed]).toEqual([2, 1240]);
  });

  it("is not mistaken for a list of companies", () => {
    expect(ids(openPage(TWENTY, `${AT}/objects/companies`, page("", row(DANA, true))))).toEqual([]);
  });
});

it("Twenty's page of a person selects that person", () => {
  expect(ids(openPage(TWENTY, `${AT}/object/person/${DANA}`, "<h1>Dana</h1>"))).toEqual([DANA]);
  expect(ids(openPage(TWENTY, `${AT}/object/company/${DANA}`, "<h1>Acme</h1>"))).toEqual([]);
});
