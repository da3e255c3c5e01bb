// @vitest-environment happy-dom
import { Recipe, type RecipeSource } from "@partyline/contract/recipe";
import { beforeEach, expect, test } from "vitest";
import { tryRecipes } from "../../../utils/page/recipe-trial.ts";

const SOURCE: RecipeSource = {
  id: "acme-crm",
  version: 1,
  hosts: ["crm.acme.example"],
  path: "^/people",
  lists: [
    {
      kind: "contacts",
      container: "#people",
      row: "li",
      checked: "input:checked",
      contactId: [{ attribute: "data-id" }, { selector: "a", attribute: "href", pattern: "/people/(\\w+)" }],
      name: [{ selector: "a" }],
      phone: [{ selector: ".phone" }],
    },
  ],
  contactPages: [{ kind: "record", at: "^/people/(\\w+)$", name: [{ selector: "h1" }] }],
  count: [{ selector: ".count", pattern: "(\\d+) selected" }],
};
const ACME = Recipe.parse(SOURCE);
const found = (text: string, pointer: string, source: string) => ({ text, pointer, source });

beforeEach(() => {
  location.href = "https://crm.acme.example/people";
  document.body.innerHTML = `
    <p class="count">2 selected</p>
    <ul id="people">
      <li data-id="c1"><input type="checkbox" checked><a href="/people/c1">Dana Wu</a><i class="phone">555-0142</i></li>
      <li><input type="checkbox" checked><a href="/people/c2">Luis Ortega</a></li>
      <li data-id="c3"><input type="checkbox"><a href="/people/c3">Priya Nair</a></li>
      <li><input type="checkbox" checked>Somebody</li>
    </ul>`;
});

test("each text is told with what of the recipe found it", () => {
  const trial = tryRecipes([ACME], document);
  expect(trial).toMatchObject({
    passed: [],
    list: { kind: "contacts", rows: 4, ticked: 3, container: { pointer: "/lists/0/container", source: "#people" } },
    rows: [
      {
        contactId: found("c1", "/lists/0/contactId/0", "[data-id]"),
        name: found("Dana Wu", "/lists/0/name/0", "a"),
        phone: found("555-0142", "/lists/0/phone/0", ".phone"),
      },
      { contactId: found("c2", "/lists/0/contactId/1", "a [href] //people/(\\w+)/"), phone: null },
    ],
    count: found("2", "/count/0", ".count /(\\d+) selected/"),
    everything: null,
  });
  expect(trial.selection.rows.map(({ contactId }) => contactId)).toEqual(["c1", "c2"]);
  expect(trial.selection.unreadable).toHaveLength(1);
});

test("names that stand under a heading are told by their column", () => {
  document.body.innerHTML = `<table id="people"><thead><tr><th></th><th>Full name</th></tr></thead>
    <tbody><tr data-id="c1"><td><input type="checkbox" checked></td><td>Dana Wu</td></tr></tbody></table>`;
  const columns = { name: "name", phone: "phone" };
  const list = { ...SOURCE.lists[0]!, row: "tbody tr", columns, name: [] };
  const { rows } = tryRecipes([Recipe.parse({ ...SOURCE, lists: [list] })], document);
  expect(rows).toMatchObject([{ name: found("Dana Wu", "/lists/0/columns/name", "/name/"), phone: null }]);
});

test("a contact's own page is read by its address", () => {
  location.href = "https://crm.acme.example/people/c9";
  document.body.innerHTML = "<h1>Tom Ray</h1>";
  const { rows, list } = tryRecipes([ACME], document);
  expect(list).toBeNull();
  expect(rows).toMatchObject([
    {
      contactId: found("c9", "/contactPages/0/at", "/^/people/(\\w+)$/"),
      name: found("Tom Ray", "/contactPages/0/name/0", "h1"),
    },
  ]);
});

test("recipes that do not fit are passed by with the reason, and the next one reads", () => {
  const elsewhere = { ...ACME, id: "elsewhere", path: "^/deals" };
  const other = { ...ACME, id: "other", signature: "#other-crm" };
  const broken = { ...ACME, id: "broken", signature: "#people:unheard-of(" };
  const { passed, selection } = tryRecipes([elsewhere, other, broken, ACME], document);
  expect(passed).toEqual([
    { recipeId: "elsewhere", why: "path" },
    { recipeId: "other", why: "signature" },
    { recipeId: "broken", why: "unusable" },
  ]);
  expect(selection.recipeId).toBe("acme-crm");
  expect(tryRecipes([elsewhere], document).selection.recipeId).toBe("none");
});

test("a selector that this browser does not know makes the recipe unusable, and says so", () => {
  const { selection, rows } = tryRecipes(
    [{ ...ACME, lists: [{ ...ACME.lists[0]!, container: "#people:unheard-of(" }] }],
    document,
  );
  expect(selection.unusable).toBe(true);
  expect(rows).toEqual([]);
});
