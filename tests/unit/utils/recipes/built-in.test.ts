import { expect, test, vi } from "vitest";
import { Recipe } from "@partyline/contract/recipe";
import { recipesInUse, type KnownRecipe } from "../../../../utils/recipe-book.ts";
import { BUILT_IN, validRecipes } from "../../../../utils/recipes/built-in.ts";

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

test("a faulty one is left out alone, and the console names it and its faults", () => {
  const [one, other] = BUILT_IN;
  const broken = { ...one!, id: "broken-crm", count: [{ selector: ".count", pattern: "(" }], lists: [] };
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(validRecipes([one!, broken, other!]).map(({ id }) => id)).toEqual([one!.id, other!.id]);
  const said = String(error.mock.calls[0]?.[0]);
  error.mockRestore();
  expect(said).toContain("The built-in recipe broken-crm is left out: ");
  expect(said).toContain("/count/0/pattern: not a regular expression");
  expect(said).toContain("/lists: ");
});
