import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openPublishedFile } from "./published-file.ts";
import { makeRecipeKeys, signRecipes } from "./signing.ts";

const NO_LOG = { error: () => undefined, info: () => undefined };
const THEN = new Date("2026-11-23T12:00:00Z");

test("what could not be read once is read the next time, though nothing about the file has changed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "partyline-published-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "recipes.json");
  const published = openPublishedFile(path, NO_LOG);

  // A folder of this name cannot be read; what takes its place has its size and its time.
  await mkdir(path);
  for (let index = 0; index < 50; index++) await mkdir(join(path, `entry-${index}`));
  await utimes(path, THEN, THEN);
  const before = await stat(path);
  expect(await published.read()).toBeNull();

  await rm(path, { recursive: true });
  const { privateKey } = await makeRecipeKeys();
  const signed = await signRecipes({ serial: 1, issuedAt: THEN.toISOString(), recipes: [] }, privateKey);
  await writeFile(path, JSON.stringify(signed).padEnd(before.size));
  await utimes(path, THEN, THEN);
  const after = await stat(path);
  expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs]);
  expect(await published.read()).toEqual(signed);
});
