import type { Recipe } from "@partyline/contract/recipe";
import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { tryRecipes } from "../utils/page/recipe-trial.ts";
import { TRIAL_FUNCTION } from "../utils/trial.ts";

/** Put into a page only when somebody tries a recipe there on the options page, and gone from its world after one call. */
export default defineUnlistedScript(() => {
  Object.assign(globalThis, {
    [TRIAL_FUNCTION]: (recipes: string) => JSON.stringify(tryRecipes(JSON.parse(recipes) as Recipe[], document)),
  });
});
