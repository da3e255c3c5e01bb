// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { PIPEDRIVE } from "../../../../utils/recipes/pipedrive.ts";
import { ids, openPage } from "./read-page.ts";

const AT = "https://acme.pipedrive.com";
const LIST = `${AT}/persons/list/user/everyone`;

const cell = (row: number, column: number, html: string, test = "") =>
  `<div data-cy="grid-cell-column-${row}-${column}" ${test && `data-test="${test}"`}>${html}</div>`;
const box = (row: number, on: boolean) => cell(row, 0, `<input type="checkbox" ${on ? "checked" : ""}>`);
const name = (row: number, id: number, text: string) =>
  cell(row, 1, `<a href="/person/${id}?from=list">${text}</a>`, "person.name");
const phone = (row: number, number: string) => cell(row, 2, number, "person.phone");

const page = (frozen: string, scrolling: string, above = "") =>
  `<main><div role="columnheader">${above}</div><div class="frozen">${frozen}</div><div>${scrolling}</div></main>`;
const TWO_ROWS = name(1, 7, "Dana Wu") + box(11, false) + name(11, 8, "Luis Ortega");
const PHONES = phone(1, "(415) 555-0142") + phone(11, "(628) 555-0110");

describe("Pipedrive's list of people", () => {
  it("is read across its two trees of columns, joined by the row's number", () => {
    const reader = openPage(PIPEDRIVE, LIST, page(box(1, true) + TWO_ROWS, PHONES));
    expect(reader.read()).toMatchObject({
      recipeId: "pipedrive",
      rows: [{ contactId: "7", name: "Dana Wu", phone: "(415) 555-0142" }],
      unreadable: [],
      changed: false,
      recordUrl: `${AT}/person/{id}`,
    });
  });

  it("is read whichever of its trees the boxes are in", () => {
    const reader = openPage(PIPEDRIVE, LIST, page(TWO_ROWS, PHONES + box(1, true)));
    expect(ids(reader)).toEqual(["7"]);
  });

  it("takes nobody for a box of a later cell that is on", () => {
    const field = (row: number) => cell(row, 3, '<input type="checkbox" checked>');
    const frozen = box(1, false) + name(1, 7, "Dana Wu") + box(2, true) + name(2, 8, "Luis Ortega");
    expect(ids(openPage(PIPEDRIVE, LIST, page(frozen, field(1) + field(2))))).toEqual(["8"]);
  });

  it("forgets who scrolled away when all boxes in sight go off at once, but not when one does", () => {
    const show = (...rows: [row: number, on: boolean][]) => {
      const cells = rows.map(([at, on]) => box(at, on) + name(at, at, "Somebody"));
      document.body.innerHTML = page(cells.join(""), "");
    };
    const reader = openPage(PIPEDRIVE, LIST, "");
    show([1, true], [2, true]);
    expect(ids(reader)).toEqual(["1", "2"]);
    show([5, true], [6, true], [7, true]);
    expect(ids(reader)).toEqual(["1", "2", "5", "6", "7"]);
    show([5, true], [6, true], [7, false]);
    expect(ids(reader)).toEqual(["1", "2", "5", "6"]);
    show([5, false], [6, false], [7, false]);
    expect(ids(reader)).toEqual([]);
  });

  it("says that everything is selected when the box above the list is on", () => {
    const on = page(box(1, true) + TWO_ROWS, PHONES, '<input type="checkbox" checked>');
    expect(openPage(PIPEDRIVE, LIST, on).read().everything).toBe(true);
    expect(openPage(PIPEDRIVE, LIST, page(box(1, true) + TWO_ROWS, PHONES)).read().everything).toBe(false);
  });

  it("reports a changed page where boxes are on outside of every cell", () => {
    const apart = (row: string) => `<div><div><input type="checkbox" checked></div>${row}</div>`;
    const frozen = apart(name(1, 7, "Dana Wu")) + apart(name(2, 8, "Luis Ortega"));
    expect(openPage(PIPEDRIVE, LIST, page(frozen, PHONES)).read()).toMatchObject({ rows: [], changed: true });
  });
});

it("Pipedrive's page of a person selects that person, others nobody", () => {
  expect(ids(openPage(PIPEDRIVE, `${AT}/person/31`, "<h1>Dana</h1>"))).toEqual(["31"]);
  expect(ids(openPage(PIPEDRIVE, `${AT}/organization/31`, "<h1>Acme</h1>"))).toEqual([]);
});
