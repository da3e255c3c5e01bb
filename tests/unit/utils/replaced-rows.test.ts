// @vitest-environment happy-dom
import { Recipe } from "@partyline/contract/recipe";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSelectionReader, type SelectionReader } from "../../../utils/page/selection-reader.ts";

const HEIGHT = 40;
const RECIPE = Recipe.parse({
  id: "paged",
  version: 1,
  hosts: ["crm.example.com"],
  lists: [
    {
      kind: "contacts",
      container: ".list",
      row: ".row",
      checked: ":checked",
      contactId: [{ attribute: "data-id" }],
    },
  ],
  count: [{ selector: ".count", pattern: "(\\d+) selected" }],
});

let reader: SelectionReader;
beforeEach(() => {
  location.href = "https://crm.example.com/people";
  document.body.innerHTML = '<p class="count"></p><div class="list"></div>';
  reader = createSelectionReader(RECIPE, document);
  // No layout here: a row stands where it says, as far as its list is not scrolled.
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    const scrolled = this.parentElement?.scrollTop ?? 0;
    return new DOMRect(0, Number(this.dataset["index"]) * HEIGHT - scrolled, 300, HEIGHT);
  });
});
afterEach(() => vi.restoreAllMocks());

/** Rows of a list from one of them on, scrolled so that it is the first in sight. */
function draw(ids: string, { from = 0, on = "", count = "" } = {}): string[] {
  const list = document.querySelector<HTMLElement>(".list")!;
  list.innerHTML = ids
    .split("")
    .map((id, index) => {
      const box = `<input type="checkbox" ${on.includes(id) ? "checked" : ""}>`;
      return `<div class="row" data-id="${id}" data-index="${from + index}">${box}</div>`;
    })
    .join("");
  list.scrollTop = from * HEIGHT;
  document.querySelector(".count")!.textContent = count;
  return reader.read().rows.map(({ contactId }) => contactId ?? "");
}

test("another page of results at the same address forgets the page before", () => {
  expect(draw("abcde", { on: "ab" })).toEqual(["a", "b"]);
  expect(draw("fghij")).toEqual([]);
  expect(draw("fghij", { on: "g" })).toEqual(["g"]);
});

test("so it does where the list was scrolled before and begins anew", () => {
  draw("abcde", { on: "a" });
  expect(draw("pqrst", { from: 20, on: "q" })).toEqual(["a", "q"]);
  expect(draw("fghij", { on: "g" })).toEqual(["g"]);
});

test("rows that scroll away stay, however far, and come back ticked or not", () => {
  draw("abcde", { on: "ab" });
  expect(draw("defgh", { from: 3, on: "f" })).toEqual(["a", "b", "f"]);
  expect(draw("uvwxy", { from: 20 })).toEqual(["a", "b", "f"]);
  expect(draw("abcde", { on: "b" })).toEqual(["b", "f"]);
});

test("rows that are not drawn anew yet, though the list is scrolled, prove nothing", () => {
  draw("abcde", { on: "a" });
  draw("uvwxy", { from: 20, on: "u" });
  document.querySelector(".list")!.scrollTop = 0;
  expect(reader.read().rows).toHaveLength(2);
});

test("the same rows in another order, or with a new one above them, are the same results", () => {
  draw("abcde", { on: "a" });
  expect(draw("edcb")).toEqual(["a"]);
  expect(draw("zbcde")).toEqual(["a"]);
});

test("of a page that counts, its count says whether the page before is still selected", () => {
  draw("abcde", { on: "ab", count: "2 selected" });
  expect(draw("fghij", { count: "2 selected" })).toEqual(["a", "b"]);
  expect(draw("fghij", { on: "g", count: "3 selected" })).toEqual(["a", "b", "g"]);
  expect(draw("klmno", { count: "0 selected" })).toEqual([]);
  draw("klmno", { on: "k", count: "1 selected" });
  expect(draw("pqrst")).toEqual([]);
});
