// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { createSelectionReader } from "../../../utils/page/selection-reader.ts";
import { Recipe } from "@partyline/contract/recipe";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";

interface Row {
  id: string | null;
  on: boolean;
  name?: string;
  phone?: string;
}

/** The sample CRM's markup with these rows in the document. */
function draw(rows: Row[], count: number | null): void {
  const drawn = rows.map(
    ({ id, on, name, phone }) => `
    <div role="row" class="contact-row" ${id === null ? "data-contact-id" : `data-contact-id="${id}"`}>
      <input type="checkbox" ${on ? "checked" : ""}>
      <a class="contact-name" ${id === null ? "" : `href="/contacts/${id}"`}>${name ?? ""}</a>
      <div class="cell-phone">${phone === undefined ? "" : `<span class="number">${phone}</span>`}</div>
    </div>`,
  );
  const bar = count === null ? "" : `<span class="selection-count">${count.toLocaleString("en-US")} selected</span>`;
  document.body.innerHTML = `<div>${bar}</div><div class="contact-table">${drawn.join("")}</div>`;
}

const DANA: Row = { id: "c1", on: true, name: " Dana\n  Wu ", phone: "(415) 555-0142" };
const LUIS: Row = { id: "c2", on: true, name: "Luis Ortega", phone: "(628) 555-0110" };

let clock: number;
let reader: ReturnType<typeof createSelectionReader>;
beforeEach(() => {
  location.href = "http://127.0.0.1:4311/contacts";
  clock = 0;
  reader = createSelectionReader(Recipe.parse(SAMPLE_CRM), document, () => clock);
});
const readIds = () => reader.read().rows.map(({ contactId }) => contactId);

test("ticked rows are read with id, name and phone, and the page's own count", () => {
  draw([DANA, { ...LUIS, on: false }], 1);
  expect(reader.read()).toEqual({
    recipeId: "sample-crm",
    account: null,
    rows: [{ contactId: "c1", name: "Dana Wu", phone: "(415) 555-0142" }],
    claimed: 1,
    everything: false,
    unreadable: [],
    changed: false,
    unusable: false,
    recordUrl: "http://127.0.0.1:4311/contacts/{id}",
  });
});

test("a box ticked by the page's own script counts, whatever its attribute says", () => {
  draw([{ ...DANA, on: false }], 1);
  document.querySelector("input")!.checked = true;
  expect(readIds()).toEqual(["c1"]);
});

test("a row that scrolled away still counts", () => {
  draw([DANA], 1);
  reader.read();
  draw([LUIS], 2);
  expect(readIds()).toEqual(["c1", "c2"]);
});

test("a row that comes back unticked no longer counts", () => {
  draw([DANA, LUIS], 2);
  reader.read();
  draw([{ ...DANA, on: false }, LUIS], 1);
  expect(readIds()).toEqual(["c2"]);
});

test("rows that were never in the document are claimed but not read", () => {
  draw([DANA, LUIS], 1240);
  const { rows, claimed } = reader.read();
  expect([rows.length, claimed]).toEqual([2, 1240]);
});

test("clearing the selection while rows are away forgets them", () => {
  draw([DANA], 1);
  reader.read();
  draw([{ ...LUIS, on: false }], null);
  expect(readIds()).toEqual([]);
});

test("fewer than remembered leaves only what can be seen", () => {
  draw([DANA], 1);
  reader.read();
  draw([LUIS], 1);
  expect(readIds()).toEqual(["c2"]);
});

test("a row without an id is read by its phone, and one with neither is counted as unreadable", () => {
  draw(
    [
      { id: null, on: true, name: "Jo", phone: "+1 876 555 0100" },
      { id: null, on: true },
    ],
    2,
  );
  expect(reader.read()).toMatchObject({
    rows: [{ contactId: null, name: "Jo", phone: "+1 876 555 0100" }],
    unreadable: [null],
  });
});

test("where the row has no id of its own, its link gives it", () => {
  document.body.innerHTML = `<span class="selection-count">1 selected</span><div class="contact-table"><div
    class="contact-row" data-contact-id=""><input type="checkbox" checked><a class="contact-name"
    href="/contacts/c9?tab=1">Ana</a></div></div>`;
  expect(readIds()).toEqual(["c9"]);
});

test("of a list that keeps all its rows in the document, what is not ticked any more is not selected", () => {
  const many = Array.from({ length: 600 }, (_, index) => ({ id: `m${index}`, on: index < 3 }));
  draw(many, null);
  expect(readIds()).toEqual(["m0", "m1", "m2"]);
  document.querySelector("input")!.checked = false;
  expect(readIds()).toEqual(["m1", "m2"]);
});

test("of ten thousand ticked rows a thousand are read, and all are counted", () => {
  draw(
    Array.from({ length: 1_200 }, (_, index) => ({ id: `m${index}`, on: true })),
    null,
  );
  const { rows, claimed } = reader.read();
  expect([rows.length, claimed]).toEqual([1_000, 1_200]);
});

test("of a list with all of its rows in the document, no more are gone through than are needed", () => {
  draw(
    Array.from({ length: 3_000 }, (_, index) => ({ id: `m${index}`, on: true })),
    null,
  );
  const walked = vi.spyOn(Element.prototype, "closest");
  const { rows, claimed } = reader.read();
  expect([rows.length, claimed]).toEqual([1_000, 3_000]);
  // Those that are ticked, then the first and the last ones.
  expect(walked.mock.calls.length).toBeLessThanOrEqual(2_000 + 600);
  walked.mockRestore();
});

