// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import type { SelectionReader } from "../../../utils/page/selection-reader.ts";
import { GENERIC } from "../../../utils/recipes/generic.ts";
import { ids, openPage } from "./recipes/read-page.ts";

const HEAD = '<thead><tr><th><input type="checkbox"></th><th>Name</th></tr></thead>';
const box = (on: boolean) => `<input type="checkbox" ${on ? "checked" : ""}>`;
const row = (id: number, on = false) => `<tr><td>${box(on)}</td><td><a href="/contacts/${id}">P ${id}</a></td></tr>`;
const table = (rows: string, head = HEAD) => `<table>${head}<tbody>${rows}</tbody></table>`;
const card = (id: number, on: boolean) => `<div class="card">${box(on)}<a href="/contacts/${id}">P ${id}</a></div>`;
const says = (words: string) => `<p class="selection">${words}</p>`;

let reader: SelectionReader;
const open = (html: string) => void (reader = openPage(GENERIC, "https://crm.example.com/contacts", html));
const all = (selector: string) => [...document.querySelectorAll<HTMLInputElement>(selector)];
/** The boxes of rows, and not the one in the head. */
const boxes = () => all("tbody input");
const read = () => ids(reader);

describe("rows that a page uses again", () => {
  beforeEach(() => open(table(row(1, true) + row(2))));

  function show(at: number, id: number, on: boolean): void {
    boxes()[at]!.checked = on;
    const link = all("tbody a")[at]!;
    link.setAttribute("href", `/contacts/${id}`);
    link.textContent = `P ${id}`;
  }

  test("are whom they show now, and whom they showed before stays as they were", () => {
    expect(read()).toEqual(["1"]);
    show(0, 3, false);
    show(1, 4, true);
    expect(read()).toEqual(["1", "4"]);
    show(0, 1, false);
    expect(read()).toEqual(["4"]);
  });

  test("are read by the box that stands in them, however often it is another one", () => {
    for (const old of boxes()) old.outerHTML = box(old !== boxes()[0]);
    expect(read()).toEqual(["2"]);
    document.querySelector("tbody")!.innerHTML = row(1, true) + row(2);
    expect(read()).toEqual(["1"]);
  });
});

test.each([
  ["/contacts/1001?tab=2#notes", "1001"],
  ["/contacts?id=1001", "1001"],
  ["/open?contact_id=1001&deal=7", "1001"],
  ["index.php?module=Contacts&action=DetailView&record=9f3c-41", "9f3c-41"],
  ["/contacts/1001?return=/contacts/1002", "1001"],
  ["/app?lang=en#/contacts/1001/", "1001"],
  ["/deals/7?back=/contacts/1002", null],
  ["/contacts/new?copy=5", null],
])("the address %s is that of contact %s", (href, id) => {
  const phone = "<td>(415) 555-0142</td>";
  open(table(`<tr><td>${box(true)}</td><td><a href="${href}">Dana</a></td>${phone}</tr>${row(2)}`));
  expect(read()).toEqual([id]);
});

describe("a page with several tables", () => {
  test("has the ticks of all of them read", () => {
    open(table(row(1, true) + row(2)) + table(row(3) + row(4, true)));
    expect(read()).toEqual(["1", "4"]);
  });

  test("may have one around the others", () => {
    open(`<table><tr><td>Menu</td><td>${table(row(1, true) + row(2))}</td></tr></table>`);
    expect(read()).toEqual(["1"]);
  });

  test("does not select who has something ticked in a table of their own, and says what that was", () => {
    const deals = `<table><tr><td>${box(true)}</td><td>Roof</td></tr></table>`;
    open(
      table(`<tr><td>${box(false)}</td><td><a href="/contacts/1">P 1</a></td><td>${deals}</td></tr>${row(2, true)}`),
    );
    expect(reader.read()).toMatchObject({ rows: [{ contactId: "2" }], unreadable: ["Roof"] });
  });

  test("may have a copy of a head that stays in sight, whose box selects nobody", () => {
    const on = HEAD.replace("<input", "<input checked");
    for (const copy of [`<table>${on}</table>`, `<table>${on.replaceAll("thead", "tbody")}</table>`]) {
      open(copy + table(row(1, true) + row(2, true), on));
      expect(reader.read()).toMatchObject({ rows: [{ contactId: "1" }, { contactId: "2" }], unreadable: [] });
    }
  });
});

