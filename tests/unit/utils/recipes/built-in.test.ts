import { expect, test } from "vitest";
import { Recipe } from "@partyline/contract/recipe";
import { recipesInUse, type KnownRecipe } from "../../../../utils/recipe-book.ts";
import { BUILT_IN } from "../../../../utils/recipes/built-in.ts";

test.each(BUILT_IN)("the built-in recipe $id is a valid one", (recipe) => {
  expect(Recipe.safeParse(recipe).error?.issues ?? []).toEqual([]);
});

test.each(BUILT_IN.filter(({ hosts }) => hosts.length > 0))(
  "a correction of $id is what its hosts try first",
  (one) => {
    const known = Recipe.array()
      .parse(BUILT_IN)
      .map((recipe): KnownRecipe => ({ recipe, origin: "built_in" }));
    const corrected = Recipe.parse({ ...one, version: one.version + 1 });
    for (const host of one.hosts) {
      const inUse = recipesInUse(host.replace("*", "app"), [...known, { recipe: corrected, origin: "published" }]);
      expect(inUse[0]).toBe(corrected);
    }
  },
);

test("no two built-in recipes have the same name", () => {
  expect(new Set(BUILT_IN.map(({ id }) => id)).size).toBe(BUILT_IN.length);
});
