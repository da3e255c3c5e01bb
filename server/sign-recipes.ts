import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { makeRecipeKeys, RecipesNotSignedError, signRecipes } from "./recipes/signing.ts";

const USAGE = `npm run sign-recipes -- --new-key KEY_FILE
npm run sign-recipes -- KEY_FILE RECIPES_JSON SIGNED_FILE`;

/**
 * The publisher's own tool, for the publisher's own machine: a backend never sees the private key, it only hands on the
 * signed file. Recipes are given as a JSON list.
 */
async function run([first, second, third]: readonly string[]): Promise<string> {
  if (first === "--new-key" && second !== undefined) return makeKey(second);
  if (first === undefined || second === undefined || third === undefined) throw new RecipesNotSignedError(USAGE);
  const now = new Date();
  const recipes: unknown = JSON.parse(await readFile(second, "utf8"));
  // Seconds since 1970: rises by itself, whoever signs and wherever.
  const serial = Math.floor(now.getTime() / 1000);
  const signed = await signRecipes(
    { serial, issuedAt: now.toISOString(), recipes },
    (await readFile(first, "utf8")).trim(),
  );
  // A backend that reads meanwhile sees the old file or the new one, never a half.
  await writeFile(`${third}.new`, JSON.stringify(signed));
  await rename(`${third}.new`, third);
  return `Signed as ${serial}: ${third}. Backends whose RECIPES_FILE it is hand it on from now on.`;
}

/** Where a commit would take it along. */
function isInSources(file: string): boolean {
  return !relative(dirname(import.meta.dirname), resolve(file)).startsWith("..");
}

/** Never over a key that is there: everything it signed so far would lose its successor. */
async function makeKey(file: string): Promise<string> {
  if (isInSources(file)) throw new RecipesNotSignedError(`${file} is among the sources: keep a private key elsewhere.`);
  const { privateKey, publicKey } = await makeRecipeKeys();
  await writeFile(file, `${privateKey}\n`, { mode: 0o600, flag: "wx" });
  return `The private key is in ${file}: keep it secret, and keep it.
Its public half goes into the list in utils/recipe-publishers.ts, as this line:
  "${publicKey}",`;
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  // Each failure has a sentence of its own.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
