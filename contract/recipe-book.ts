import { z } from "zod";
import { Recipe } from "./recipe.ts";
import { Time } from "./wire.ts";

/** How many recipes one workspace may keep for its own CRM, and how long one may be as JSON. */
export const OWN_RECIPES_MAX = 20;
export const OWN_RECIPE_LENGTH_MAX = 64 * 1024;
const PAYLOAD_MAX = 512 * 1024;

/** What the publisher signs. Every recipe in it replaces an older one of the same id. */
export const PublishedRecipes = z.strictObject({
  /** Rises with every signing: an extension never goes back to a smaller one. */
  serial: z.int().positive(),
  issuedAt: Time,
  recipes: z.array(Recipe).max(100).refine(haveOwnIds, "two recipes have the same id"),
});
export type PublishedRecipes = z.infer<typeof PublishedRecipes>;

/** The publisher's recipes as they travel: the exact text that was signed, so that nobody has to write it alike again. */
export const SignedRecipes = z
  .object({
    payload: z.string().max(PAYLOAD_MAX).describe("JSON text of the publisher's recipes"),
    signature: z.base64().max(200).describe("ECDSA P-256 with SHA-256 over the payload's UTF-8 bytes; r and s, base64"),
  })
  .meta({ id: "SignedRecipes" });
export type SignedRecipes = z.infer<typeof SignedRecipes>;

/** One that an admin keeps for the workspace's own CRM, which is somewhere: it may not claim every host. */
export const OwnRecipe = Recipe.refine(({ hosts }) => hosts.length > 0 && hosts.every(isOneOwners), {
  path: ["hosts"],
  message: "name the host of your CRM: a workspace's own recipe does not count everywhere",
});

/** What registries of countries sell names below, as in `acme.co.uk`. Names of one or two letters are mostly such, too. */
const SOLD_BELOW = new Set(
  "com net org edu gov gob gub mil nom web ltd plc sch nhs asn csi idv nic gen ind res biz pro int art law inf fin tur adv eng med psi rec etc".split(
    " ",
  ),
);

/** Whether no others' hosts are below it, as they are below `*.com` and `*.co.uk`. */
function isOneOwners(host: string): boolean {
  if (!host.startsWith("*.")) return true;
  const labels = host.slice(2).split(".");
  const [name = "", top = ""] = labels.slice(-2);
  if (labels.includes("") || /^\d+$/.test(top)) return false;
  if (labels.length !== 2) return labels.length > 2;
  return top.length > 2 || (name.length > 2 && !SOLD_BELOW.has(name));
}

export const RecipeBook = z
  .object({
    published: SignedRecipes.nullable().describe("As the publisher signed them; null where the operator has none"),
    own: z
      .array(z.unknown())
      .describe("The workspace's own recipes, each to be validated by itself: a newer extension may know more"),
  })
  .meta({ id: "RecipeBook" });
export type RecipeBook = z.infer<typeof RecipeBook>;

function haveOwnIds(recipes: readonly Recipe[]): boolean {
  return new Set(recipes.map(({ id }) => id)).size === recipes.length;
}
