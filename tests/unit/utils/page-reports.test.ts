import { beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Runtime } from "../../../utils/browser.ts";
import { forgetOldReports, forgetReports, readReports, reportPage } from "../../../utils/page-reports.ts";
import { writeSettings } from "../../../utils/settings.ts";
import { forgetSiteData } from "../../../utils/site-data.ts";

const CRM = "https://crm.example.com";
const OTHER = "https://other.example.com:8443";
const STRUCTURE = {
  browser: "A browser",
  recipe: null,
  address: "/",
  region: "page",
  within: [],
  structure: { tag: "p" },
};

let tabId: number;
beforeEach(async () => {
  fakeBrowser.reset();
  await writeSettings({ sites: [CRM] });
  tabId = (await fakeBrowser.tabs.create({ url: `${CRM}/contacts` })).id ?? 0;
  // The script answers as it does in a browser, where another test runs it.
  const answer = [{ documentId: "1", frameId: 0, result: STRUCTURE }];
  fakeBrowser.scripting.executeScript = async () => answer;
  fakeBrowser.runtime.getManifest = () => ({ manifest_version: 3, name: "Partyline", version: "0.1.0" });
});

const framed = () => ({ tab: { id: tabId }, frameId: 3 }) as Runtime.MessageSender;

test("the last five reports are kept, the newest first", async () => {
  for (let minute = 1; minute <= 7; minute += 1) await reportPage(framed(), () => minute * 60_000);
  const made = await readReports();
  expect(made.map(({ at }) => Date.parse(at) / 60_000)).toEqual([7, 6, 5, 4, 3]);
  expect(made[0]).toMatchObject(STRUCTURE);
});

test("the last five of all sites together are kept, and a site that is given up takes its own along", async () => {
  await writeSettings({ sites: [CRM, OTHER] });
  const crm = framed();
  const other = { tab: await fakeBrowser.tabs.create({ url: `${OTHER}/people` }), frameId: 3 } as Runtime.MessageSender;
  for (let minute = 1; minute <= 7; minute += 1) await reportPage(minute % 2 ? crm : other, () => minute * 60_000);
  const minutes = async () => (await readReports()).map(({ at }) => Date.parse(at) / 60_000);
  expect(await minutes()).toEqual([7, 6, 5, 4, 3]);
  await forgetSiteData(CRM);
  expect(await minutes()).toEqual([6, 4]);
  expect(JSON.stringify(await readReports())).not.toContain("example.com");
  await forgetReports();
  expect(await minutes()).toEqual([]);
});

test("a page of a site that is not enabled is not looked at", async () => {
  await writeSettings({ sites: [] });
  expect(await reportPage(framed(), () => 0)).toBeNull();
  expect(await readReports()).toEqual([]);
});

test("a page that cannot be looked at makes no report", async () => {
  fakeBrowser.scripting.executeScript = () => Promise.reject(new Error("The tab was closed."));
  expect(await reportPage(framed(), () => 0)).toBeNull();
});

test("reports from before they had their sites in their keys go, and no other", async () => {
  await reportPage(framed(), () => 60_000);
  await fakeBrowser.storage.local.set({ reports: [STRUCTURE] });
  await forgetOldReports();
  expect(Object.keys(await fakeBrowser.storage.local.get())).not.toContain("reports");
  expect(await readReports()).toHaveLength(1);
});
