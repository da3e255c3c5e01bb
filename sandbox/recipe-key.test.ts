import { createPublicKey, sign, verify } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepRecipeKey } from "./recipe-key.ts";

test("the sandbox keeps one key for its recipes, whose halves belong together", async () => {
  const folder = await mkdtemp(join(tmpdir(), "partyline-recipe-key-"));
  const publicKey = await keepRecipeKey(join(folder, "data"));
  expect(await keepRecipeKey(join(folder, "data"))).toBe(publicKey);

  const kept = Buffer.from(await readFile(join(folder, "data", "recipes-key"), "utf8"), "base64");
  const signature = sign("sha256", Buffer.from("recipes"), { key: kept, format: "der", type: "pkcs8" });
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  expect(verify("sha256", Buffer.from("recipes"), key, signature)).toBe(true);
  await rm(folder, { recursive: true });
});
