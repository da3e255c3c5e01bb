import { beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { tryRecipesOn } from "../../../utils/recipe-tabs.ts";
import { writeSettings } from "../../../utils/settings.ts";

const CRM = "https://crm.example.com";
const TRIAL = { rows: [] };

let tabId: number;
let runs: number;
beforeEach(async () => {
  fakeBrowser.reset();
  runs = 0;
  tabId = (await fakeBrowser.tabs.create({ url: `${CRM}/contacts` })).id ?? 0;
  fakeBrowser.scripting.executeScript = async () => {
    runs += 1;
    return [{ documentId: "1", frameId: 0, result: JSON.stringify(TRIAL) as never }];
  };
});

test("a page of an enabled site is read", async () => {
  await writeSettings({ sites: [CRM] });
  expect(await tryRecipesOn(tabId, [])).toEqual(TRIAL);
});

test("no script is put into a page of a site that was given up, though the browser would let us", async () => {
  await writeSettings({ sites: ["https://crm.example.com:8443"] });
  expect(await tryRecipesOn(tabId, [])).toBeNull();
  expect(runs).toBe(0);
});
