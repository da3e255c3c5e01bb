import { beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Runtime } from "../../../utils/browser.ts";
import { recipesAt } from "../../../utils/page-reading.ts";
import { welcomePage } from "../../../utils/page-service.ts";
import { Recipe, recipesFor } from "@partyline/contract/recipe";
import { GENERIC } from "../../../utils/recipes/generic.ts";
import { HIGHLEVEL_ANYWHERE } from "../../../utils/recipes/highlevel.ts";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";
import { originPattern, readSettings, writeSettings } from "../../../utils/settings.ts";

let allowed: boolean;
beforeEach(async () => {
  fakeBrowser.reset();
  allowed = true;
  Object.assign(fakeBrowser.permissions, { contains: async () => allowed });
  await writeSettings({ sites: ["http://127.0.0.1:4311"] });
});

const from = (url: string) => ({ url, tab: { id: 7 } }) as unknown as Runtime.MessageSender;
const welcome = (url: string, followed = 0) => {
  const panels = { isFollowed: (tabId: number) => tabId === followed };
  return welcomePage(from(url), { countUnread: async () => 2, panels, say: (key) => key });
};

test("a page of an enabled site gets the unread count and a mark of its recipes", async () => {
  const { recipesMark, words, ...rest } = (await welcome("http://127.0.0.1:4311/contacts")) ?? {};
  const presence = { side: "right", at: 0.42, width: 360, push: false, handle: true };
  expect(rest).toEqual({ unread: 2, openPanel: false, report: false, presence });
  expect(words?.open).toBe("page_handle");
  expect(recipesMark).toBe((await welcome("http://127.0.0.1:4311/other"))?.recipesMark);
  await writeSettings({ sites: ["http://127.0.0.1:4311", "https://app.hubspot.com"] });
  expect((await welcome("https://app.hubspot.com/"))?.recipesMark).not.toBe(recipesMark);
});

test("what may be read by a host's recipes is read by those that name it first", async () => {
  const recipes = await recipesAt("http://127.0.0.1:4311/contacts");
  expect(recipes).toEqual(expect.arrayContaining(Recipe.array().parse([HIGHLEVEL_ANYWHERE, SAMPLE_CRM, GENERIC])));
  expect(recipes.map(({ id }) => id)).not.toContain("highlevel");
  // What fits anything comes last.
  expect(recipes.at(-1)?.id).toBe("generic");
});

test("a page that only shares the host gets nothing", async () => {
  expect(await welcome("http://127.0.0.1:4312/")).toBeNull();
});

test("a page of a site that the browser lets nobody into any more gets nothing", async () => {
  allowed = false;
  expect(await welcome("http://127.0.0.1:4311/contacts")).toBeNull();
});

test("a page beside the side panel is told to report", async () => {
  expect((await welcome("http://127.0.0.1:4311/", 7))?.report).toBe(true);
});

test("a thread that waits for this tab opens its panel", async () => {
  await fakeBrowser.storage.session.set({ "open:7": "group" });
  expect((await welcome("http://127.0.0.1:4311/"))?.openPanel).toBe(true);
});

test("recipes that name the host come before those that fit anywhere, and others do not come", () => {
  const sample = Recipe.parse({ ...SAMPLE_CRM, signature: null });
  const anywhere = { ...sample, id: "anywhere", hosts: [] };
  const below = { ...sample, id: "below", hosts: ["*.example.com"] };
  const all = [anywhere, sample, below];
  expect(recipesFor("eu.example.com", all).map(({ id }) => id)).toEqual(["below", "anywhere"]);
  expect(recipesFor("example.com", all).map(({ id }) => id)).toEqual(["below", "anywhere"]);
  expect(recipesFor("notexample.com", all).map(({ id }) => id)).toEqual(["anywhere"]);
  const known = { ...anywhere, id: "known-by-its-page", path: "^/location/" };
  expect(recipesFor("127.0.0.1", [...all, known]).map(({ id }) => id)).toEqual([
    "sample-crm",
    "known-by-its-page",
    "anywhere",
  ]);
});

test("the store build starts with no backend and no site", async () => {
  await fakeBrowser.storage.local.clear();
  expect(await readSettings()).toEqual({ backend: null, sites: [] });
});

test("a permission names the host without its port", () => {
  expect(originPattern("http://127.0.0.1:4311/contacts?x")).toBe("http://127.0.0.1/*");
});
