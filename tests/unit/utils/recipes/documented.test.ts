import { readFile } from "node:fs/promises";
import { ListRecipe, Recipe } from "@partyline/contract/recipe";
import { expect, it } from "vitest";

const PAGE = new URL("../../../../docs/recipes.md", import.meta.url);

it("the recipe that the page about recipes shows is a valid one", async () => {
  const example = /```json\n([^`]+)```/.exec(await readFile(PAGE, "utf8"))?.[1] ?? "";
  expect(Recipe.safeParse(JSON.parse(example)).error).toBeUndefined();
});

it.each([...Object.keys(Recipe.shape), ...Object.keys(ListRecipe.shape)])("that page explains %s", async (field) => {
  expect(await readFile(PAGE, "utf8")).toContain(`\`${field}\``);
});
