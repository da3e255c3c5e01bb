import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PKCS8 = { type: "pkcs8", format: "der" } as const;

/**
 * The sandbox is its own publisher of recipes: a key in the form that `npm run sign-recipes` takes, made once for each
 * data folder, and trusted by the extension built for it alone.
 * @returns the public half, for that build
 */
export async function keepRecipeKey(dataFolder: string): Promise<string> {
  const path = join(dataFolder, "recipes-key");
  const kept = await readFile(path, "utf8").catch(() => null);
  const privateKey = kept?.trim() ?? (await makeKey(dataFolder, path));
  const key = createPrivateKey({ key: Buffer.from(privateKey, "base64"), ...PKCS8 });
  return createPublicKey(key.export({ type: "pkcs8", format: "pem" }))
    .export({ type: "spki", format: "der" })
    .toString("base64");
}

async function makeKey(dataFolder: string, path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const text = privateKey.export(PKCS8).toString("base64");
  await mkdir(dataFolder, { recursive: true });
  await writeFile(path, `${text}\n`, { mode: 0o600 });
  return text;
}
