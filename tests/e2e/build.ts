import { buildExtension } from "@partyline/sandbox/extension-build";
import { requireChromium } from "@partyline/sandbox/chromium";
import { makeRecipeKeys } from "../../server/recipes/signing.ts";
import { requireFirefox } from "./firefox.ts";

/** Before any browser test: the browsers are there, and the extension is built from what is in the tree now. */
export default async function prepare(): Promise<void> {
  process.env["CHROMIUM_PATH"] = (await requireChromium(say)).path;
  process.env["FIREFOX_PATH"] = await requireFirefox(say);
  // The tests are publisher and operator at once.
  const { privateKey, publicKey } = await makeRecipeKeys();
  process.env["RECIPES_KEY"] = privateKey;
  process.env["RECIPES_PUBLIC_KEY"] = publicKey;
  for (const browser of ["chrome", "firefox"] as const) {
    await buildExtension(browser, { WXT_RECIPE_KEYS: publicKey });
  }
}

function say(line: string): void {
  console.log(line);
}
