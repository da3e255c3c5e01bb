import { readFile, writeFile } from "node:fs/promises";
import { expect, test, type BrowserContext, type Frame, type Page } from "@playwright/test";
import type { RecipeSource } from "@partyline/contract/recipe";
import type { SignedRecipes } from "@partyline/contract/recipe-book";
import { buildExtension, buildFolder } from "@partyline/sandbox/extension-build";
import { recipesFile } from "@partyline/sandbox/sandbox";
import { signRecipes } from "../../server/recipes/signing.ts";
import { HIGHLEVEL } from "../../utils/recipes/highlevel.ts";
import { SAMPLE_CRM } from "../../utils/recipes/sample-crm.ts";
import { openChromium, temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { signIn } from "./extension-actions.ts";
import { NOWHERE, openFixture, openFixtureBrowser } from "./fixture-pages.ts";
import { openFirefox, openOptions as openFirefoxOptions, settle } from "./firefox-session.ts";
import { openCrm, openPanel, openStage, signInOnce, type Stage } from "./stage.ts";

const HIGHLEVEL_LIST = "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/contacts/smart_list/All";
const PAIR = ["Dana Wu", "Luis Ortega"];

let stage: Stage;
/** What the CRM's newest release calls the rows of its list. */
let rows = "contact-row";

test.beforeAll(async () => {
  stage = await openStage();
  await signInOnce(stage);
  await followRelease(stage.browser.context);
});
test.afterAll(() => stage.close());

/** The sample CRM as its newest release is. */
async function followRelease(context: BrowserContext): Promise<void> {
  await context.route(`${stage.sandbox.crmUrl}/page/*`, async (route) => {
    const response = await route.fetch();
    const text = await response.text();
    const body = text.replaceAll('"contact-row"', `"${rows}"`).replaceAll(".contact-row", `.${rows}`);
    await route.fulfill({ response, body });
  });
}

/** The built-in recipe as it has to be after that release. */
function corrected(changes: Partial<RecipeSource> = {}): RecipeSource {
  const [list] = SAMPLE_CRM.lists;
  if (list === undefined) throw new Error("the sample CRM has no list");
  const lists = [{ ...list, row: `.${rows}[data-contact-id]` }];
  return { ...SAMPLE_CRM, version: SAMPLE_CRM.version + 1, lists, ...changes };
}

/** The publisher signs, and the operator puts the file where the backend looks. */
async function publish(serial: number, recipe: RecipeSource, tamper = (text: string) => text): Promise<void> {
  await writeFile(recipesFile(stage.dataFolder), tamper(JSON.stringify(await sign(serial, recipe))));
}

function sign(serial: number, recipe: RecipeSource): Promise<SignedRecipes> {
  const unsigned = { serial, issuedAt: "2026-11-23T12:00:00Z", recipes: [recipe] };
  return signRecipes(unsigned, process.env["RECIPES_KEY"] ?? "");
}

async function openOptions({ context, worker }: ChromiumSession): Promise<Page> {
  const options = await context.newPage();
  await options.goto(worker.url().replace(/[^/]*$/, "options.html"));
  await expect(options.getByRole("list", { name: "CRM pages" })).toContainText("sample-crm");
  return options;
}

const recipesIn = (options: Page) => options.getByRole("list", { name: "CRM pages" }).getByRole("listitem");

type Browsing = Pick<Stage, "sandbox" | "browser">;

/** Ticks the pair in a new tab, and does something with the panel there. */
async function withPanel(where: Browsing, work: (panel: Frame) => Promise<void>): Promise<void> {
  const crm = await openCrm(where, PAIR);
  await work(await openPanel(crm));
  await crm.close();
}

const expectRead = (where: Browsing) =>
  withPanel(where, (panel) => expect(panel.getByRole("button", { name: "Text 2 people" })).toBeVisible());

test("a CRM's new release is unreadable until the publisher's correction is there, without a new extension", async () => {
  rows = "person-line";
  await withPanel(stage, async (panel) => {
    await expect(panel.getByText("This page changed")).toBeVisible();
    await panel.getByRole("button", { name: "Report" }).click();
    await expect(panel.getByText("The report is made")).toBeVisible();
  });
  const options = await openOptions(stage.browser);
  const report = await readReport(options);
  expect(report).toContain("person-line");
  expect(report).not.toMatch(/Dana|Wu|Luis|Ortega|555/);

  await publish(1, corrected());
  await options.getByRole("button", { name: "Check for newer ones" }).click();
  await expect(recipesIn(options).filter({ hasText: "published" })).toContainText(`version ${SAMPLE_CRM.version + 1}`);
  await expectRead(stage);

  await publish(2, corrected({ version: 99 }), (text) => text.replace("person-line", "person-lime"));
  await options.getByRole("button", { name: "Check for newer ones" }).click();
  await expect(options.getByRole("alert")).toContainText("not signed by a publisher this extension knows");
  await expectRead(stage);
  await options.close();
});

/** The report as it comes out of the options page. */
async function readReport(options: Page): Promise<string> {
  const downloading = options.waitForEvent("download");
  await options
    .getByRole("list", { name: "Reports of pages that changed" })
    .getByRole("button", { name: "Download" })
    .click();
  return readFile(await (await downloading).path(), "utf8");
}

test("an admin's own recipe is refused with its fault, tried on a tab, saved, and read with by a colleague", async () => {
  const ben = await openColleague();
  rows = "member";
  const crm = await openCrm(stage, PAIR);
  const options = await openOptions(stage.browser);
  const editor = options.getByRole("textbox", { name: "Recipe as JSON" });
  const own = corrected({ id: "our-crm", version: 1, hosts: ["127.0.0.1"] });

  await editor.fill(JSON.stringify({ ...own, lists: [{ ...own.lists[0], checked: "input[" }] }));
  await options.getByRole("button", { name: "Save for the workspace" }).click();
  await expect(options.getByRole("alert").filter({ hasText: "Not saved" })).toContainText("/lists/0/checked");

  await options.getByRole("button", { name: "Try on this tab" }).click();
  await expect(options.getByText(/Boxes are ticked here|no row in it/)).toBeVisible();
  await editor.fill(JSON.stringify(own, null, 2));
  await options.getByLabel("With").selectOption("draft");
  await options.getByRole("button", { name: "Try on this tab" }).click();
  await expect(options.getByText("2 contacts were read.")).toBeVisible();
  const dana = options.getByRole("row", { name: /Dana Wu/ });
  await expect(dana).toContainText("a.contact-name");
  await expect(dana).toContainText("[data-contact-id]");
  await crm.close();

  await options.getByRole("button", { name: "Save for the workspace" }).click();
  await expect(options.getByText("Saved: our-crm")).toBeVisible();
  await expectRead(stage);
  await expect(recipesIn(ben.options).filter({ hasText: "our-crm" })).toContainText("your workspace’s");
  await expectRead({ sandbox: stage.sandbox, browser: ben.browser });
  await expect(ben.options.getByRole("textbox", { name: "Recipe as JSON" })).toHaveCount(0);

  await options.getByRole("button", { name: "Remove our-crm" }).click();
  await expect(recipesIn(ben.options).filter({ hasText: "our-crm" })).toHaveCount(0, { timeout: 40_000 });
  await ben.close();
});

/** Ben, signed in on another machine before anything happens. */
async function openColleague() {
  const profile = await temporaryFolder();
  const browser = await openChromium({ profile: profile.path, sandbox: stage.sandbox });
  await followRelease(browser.context);
  const crm = await openCrm({ ...stage, browser }, []);
  await signIn(browser.context, await openPanel(crm), "Ben Carter");
  const options = await openOptions(browser);
  return {
    browser,
    options,
    async close() {
      await browser.close();
      await profile.remove();
    },
  };
}

test("a published correction for HighLevel's host is read by in a page that is open", async () => {
  const folder = await temporaryFolder();
  const browser = await openFixtureBrowser(folder.path, NOWHERE);
  try {
    const { page, ids, selection, listen } = await openFixture(browser, `${HIGHLEVEL_LIST}?generation=unknown`);
    for (const name of PAIR) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
    await expect.poll(selection).toMatchObject({ rows: [], changed: true });
    const published = await sign(1, {
      ...HIGHLEVEL,
      version: HIGHLEVEL.version + 1,
      lists: [
        {
          kind: "contacts",
          container: ".x1f",
          row: ".x2g",
          checked: '[aria-checked="true"]',
          contactId: [{ selector: "a.x3h", pattern: "^(.+)$" }],
        },
      ],
    });
    await browser.worker.evaluate(
      (recipes) => (globalThis as unknown as Chromium).chrome.storage.local.set({ recipes }),
      { published, serial: 1 },
    );
    // A page that is told to look at its site again tells only whom the background knows.
    await expect
      .poll(async () => {
        await listen();
        return ids();
      })
      .toEqual(PAIR);
  } finally {
    await browser.close();
    await folder.remove();
  }
});

test("Firefox believes the same signature, and tries recipes on its tabs too", async () => {
  rows = "contact-row";
  const published = await sign(1, corrected());
  const firefox = await openFirefox(stage.sandbox);
  try {
    const crm = await firefox.newPage();
    await crm.goto(`${stage.sandbox.crmUrl}/contacts`);
    for (const name of PAIR) await crm.locator(`input[aria-label="Select ${name}"]`).click();
    const options = await openFirefoxOptions(firefox);
    await options.evaluate((recipes) => (globalThis as unknown as Storing).browser.storage.local.set({ recipes }), {
      published,
      serial: 1,
    });
    await settle(options, () => /sample-crm version \d+ · published/.test(document.body.textContent ?? ""));
    await options.locator("::-p-aria([name='Try on this tab'][role='button'])").click();
    await settle(options, () => /2 contacts were read\..*Dana Wu/.test(document.body.textContent ?? ""));
  } finally {
    await firefox.close();
  }
});

test("a store build takes nobody's key from where it is built", async () => {
  const folder = await temporaryFolder();
  const key = process.env["RECIPES_PUBLIC_KEY"] ?? "";
  const carries = async (build: string) => (await readFile(`${build}/background.js`, "utf8")).includes(key);
  const store = await buildExtension("chrome", { WXT_OUT_DIR: folder.path, WXT_RECIPE_KEYS: key }, "store");
  expect([await carries(buildFolder("chrome")), await carries(store)]).toEqual([true, false]);
  await folder.remove();
});

interface Chromium {
  chrome: Storing["browser"];
}

interface Storing {
  browser: { storage: { local: { set: (items: object) => Promise<void> } } };
}
