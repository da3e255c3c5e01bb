import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { espoId } from "../pages/espocrm/record-list.ts";
import { hubspotId } from "../pages/hubspot/people.ts";
import { personId } from "../pages/pipedrive/cells.ts";
import { salesforceId } from "../pages/salesforce/people.ts";
import { makePeople, type Person } from "../pages/shared/people.ts";
import { uuidOf } from "../pages/twenty/record-row.ts";
import { zohoId } from "../pages/zoho/list-view.ts";
import { signIn } from "./extension-actions.ts";
import { openFixtureStage, type FixtureStage } from "./fixture-pages.ts";
import { scene } from "./scene.ts";
import { openPanel } from "./stage.ts";

let stage: FixtureStage;
test.beforeAll(async () => {
  stage = await openFixtureStage();
  // Beside the sandbox's own people, who are HighLevel's.
  await stage.importPeople(makePeople(3).flatMap((person) => IDS.map((idOf) => ({ ...person, id: idOf(person) }))));
});
test.afterAll(() => stage.close());

const IDS: ((person: Person) => string)[] = [
  hubspotId,
  salesforceId,
  (person) => String(personId(person)),
  zohoId,
  uuidOf,
  espoId,
];
const LISTS = {
  HighLevel: "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/contacts/smart_list/All?generation=b",
  HubSpot: "https://app.hubspot.com/contacts/42/objects/0-1/views/all/list",
  Salesforce: "https://harbor-pine.lightning.force.com/lightning/o/Contact/list?filterName=__Recent",
  Pipedrive: "https://acme.pipedrive.com/persons/list",
  Zoho: "https://crm.zoho.eu/crm/org42/tab/Contacts/custom-view/1/list",
  Twenty: "https://people.harbor-pine.example/objects/people",
  EspoCRM: "https://office.harbor-pine.example/crm/#Contact",
};

async function tick(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.getByLabel(`Select ${name}`, { exact: true }).click();
}

test("The panel over CRMs at their own addresses: ids and phones become people whom the directory knows", async () => {
  const { context } = stage.browser;
  const page = await context.newPage();
  await scene("A table that has phones and no ids, in a CRM that nobody described", page, async () => {
    await page.goto("https://some-crm.example/plain-table");
    await tick(page, "Dana Wu", "Luis Ortega", "Nobody Known");
    const panel = await openPanel(page);
    await signIn(context, panel, "Ava Brooks");
    await expect(panel.getByRole("heading", { name: "3 selected on this page" })).toBeVisible();
    await expect(panel.getByText("2 can join · 1 not in the directory")).toBeVisible();
    await panel.getByRole("button", { name: "Text 2 people" }).click();
    await expect(panel.getByRole("list", { name: "People in the new group" })).toContainText("Dana Wu");
  });
  for (const [crm, url] of Object.entries(LISTS)) {
    await scene(`Three people ticked in ${crm} can join`, page, async () => {
      await page.goto(url);
      await tick(page, "Dana Wu", "Luis Ortega", "Priya Nair");
      const panel = await openPanel(page);
      await expect(panel.getByRole("heading", { name: "3 selected on this page" })).toBeVisible();
      await expect(panel.getByText("3 can join")).toBeVisible();
      await expect(panel.getByRole("button", { name: "Text 3 people" })).toBeEnabled();
    });
  }
  await scene("Everybody selected in HubSpot: the panel says how many the page never showed", page, async () => {
    await page.goto(LISTS.HubSpot);
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await page.getByRole("button", { name: "Select all 1,234 contacts" }).click();
    const panel = await openPanel(page);
    await expect(panel.getByRole("heading", { name: "1,234 selected on this page" })).toBeVisible();
    await expect(panel.getByText(/\d+ of 1,234 could be read/)).toBeVisible();
    await expect(panel.getByText(/everything that its query finds/)).toBeVisible();
  });
  await scene("A page that is not built as it was is said so, and reported without its texts", page, async () => {
    await page.goto(`${LISTS.HubSpot}?markup=changed`);
    await tick(page, "Dana Wu");
    const panel = await openPanel(page);
    await expect(panel.getByText("This page changed")).toBeVisible();
    await expect(panel.getByRole("heading", { name: "1 selected on this page" })).toBeVisible();
    await panel.getByRole("button", { name: "Report" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: "Download" }).click(),
    ]);
    const report = await readFile(await download.path(), "utf8");
    expect(JSON.parse(report)).toMatchObject({ recipe: { id: "hubspot" }, region: "ticked" });
    expect(report).toContain('"tag": "input"');
    expect(report).not.toMatch(/Dana|Ortega|415/);
  });
});