describe("a list that is there twice, for wide windows and for narrow ones,", () => {
  const HIDDEN = 'style="display: none"';

  test("is read where it is drawn, with what is ticked there alone", () => {
    const cards = (hidden: string) => `<div ${hidden}>${card(1, true) + card(2, true) + card(3, false)}</div>`;
    open(cards(HIDDEN) + table(row(1, true) + row(2) + row(3)));
    expect(read()).toEqual(["1"]);
    open(`<table ${HIDDEN}>${row(1, true) + row(2, true)}</table>${card(1, true) + card(2, false)}`);
    expect(read()).toEqual(["1"]);
  });

  test("in its very rows is everybody once", () => {
    const twice = (id: number) => row(id, true) + row(id, true).replace("<tr", `<tr ${HIDDEN}`);
    open(table(twice(1) + twice(2)));
    expect(read()).toEqual(["1", "2"]);
  });
});

describe("ticked rows that a filter takes out of sight", () => {
  beforeEach(() => open(says("2 selected") + table(row(1, true) + row(2, true) + row(3))));

  test("stay selected as long as the page counts them", () => {
    expect(reader.read().claimed).toBe(2);
    document.querySelector("tbody")!.innerHTML = row(3);
    expect(read()).toEqual(["1", "2"]);
    document.querySelector(".selection")!.textContent = "0 selected";
    expect(read()).toEqual([]);
  });

  test("are gone with the count", () => {
    read();
    document.querySelector("tbody")!.innerHTML = row(3);
    document.querySelector(".selection")!.remove();
    expect(read()).toEqual([]);
  });
});

test("the count of a page says how many are on its other pages, and that they were not read", () => {
  open(says("12 selected") + table(row(1, true) + row(2)));
  expect(reader.read()).toMatchObject({ rows: [{ contactId: "1" }], claimed: 12, everything: false });
  document.querySelector("tbody")!.innerHTML = row(3) + row(4);
  expect(reader.read()).toMatchObject({ rows: [{ contactId: "1" }], claimed: 12 });
});

test.each([
  ["All 2,431 contacts are selected. Clear selection", 2431, true],
  ["You have selected all 2,431 contacts", 2431, true],
  ["All contacts are selected", null, true],
  ["All 2 contacts on this page are selected. Select all 2,431 contacts", 2, false],
  ["The 2 contacts on this page are selected. Select all 2,431 contacts", 2, false],
  ["2 selected. Select all 2,431", 2, false],
])("'%s' says of how many, and whether that is beyond what is there", (words, claimed, everything) => {
  open(says(words) + table(row(1, true) + row(2, true)));
  expect(reader.read()).toMatchObject({ rows: [{}, {}], claimed, everything });
});

test("all of them cleared at once are forgotten, those out of sight too", () => {
  open(table(row(1, true) + row(2, true) + row(3, true)));
  read();
  document.querySelector("tr:has([href$='1'])")!.remove();
  expect(read()).toEqual(["1", "2", "3"]);
  for (const one of boxes()) one.checked = false;
  expect(read()).toEqual([]);
});

test("a list that is sorted otherwise has the same people ticked", () => {
  open(table(row(1, true) + row(2) + row(3, true)));
  expect(read()).toEqual(["1", "3"]);
  const body = document.querySelector("tbody")!;
  body.append(...[...body.children].reverse());
  expect(new Set(read())).toEqual(new Set(["1", "3"]));
});

test("a box counts that is on and cannot be switched off, one that is neither on nor off does not", () => {
  open(table(row(1, true) + row(2) + row(3)));
  boxes()[0]!.disabled = true;
  boxes()[1]!.indeterminate = true;
  all("thead input")[0]!.indeterminate = true;
  expect(read()).toEqual(["1"]);
  const aria = (id: number, state: string) =>
    row(id).replace(/<input[^>]*>/, `<i role="checkbox" aria-checked="${state}"></i>`);
  open(table(aria(1, "mixed") + aria(2, "true")));
  expect(read()).toEqual(["2"]);
});

test("somebody who is in a list twice is one, also where the page counts rows", () => {
  open(says("3 selected") + table(row(1, true) + row(1, true) + row(2, true)));
  expect(reader.read()).toMatchObject({ rows: [{ contactId: "1" }, { contactId: "2" }], claimed: 2 });
  boxes()[0]!.checked = false;
  document.querySelector(".selection")!.textContent = "2 selected";
  expect(read()).toEqual(["1", "2"]);
});
