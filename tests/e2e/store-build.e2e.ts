import { expect, test } from "@playwright/test";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import type { Page } from "puppeteer-core";
import { openChromium, temporaryFolder } from "./chromium-session.ts";
import { buildForStore } from "./store-package.ts";
import { launchFirefox, openFirefoxPanel, openOptions } from "./firefox-session.ts";

let sandbox: Sandbox;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

test.beforeAll(async () => {
  await buildForStore("chrome");
  await buildForStore("firefox");
  folder = await temporaryFolder();
  const redirects = [await redirectOf("chrome"), await redirectOf("firefox")];
  sandbox = await startSandbox({ ports: await freePorts(), dataFolder: `${folder.path}/data`, redirects });
});
test.afterAll(async () => {
  await sandbox.close();
  await folder.remove();
});

test("Chromium: the store build leaves a site alone that is chosen but not allowed, and says so in the panel", async () => {
  const browser = await openChromium({ profile: `${folder.path}/profile`, sandbox, build: "store" });
  try {
    const crm = await browser.context.newPage();
    await crm.goto(`${sandbox.crmUrl}/contacts`);
    await expect(crm.getByText("240 contacts")).toBeVisible();
    const panel = await browser.context.newPage();
    await panel.goto(browser.worker.url().replace(/[^/]*$/, "panel.html"));
    await panel.getByRole("button", { name: "Sign in" }).click();
    await expect(panel.getByRole("alert")).toHaveText(
      `The browser does not let Partyline reach ${sandbox.backendUrl} yet. Allow it in the options.`,
    );
    expect(await crm.locator("partyline-overlay").count()).toBe(0);
  } finally {
    await browser.close();
  }
});

test("Firefox: the store build does nothing until backend and site are allowed in the options, then at once", async () => {
  const browser = await launchFirefox("store", { "extensions.webextOptionalPermissionPrompts": false });
  try {
    const crm = await browser.newPage();
    await crm.goto(`${sandbox.crmUrl}/contacts`);
    await crm.waitForSelector(".contact-row");
    const options = await openOptions(browser);
    await fillAndPress(options, { field: "Backend address", text: sandbox.backendUrl, button: "Check and save" });
    await expect.poll(() => wordsOf(options)).toContain("The backend answers. Saved.");
    expect(await crm.$("partyline-overlay")).toBeNull();
    await fillAndPress(options, { field: "Address of a CRM page", text: crm.url(), button: "Allow this site" });
    await expect.poll(() => wordsOf(options)).toContain(sandbox.crmUrl);
    await crm.bringToFront();
    const panel = await openFirefoxPanel(crm);
    await expect.poll(() => panel.evaluate(() => document.body.innerText)).toContain("Sign in");
  } finally {
    await browser.close();
  }
});

const wordsOf = (page: Page) => page.evaluate(() => document.body.innerText);

async function fillAndPress(page: Page, { field, text, button }: Record<"field" | "text" | "button", string>) {
  await page.locator(`::-p-aria([name="${field}"][role="textbox"])`).fill(text);
  await page.locator(`::-p-aria([name="${button}"][role="button"])`).click();
}
