// @vitest-environment happy-dom
import type { RecipeSource } from "@partyline/contract/recipe";
import { expect, test } from "vitest";
import { GENERIC } from "../../../utils/recipes/generic.ts";
import { HIGHLEVEL } from "../../../utils/recipes/highlevel.ts";
import { SALESFORCE } from "../../../utils/recipes/salesforce.ts";
import { ids, openPage } from "./recipes/read-page.ts";

const BOARD: RecipeSource = {
  id: "board",
  version: 1,
  hosts: ["crm.example.com"],
  lists: [
    {
      kind: "pipeline",
      container: ".stage",
      row: ".card",
      checked: ":checked",
      contactId: [{ attribute: "data-id" }],
      columns: { name: "name", phone: "phone" },
    },
  ],
  count: [{ selector: ".count", pattern: "(\\d+) selected" }],
};
const card = (id: string, on: boolean) =>
  `<div class="card" data-id="${id}">Card ${id}<input type="checkbox" ${on ? "checked" : ""}></div>`;
const stage = (cards: string, more = "") => `<section class="stage" ${more}>${cards}</section>`;
const openBoard = (html: string) => openPage(BOARD, "https://crm.example.com/", html);

test("the ticked rows of every group of a list are read, and what cannot be read of any is said", () => {
  const page = openBoard(stage(card("a", true)) + stage(card("b", false)) + stage(card("c", true) + card("", true)));
  expect(page.read()).toMatchObject({ rows: [{ contactId: "a" }, { contactId: "c" }], unreadable: ["Card"] });
  document.querySelector("input")!.checked = false;
  expect(ids(page)).toEqual(["c"]);
});

test("a group inside of another is the same group, and one that is hidden is not read", () => {
  expect(ids(openBoard(stage(stage(card("a", true)) + card("b", true))))).toEqual(["a", "b"]);
  expect(ids(openBoard(stage(card("a", true), 'style="display: none"') + stage(card("b", true))))).toEqual(["b"]);
});

test("a group that counts counts for itself, and one count for several is never less than is ticked", () => {
  const count = (number: number) => `<p class="count">${number} selected</p>`;
  const apart = stage(count(3) + card("a", true)) + stage(count(4) + card("b", true));
  expect(openBoard(apart).read().claimed).toBe(7);
  expect(openBoard(count(1) + stage(card("a", true)) + stage(card("b", true))).read().claimed).toBe(2);
  expect(openBoard(count(9) + stage(card("a", true)) + stage(card("b", true))).read().claimed).toBe(9);
});

test("each of two tables that say how many are selected says it of itself", () => {
  const table = (id: string, count: number) =>
    `<table role="grid" data-num-rows="9" data-num-selected-rows="${count}"><tbody><tr aria-selected="true"
      data-row-key-value="003${id.repeat(12)}"><td></td></tr></tbody></table>`;
  const page = openPage(
    SALESFORCE,
    "https://x.lightning.force.com/lightning/o/Contact/list",
    table("a", 2) + table("b", 3),
  );
  expect(page.read()).toMatchObject({ rows: [{}, {}], claimed: 5 });
});

test("the groups of a table are read below the headings of each", () => {
  const table = (head: string, row: string) =>
    `<table><thead><tr><th></th>${head}</tr></thead><tbody><tr><td><input type="checkbox" checked></td>${row}</tr></tbody></table>`;
  const html =
    table("<th>Name</th><th>Phone</th>", "<td>Dana Wu</td><td>4155550142</td>") +
    table("<th>Phone</th><th>Name</th>", "<td>6285550110</td><td>Luis Ortega</td>");
  expect(openPage(GENERIC, "https://crm.example.com/people", html).read().rows).toMatchObject([
    { name: "Dana Wu", phone: "4155550142" },
    { name: "Luis Ortega", phone: "6285550110" },
  ]);
});

test("a CRM that nobody described may have a table of other things, whose ticks are meant for nobody", () => {
  const table = (cell: string) =>
    `<table><tr><td><input type="checkbox" checked></td><td>${cell}</td></tr><tr><td>x</td></tr></table>`;
  const page = openPage(GENERIC, "https://crm.example.com/people", table("Call the bank") + table("(415) 555-0142"));
  expect(page.read()).toMatchObject({ rows: [{ phone: "(415) 555-0142" }], unreadable: [] });
});

test("the open one of several groups is found where nothing is ticked", () => {
  const id = "nmFmQEsNgz6AVpgLVUJ1";
  const of = (card: string) => `<main><div>${card}</div></main>`;
  const page = openPage(
    HIGHLEVEL,
    "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/conversations/x",
    of('<i data-conversation-id="1" contactid="nmFmQEsNgz6AVpgLVUJ2"></i>') +
      of(`<i data-conversation-id="2" contactid="${id}" data-is-active="true"></i>`),
  );
  expect(ids(page)).toEqual([id]);
});
