// @vitest-environment happy-dom
import { Recipe } from "@partyline/contract/recipe";
import { beforeEach, describe, expect, it } from "vitest";
import { createSelectionReader } from "../../../../utils/page/selection-reader.ts";
import { GENERIC } from "../../../../utils/recipes/generic.ts";

const RECIPE = Recipe.parse(GENERIC);
const PHONE = "(415) 555-0142";

function readAt(path: string, html: string) {
  location.href = `https://crm.example.com${path}`;
  document.body.innerHTML = html;
  return createSelectionReader(RECIPE, document).read();
}
const read = (html: string) => readAt("/people", html);

beforeEach(() => document.body.replaceChildren());

describe("who is selected in a CRM that nobody described", () => {
  it.each(['class="selected"', 'aria-selected="true"'])("takes no row with %s whose own box is off", (mark) => {
    const row = (id: string, box: string, is: string) =>
      `<tr ${is}><td><input type="checkbox" ${box}></td><td><a href="/contacts/${id}">P</a></td></tr>`;
    expect(read(`<table>${row("p1", "", mark)}${row("p2", "checked", "")}</table>`).rows).toMatchObject([
      { contactId: "p2" },
    ]);
  });

  it.each([
    ["/contacts", "103"],
    ["/app/#Lead/list", "103"],
    ["/deals", null],
    ["/contacts/12/deals", null],
    ["/contactlists", null],
    ["/deals?back=/contacts", null],
  ])("at %s takes an id that may be anything's for %s", (path, contactId) => {
    const row = `<table><tr data-id="103"><td><input type="checkbox" checked></td><td>Deal</td><td>${PHONE}</td></tr></table>`;
    expect(readAt(path, row).rows).toMatchObject([{ contactId, phone: PHONE }]);
  });

  it.each([
    ['<tr data-contact-id="d1">', ""],
    ["<tr>", '<a href="/people/d1">Dana</a>'],
    ["<tr>", '<a href="/show?contact_id=d1">Dana</a>'],
    ["<tr>", '<a href="index.php?module=Contacts&action=DetailView&record=d1">Dana</a>'],
  ])("takes a person's id anywhere, from %s%s", (row, link) => {
    const html = `<table>${row}<td><input type="checkbox" checked></td><td>${link}</td></tr></table>`;
    expect(readAt("/deals", html).rows).toMatchObject([{ contactId: "d1" }]);
  });

  it.each([
    ["128 contacts, 3 selected", 3],
    ["Page 2 of 10. 3 selected", 3],
    ["12 Selected", 12],
    ["Selected: 3", 3],
    ["2 of 40 row(s) selected.", 2],
    ["1\u202f234 contacts selected", 1234],
    ["2 of 1 240 rows selected", 2],
    ["Selected: 1 234", 1234],
    ["3 filters selected", null],
    ["128 contacts, none selected", null],
    ["Selected: 2026-01-03", null],
  ])("reads from “%s” that %s are selected", (says, claimed) => {
    const row = `<table><tr><td><input type="checkbox" checked></td><td>${PHONE}</td></tr></table>`;
    expect(read(`<div role="status">${says}</div>${row}`).claimed).toBe(claimed);
  });

  it("lets the box of a row decide that stands in another part of it than its mark", () => {
    const part = (index: number, is: string, cell: string) =>
      `<div role="row" aria-rowindex="${index}" ${is}><div role="gridcell">${cell}</div></div>`;
    const box = (on: string) => `<input type="checkbox" ${on}>`;
    const html = `<div role="grid"><div>${part(2, "", box(""))}${part(3, "", box("checked"))}</div>
      <div>${part(2, 'aria-selected="true" data-id="p1"', "P")}${part(3, 'data-id="p2"', "P")}</div></div>`;
    expect(read(html).rows).toMatchObject([{ contactId: "p2" }]);
  });

  it("forgets nobody for a number that may be of something else", () => {
    const row = (id: string, on: string) =>
      `<tr><td><input type="checkbox" ${on}></td><td><a href="/contacts/${id}">P</a></td></tr>`;
    const says = (text: string) => `<p role="status">${text}</p>`;
    location.href = "https://crm.example.com/people";
    const reader = createSelectionReader(RECIPE, document);
    const draw = (text: string, rows: string) => {
      document.body.innerHTML = `${says(text)}<table>${rows}</table>`;
      const { rows: known, claimed } = reader.read();
      return [known.length, claimed];
    };
    expect(draw("1 view selected", row("p1", "checked") + row("p2", "checked"))).toEqual([2, null]);
    expect(draw("1 view selected", row("p3", "checked"))).toEqual([3, 1]);
    // Once it was theirs it is believed, as long as it is shown.
    expect(draw("3 selected", row("p3", "checked"))).toEqual([3, 3]);
    expect(draw("Saved", row("p3", "checked"))).toEqual([3, null]);
    expect(draw("1 selected", row("p3", "checked"))).toEqual([1, 1]);
  });
});