test("a row that had only its phone at first is one row once its id is there", () => {
  draw([{ ...DANA, id: null }], 1);
  reader.read();
  draw([DANA], 1);
  expect(reader.read().rows).toEqual([{ contactId: "c1", name: "Dana Wu", phone: "(415) 555-0142" }]);
});

test("a row that had only its phone at first is one row once its name is there", () => {
  draw([{ ...DANA, id: null, name: "" }], 1);
  reader.read();
  draw([{ ...DANA, id: null }], 1);
  expect(reader.read().rows).toEqual([{ contactId: null, name: "Dana Wu", phone: "(415) 555-0142" }]);
});

test.each([null, "c7"])("two who share a phone are two, whether or not one has an id: %s", (id) => {
  const phone = "(415) 555-0177";
  const [jane, john] = [
    { id: null, on: true, name: "Jane Roe", phone },
    { id, on: true, name: "John Roe", phone },
  ];
  draw([jane, john], null);
  expect(reader.read().rows.map(({ name }) => name)).toEqual(["Jane Roe", "John Roe"]);
  draw([john], null);
  expect(reader.read().rows.map(({ name }) => name)).toEqual(["Jane Roe", "John Roe"]);
});

test("one contact in two parts of a row is one, with what either part says", () => {
  draw(
    [
      { ...DANA, name: "" },
      { ...DANA, phone: "" },
    ],
    null,
  );
  expect(reader.read().rows).toEqual([{ contactId: "c1", name: "Dana Wu", phone: "(415) 555-0142" }]);
});

test("a list is only read at its addresses", () => {
  location.href = "http://127.0.0.1:4311/reports";
  draw([DANA], 1);
  expect(reader.read()).toMatchObject({ rows: [], claimed: null, changed: false });
});

test("ticked rows on a list's page that is built otherwise are told as a change, a lone box in its head is not", () => {
  const row = (on: string) => `<div class="person"><input type="checkbox" ${on}><a href="/p">Dana</a></div>`;
  document.body.innerHTML = `<span class="selection-count">1 selected</span><div class="grid">${row("checked")}${row("")}</div>`;
  expect(reader.read()).toMatchObject({ rows: [], changed: true, claimed: 1 });
  document.body.innerHTML = `<div><label><input type="checkbox" checked> All</label></div><div class="grid">${row("")}${row("")}</div>`;
  expect(reader.read().changed).toBe(false);
});

test("a recipe that this browser does not understand reads nothing, and says so", () => {
  const source = { ...SAMPLE_CRM, count: [{ selector: "a[href]" }] };
  draw([DANA], 1);
  const recipe = Recipe.parse(source);
  const picky = new Proxy(document, {
    get: (page, name) => {
      if (name === "documentElement")
        return {
          querySelectorAll() {
            throw new SyntaxError("not a selector here");
          },
        };
      const value: unknown = Reflect.get(page, name);
      return typeof value === "function" ? value.bind(page) : value;
    },
  });
  const strict = createSelectionReader(recipe, picky);
  expect(strict.read()).toMatchObject({ rows: [], unusable: true });
  expect(strict.read()).toMatchObject({ recipeId: "sample-crm", unusable: true });
});

test("going elsewhere forgets, what the page still shows of the list before included", () => {
  draw([DANA], 1);
  reader.read();
  location.href = "http://127.0.0.1:4311/contacts#buyers";
  expect(readIds()).toEqual(["c1"]);
  clock = 5_000;
  draw([LUIS], 2);
  expect(readIds()).toEqual(["c2"]);
});

test("where no count is shown, the next page of a list is another list", () => {
  draw([DANA], null);
  reader.read();
  history.pushState(null, "", "?page=2");
  draw([{ ...LUIS, on: false }], null);
  expect(readIds()).toEqual([]);
  clock = 5_000;
  expect(readIds()).toEqual([]);
});

test("where a count was shown, the next page of a list keeps what it counts", () => {
  draw([DANA], 1);
  reader.read();
  history.pushState(null, "", "?page=2");
  draw([LUIS], 2);
  expect(readIds()).toEqual(["c1", "c2"]);
});

test("a contact's own page selects that contact", () => {
  location.href = "http://127.0.0.1:4311/contacts/c%207";
  document.body.innerHTML = "<h1>Priya Nair</h1>";
  expect(reader.read()).toMatchObject({ rows: [{ contactId: "c 7", name: "Priya Nair" }], claimed: null });
});

test.each(["/contacts/new", "/settings"])("%s selects nobody", (path) => {
  location.href = `http://127.0.0.1:4311${path}`;
  document.body.innerHTML = "<h1>Something</h1>";
  expect(reader.read()).toMatchObject({ recipeId: "sample-crm", rows: [], claimed: null, unreadable: [] });
});

test("the built-in recipe is a valid one, and one with a broken pattern is not", () => {
  expect(Recipe.safeParse(SAMPLE_CRM).success).toBe(true);
  const broken = { ...SAMPLE_CRM, count: [{ selector: ".count", pattern: "(" }] };
  expect(Recipe.safeParse(broken).success).toBe(false);
});
