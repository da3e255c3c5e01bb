import { expect, test, type Page } from "@playwright/test";
import { hubspotId, loadedPeople } from "../pages/hubspot/people.ts";
import { listedPeople, salesforceId } from "../pages/salesforce/people.ts";
import { panelOf, pressHandle } from "./chromium-session.ts";
import { signIn } from "./extension-actions.ts";
import { openFixtureStage, type FixtureStage } from "./fixture-pages.ts";
import { scene } from "./scene.ts";

let stage: FixtureStage;
test.beforeAll(async () => {
  stage = await openFixtureStage();
  await stage.importPeople([
    ...loadedPeople().map((person) => ({ ...person, id: hubspotId(person) })),
    ...listedPeople().map((person) => ({ ...person, id: salesforceId(person) })),
  ]);
});
test.afterAll(() => stage.close());

const LISTS = {
  HighLevel: "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/contacts/smart_list/All?generation=b",
  HubSpot: "https://app.hubspot.com/contacts/42/objects/0-1/views/all/list",
  Salesforce: "https://harbor-pine.lightning.force.com/lightning/o/Contact/list?filterName=__Recent",
};

async function tickThree(page: Page, url: string): Promise<void> {
  await page.goto(url);
  for (const name of ["Dana Wu", "Luis Ortega", "Priya Nair"])
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
}

test("CRMs at their own addresses: whoever is ticked is found in the directory by the CRM's ids", async () => {
  const { context } = stage.browser;
  const page = await context.newPage();
  for (const [index, [crm, url]] of Object.entries(LISTS).entries()) {
    await scene(`Three people ticked in ${crm} can join`, page, async () => {
      await tickThree(page, url);
      await pressHandle(page);
      const panel = await panelOf(page);
      if (index === 0) await signIn(context, panel, "Ava Brooks");
      await expect(panel.getByRole("heading", { name: "3 selected on this page" })).toBeVisible();
      await expect(panel.getByText("3 can join")).toBeVisible();
      await expect(panel.getByRole("button", { name: "Text 3 people" })).toBeEnabled();
    });
  }
});
