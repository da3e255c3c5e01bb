import { expect, test } from "vitest";
import { Recipe } from "@partyline/contract/recipe";
import { BUILT_IN } from "../../../../utils/recipes/built-in.ts";

test.each(BUILT_IN)("the built-in recipe $id is a valid one", (recipe) => {
  expect(Recipe.safeParse(recipe).error?.issues ?? []).toEqual([]);
});

test("no two built-in recipes have the same name", () => {
  expect(new Set(BUILT_IN.map(({ id }) => id)).size).toBe(BUILT_IN.length);
});
