import { expect, test } from "@playwright/test";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import type { Browser, Frame, Page } from "puppeteer-core";
import { replyFrom } from "./carrier-control.ts";
import { temporaryFolder } from "./chromium-session.ts";
import { openFirefox, openFirefoxPanel } from "./firefox-session.ts";
import { serveFixture } from "./fixture-server.ts";

const BUSINESS = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";

test("Firefox: an agent signs in, texts a group from the CRM page and reads the answer", async () => {
  test.setTimeout(240_000);
  const folder = await temporaryFolder();
  const redirects = [await redirectOf("firefox")];
  const sandbox = await startSandbox({ ports: await freePorts(), dataFolder: `${folder.path}/data`, redirects });
  const highLevel = await serveFixture("https://app.gohighlevel.com");
  const browser = await openFirefox(sandbox, [highLevel.url]);
  try {
    const { crm, panel } = await tickAndSignIn(browser, sandbox);
    await sendToBoth(panel);
    await readTheAnswer(sandbox, panel);
    await crm.close();
    await readHighLevel(browser, highLevel.url);
  } finally {
    await browser.close();
    highLevel.close();
    await sandbox.close();
    await folder.remove();
  }
});

async function tickAndSignIn(browser: Browser, sandbox: Sandbox): Promise<{ crm: Page; panel: Frame }> {
  const crm = await browser.newPage();
  await crm.goto(`${sandbox.crmUrl}/contacts`);
  for (const name of ["Dana Wu", "Luis Ortega"]) await crm.locator(`input[aria-label="Select ${name}"]`).click();
  const panel = await test.step("The panel opens in the page, from its handle", () => openFirefoxPanel(crm));
  await test.step("Signing in goes through the browser's own sign-in window", async () => {
    const opening = browser.waitForTarget((target) => target.url().includes("/sign-in"));
    await press(panel, "Sign in");
    const window = await (await opening).page();
    if (window === null) throw new Error("the sign-in window holds no page");
    await window.locator("::-p-text(Continue as Ava Brooks)").click();
    await says(panel, /connected/);
    await says(panel, /2 selected on this page/);
  });
  return { crm, panel };
}

async function sendToBoth(panel: Frame): Promise<void> {
  await test.step("A group text goes out and is delivered to both", async () => {
    await press(panel, "Text 2 people");
    await panel.locator("textarea").fill("Hello from Firefox");
    await press(panel, "Send");
    await says(panel, /2 of 2 delivered/);
  });
}

async function readTheAnswer(sandbox: Sandbox, panel: Frame): Promise<void> {
  await test.step("A handset's answer comes into the open thread", async () => {
    await replyFrom(sandbox, LUIS, [BUSINESS, DANA], "Hello from a phone");
    await says(panel, /Hello from a phone/);
  });
}

async function readHighLevel(browser: Browser, url: string): Promise<void> {
  await test.step("All three generations of HighLevel's contact list are read there too", async () => {
    const crm = await browser.newPage();
    const location = `${url}/v2/location/ve9EPM428h8vShlRW1KT`;
    const select = (name: string) => crm.locator(`[aria-label="Select ${name}"]`).click();
    for (const generation of ["a", "b", "c"]) {
      await crm.goto(`${location}/contacts/smart_list/All?generation=${generation}`);
      const panel = await openFirefoxPanel(crm);
      await says(panel, /Nothing selected/);
      for (const name of ["Dana Wu", "Luis Ortega", "Kim Lee"]) await select(name);
      await says(panel, /3 selected on this page/);
      await says(panel, /2 can join · 1 cannot/);
      await select("Dana Wu");
      await says(panel, /2 selected on this page/);
    }
    await crm.close();
  });
}

const press = (panel: Frame, name: string) => panel.locator(`::-p-aria([name="${name}"][role="button"])`).click();

const says = (panel: Frame, words: RegExp) =>
  expect.poll(() => panel.evaluate(() => document.body.innerText), { timeout: 30_000 }).toMatch(words);
