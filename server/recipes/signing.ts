import { describeFaults, faultsOf } from "@partyline/contract/faults";
import { PublishedRecipes, type SignedRecipes } from "@partyline/contract/recipe-book";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };

/** The publisher's two halves, in base64: PKCS #8 to keep, SPKI for the extension's build. */
export interface RecipeKeys {
  privateKey: string;
  publicKey: string;
}

export class RecipesNotSignedError extends Error {
  override name = "RecipesNotSignedError";
}

export async function makeRecipeKeys(): Promise<RecipeKeys> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  return {
    privateKey: Buffer.from(await crypto.subtle.exportKey("pkcs8", pair.privateKey)).toString("base64"),
    publicKey: Buffer.from(await crypto.subtle.exportKey("spki", pair.publicKey)).toString("base64"),
  };
}

/** Signs recipes as they were written; those that no extension would take are refused with the place of the fault. */
export async function signRecipes(
  unsigned: { serial: number; issuedAt: string; recipes: unknown },
  privateKey: string,
): Promise<SignedRecipes> {
  const read = PublishedRecipes.safeParse(unsigned);
  if (!read.success) throw new RecipesNotSignedError(describeFaults(faultsOf(read.error)));
  const payload = JSON.stringify(unsigned);
  const key = await crypto.subtle.importKey("pkcs8", Buffer.from(privateKey, "base64"), CURVE, false, ["sign"]);
  const signature = await crypto.subtle.sign(ALGORITHM, key, Buffer.from(payload));
  return { payload, signature: Buffer.from(signature).toString("base64") };
}
