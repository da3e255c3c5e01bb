import { expect, test } from "@playwright/test";
import { hubspotId, loadedPeople } from "../pages/hubspot/people.ts";
import { openFixture, openFixtureStage } from "./fixture-pages.ts";

let stage: Awaited<ReturnType<typeof openFixtureStage>>;
test.beforeAll(async () => {
  stage = await openFixtureStage();
});
test.afterAll(() => stage.close());

const HUBSPOT_LIST = "https://app.hubspot.com/contacts/42/objects/0-1/views/all/list";
const [DANA, LUIS] = loadedPeople().map(hubspotId);

test("HubSpot: ticked rows", async () => {
  const { page, ids } = await openFixture(stage.browser, HUBSPOT_LIST);
  for (const name of ["Dana Wu", "Luis Ortega"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await expect.poll(ids).toEqual([DANA, LUIS]);
  await page.close();
});
