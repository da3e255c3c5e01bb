// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { Recipe } from "@partyline/contract/recipe";
import type { PageRecipes } from "../../../utils/page-messages.ts";
import { createPageReader } from "../../../utils/page/page-reader.ts";
import { createReaderSource } from "../../../utils/page/reader-source.ts";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";

/** Answers that are under way, in the order in which they were asked for. */
let asked: ((recipes: PageRecipes) => void)[];
let ready: string[][];
let source: ReturnType<typeof createReaderSource>;
beforeEach(() => {
  location.href = "http://127.0.0.1:4311/contacts";
  document.head.innerHTML = '<link href="/page/contact-list.css">';
  document.body.innerHTML = `<div class="contact-table"><div class="person-line" data-contact-id="c1"><input
    type="checkbox" checked></div></div>`;
  asked = [];
  ready = [];
  source = createReaderSource({
    ask: () => new Promise((resolve) => asked.push(resolve)),
    onReady: (recipes) => ready.push(recipes.map(({ id }) => id)),
  });
  source.equip(createPageReader);
});

const OLD = Recipe.parse(SAMPLE_CRM);
const CORRECTED = Recipe.parse({
  ...SAMPLE_CRM,
  version: 99,
  lists: SAMPLE_CRM.lists.map((list) => ({ ...list, row: ".person-line" })),
});
async function answer(recipes: PageRecipes): Promise<void> {
  asked.shift()?.(recipes);
  await new Promise((resolve) => setTimeout(resolve));
}
const ids = () =>
  source
    .get()
    ?.read()
    .rows.map(({ contactId }) => contactId);

test("what reads a page is fetched once, when it is wanted, and told when it is there", async () => {
  expect(asked).toHaveLength(0);
  expect([source.get(), source.get()]).toEqual([null, null]);
  expect(asked).toHaveLength(1);
  await answer([CORRECTED]);
  expect(ready).toEqual([["sample-crm"]]);
  expect(ids()).toEqual(["c1"]);
  expect(asked).toHaveLength(0);
});

test("where nobody answered it is asked for again", async () => {
  source.get();
  await answer(null);
  expect(ready).toEqual([]);
  source.get();
  await answer([CORRECTED]);
  expect(ids()).toEqual(["c1"]);
});

test("a correction is fetched at the next look", async () => {
  source.get();
  await answer([OLD]);
  expect(ids()).toEqual([]);
  source.correct();
  expect(source.get()).not.toBeNull();
  await answer([CORRECTED]);
  expect(ids()).toEqual(["c1"]);
  expect(asked).toHaveLength(0);
});

test("an answer that a correction overtook is not read by: it is asked for again", async () => {
  source.get();
  source.correct();
  await answer([OLD]);
  expect(ready).toEqual([]);
  await answer([CORRECTED]);
  expect(ready).toHaveLength(1);
  expect(ids()).toEqual(["c1"]);
  expect(asked).toHaveLength(0);
});
