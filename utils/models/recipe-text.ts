import { describeFaults } from "@partyline/contract/faults";
import type { KnownRecipe, PublishedTrouble } from "../recipe-book.ts";
import { t } from "../text.ts";

/** "Version 3 · built in". */
export function recipeOriginText({ recipe, origin }: KnownRecipe): string {
  return t("recipes_version", { version: recipe.version, origin: t(`recipes_origin_${origin}`) });
}

/** "*.gohighlevel.com, *.leadconnectorhq.com", or that it goes by the page. */
export function recipeHostsText({ recipe: { hosts } }: KnownRecipe): string {
  return hosts.length === 0 ? t("recipes_any_host") : hosts.join(", ");
}

/** Why the published recipes were not taken. */
export function publishedTroubleText(trouble: PublishedTrouble): string {
  switch (trouble.reason) {
    case "bad_signature":
      return t("recipes_trouble_signature");
    case "older":
      return t("recipes_trouble_older", { serial: trouble.serial });
    case "invalid":
      return t("recipes_trouble_invalid", { faults: describeFaults(trouble.faults) });
  }
}
