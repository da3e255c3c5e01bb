import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { RecipeSource } from "@partyline/contract/recipe";
import { OWN_RECIPES_MAX, PublishedRecipes, SignedRecipes, type RecipeBook } from "@partyline/contract/recipe-book";
import type { SyncPage } from "@partyline/contract/sync";
import { makeRecipeKeys, signRecipes } from "./recipes/signing.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, openOffice, type Office } from "./testing/office.ts";

const RECIPE: RecipeSource = {
  id: "acme-crm",
  version: 1,
  hosts: ["crm.acme.example"],
  lists: [{ kind: "contacts", container: "table", row: "tr", checked: ":checked", contactId: [{ attribute: "id" }] }],
};
const ISSUED_AT = "2026-11-23T12:00:00Z";

describe.each(databases)("recipes on $name", (engine) => {
  let office: Office;
  let folder: string;
  let file: string;
  let privateKey: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "partyline-recipes-"));
    file = join(folder, "recipes.json");
    ({ privateKey } = await makeRecipeKeys());
    office = await openOffice(engine, { environment: { RECIPES_FILE: file } });
  });
  afterAll(async () => {
    await office.close();
    await rm(folder, { recursive: true });
  });

  const readBook = async (user = office.ben) => bodyOf(200, await user<RecipeBook>("GET", "/v1/recipes"));
  const put = (recipe: object, id = RECIPE.id, user = office.ava) => user("PUT", `/v1/recipes/${id}`, recipe);
  const drop = async (id = RECIPE.id) => void bodyOf(204, await office.ava("DELETE", `/v1/recipes/${id}`));
  const publish = async (serial: number) => {
    const signed = await signRecipes({ serial, issuedAt: ISSUED_AT, recipes: [RECIPE] }, privateKey);
    await writeFile(file, JSON.stringify(signed));
    return signed;
  };

  test("what the operator drops in is handed on as it was signed, from the next question on", async () => {
    expect((await readBook()).published).toBeNull();
    const first = await publish(1);
    expect((await readBook()).published).toEqual(first);
    const second = await publish(22);
    expect((await readBook()).published).toEqual(second);
  });

  test("a file that no extension could take is told to the operator, and the last good one stays", async () => {
    const good = await publish(333);
    await readBook();
    const payload = JSON.stringify({
      serial: 4,
      issuedAt: ISSUED_AT,
      recipes: [{ ...RECIPE, lists: [{ ...RECIPE.lists[0], checked: "input[" }] }],
    });
    for (const [content, why] of [
      [JSON.stringify({ payload, signature: good.signature }), "payload /recipes/0/lists/0/checked: "],
      [JSON.stringify({ payload: good.payload }), "/signature: "],
      ["half a fi", "JSON"],
    ] as const) {
      await writeFile(file, content);
      expect((await readBook()).published).toEqual(good);
      expect(office.backend.log.findLast((line) => "why" in line)?.["why"]).toContain(why);
    }
    await rm(file);
    expect((await readBook()).published).toEqual(good);
  });

  test("who has them already is told so in a few bytes", async () => {
    const first = await office.ben("GET", "/v1/recipes");
    const tag = first.headers.get("etag") ?? "";
    expect(await office.ben("GET", "/v1/recipes", undefined, { "if-none-match": tag })).toMatchObject({
      status: 304,
      body: null,
    });
    bodyOf(200, await put(RECIPE));
    expect((await office.ben("GET", "/v1/recipes", undefined, { "if-none-match": tag })).status).toBe(200);
    await drop();
  });

  test("an admin's recipe is there for every colleague, replaced and removed, and each hears of it", async () => {
    const heard = async (cursor: string) =>
      bodyOf(200, await office.cleo<SyncPage>("GET", `/v1/sync?cursor=${cursor}`));
    const { cursor, changes } = bodyOf(200, await office.cleo<SyncPage>("GET", "/v1/sync"));
    expect(changes).toContainEqual({ kind: "recipes" });

    expect(bodyOf(200, await put(RECIPE))).toMatchObject({ ...RECIPE, signature: null });
    expect((await readBook(office.cleo)).own).toMatchObject([RECIPE]);
    const afterAdding = await heard(cursor);
    expect(afterAdding.changes).toEqual([{ kind: "recipes" }]);

    bodyOf(200, await put({ ...RECIPE, version: 2 }));
    expect((await readBook()).own).toMatchObject([{ ...RECIPE, version: 2 }]);
    await drop();
    expect((await readBook()).own).toEqual([]);
    expect((await heard(afterAdding.cursor)).changes).toEqual([{ kind: "recipes" }]);
  });

  test.each([
    ["/lists/0/checked", { lists: [{ ...RECIPE.lists[0], checked: "input[" }] }],
    ["/lists/0/contactId/0/pattern", { lists: [{ ...RECIPE.lists[0], contactId: [{ pattern: "(a+)+$" }] }] }],
    ["/hosts", { hosts: [] }],
    ["/version", { version: 0 }],
    ["/id", { id: "another-crm" }],
    ["/", { script: "alert(1)" }],
    ["/routeEvents/0", { routeEvents: ["\ud800"] }],
    ["/routeEvents/1", { routeEvents: ["went", "a\0"] }],
  ])("a fault at %s is named, and nothing is kept", async (pointer, fault) => {
    const refused = await put({ ...RECIPE, ...fault });
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(refused.body["errors"]).toContainEqual({ pointer, detail: expect.any(String) });
    expect((await readBook()).own).toEqual([]);
  });

  test("one that is too long is refused", async () => {
    const hosts = Array.from({ length: 50 }, (_, index) => `h${index}.${"a".repeat(190)}`);
    const sources = Array.from({ length: 20 }, () => ({ selector: "a".repeat(700), pattern: `(${"b".repeat(298)})` }));
    const lists = Array.from({ length: 20 }, () => ({ ...RECIPE.lists[0], contactId: sources }));
    expect(await put({ ...RECIPE, hosts, lists })).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
  });

  test("there are so many and no more, and an old one can be replaced all the same", async () => {
    const ids = Array.from({ length: OWN_RECIPES_MAX }, (_, index) => `own-${index}`);
    for (const id of ids) bodyOf(200, await put({ ...RECIPE, id }, id));
    expect(await put(RECIPE)).toMatchObject({ status: 409, body: { code: "too_many_recipes" } });
    bodyOf(200, await put({ ...RECIPE, id: "own-0", version: 2 }, "own-0"));
    expect((await readBook()).own).toHaveLength(OWN_RECIPES_MAX);
    for (const id of ids) await drop(id);
  });

  test("a repeat of a write does it once, and removing what is not there is told", async () => {
    const key = { "idempotency-key": newId() };
    const path = `/v1/recipes/${RECIPE.id}`;
    bodyOf(200, await office.ava("PUT", path, RECIPE, key));
    await drop();
    bodyOf(200, await office.ava("PUT", path, RECIPE, key));
    expect((await readBook()).own).toEqual([]);
    expect(await office.ava("DELETE", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("the publisher's tool", () => {
  test("makes a key and signs with it; it never overwrites a key, nor signs what nobody could read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "partyline-publisher-"));
    const at = (name: string) => join(folder, name);
    const tool = (...args: string[]) =>
      promisify(execFile)(process.execPath, [join(import.meta.dirname, "sign-recipes.ts"), ...args]);

    expect((await tool("--new-key", at("key"))).stdout).toMatch(
      /recipe-publishers\.ts, as this line:\n {2}"[\w+/=]{100,}",/,
    );
    await expect(tool("--new-key", join(import.meta.dirname, "key"))).rejects.toThrow(/keep a private key elsewhere/);
    const key = await readFile(at("key"), "utf8");
    await expect(tool("--new-key", at("key"))).rejects.toThrow(/EEXIST/);
    expect(await readFile(at("key"), "utf8")).toBe(key);

    await writeFile(at("recipes"), JSON.stringify([RECIPE]));
    await tool(at("key"), at("recipes"), at("signed"));
    const signed = await readFile(at("signed"), "utf8");
    const { payload } = SignedRecipes.parse(JSON.parse(signed));
    expect(PublishedRecipes.parse(JSON.parse(payload)).recipes).toMatchObject([RECIPE]);

    await writeFile(at("recipes"), JSON.stringify([RECIPE, { ...RECIPE, version: "2" }]));
    await expect(tool(at("key"), at("recipes"), at("signed"))).rejects.toThrow(/\/recipes\/1\/version/);
    expect(await readFile(at("signed"), "utf8")).toBe(signed);
    await rm(folder, { recursive: true });
  });
});
