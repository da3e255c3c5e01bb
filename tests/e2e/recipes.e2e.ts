import { expect, test } from "@playwright/test";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { hubspotId, loadedPeople } from "../pages/hubspot/people.ts";
import { temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { openFixture, openFixtureBrowser } from "./fixture-pages.ts";

let browser: ChromiumSession;
let sandbox: Sandbox;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

test.beforeAll(async () => {
  folder = await temporaryFolder();
  const redirects = [await redirectOf("chrome")];
  sandbox = await startSandbox({ ports: await freePorts(), dataFolder: `${folder.path}/data`, redirects });
  browser = await openFixtureBrowser(folder.path, sandbox);
});
test.afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await folder.remove();
});

const HUBSPOT_LIST = "https://app.hubspot.com/contacts/42/objects/0-1/views/all/list";
const [DANA, LUIS] = loadedPeople().map(hubspotId);

test("HubSpot: ticked rows", async () => {
  const { page, ids } = await openFixture(browser, HUBSPOT_LIST);
  for (const name of ["Dana Wu", "Luis Ortega"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await expect.poll(ids).toEqual([DANA, LUIS]);
  await page.close();
});
