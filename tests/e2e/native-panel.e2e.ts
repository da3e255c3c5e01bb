import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { expect, test, type Page } from "@playwright/test";
import { replyFrom } from "./carrier-control.ts";
import { panelOf } from "./chromium-session.ts";
import { badgeOf, clickNotification, notificationsOf } from "./extension-actions.ts";
import { sidePanelOf, type SidePanel } from "./side-panel.ts";
import { openCrm, openPanel, openStage, signInOnce, startGroup, type Stage } from "./stage.ts";
import { overlayWords } from "./worker-actions.ts";

const MAIN_LINE = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const STRANGER = "This page is not one of your CRM sites";

let stage: Stage;
let stranger: Server;
let strangerHost: string;
let crm: Page;
let side: SidePanel;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  stage = await openStage();
  stranger = createServer((_, response) =>
    response
      .setHeader("content-type", "text/html")
      .end(`<table><tr><td><a href="tel:${DANA}">Dana</a></td></tr></table>`),
  );
  stranger.listen(0, "127.0.0.1");
  await once(stranger, "listening");
  const address = stranger.address();
  strangerHost = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  await signInOnce(stage);
});
test.afterAll(async () => {
  stranger.close();
  await stage.close();
});

const says = (words: string | RegExp) => expect.poll(() => side.words(), { timeout: 20_000 }).toMatch(words);

/** The browser's own event, as a click on the entry raises it. */
async function chooseTextNumber(page: Page, click: { linkUrl?: string; selectionText?: string }): Promise<void> {
  const menuItemId = click.linkUrl === undefined ? "text_marked_number" : "text_linked_number";
  const chosen = { menuItemId, pageUrl: page.url(), editable: false, ...click };
  await stage.browser.worker.evaluate(async (chosen) => {
    const { chrome } = globalThis as unknown as Dispatching;
    const [tab] = await chrome.tabs.query({ active: true });
    chrome.contextMenus.onClicked.dispatch(chosen, tab);
  }, chosen);
}

async function pressToolbar(): Promise<void> {
  await stage.browser.worker.evaluate(async () => {
    const { chrome } = globalThis as unknown as Dispatching;
    const [tab] = await chrome.tabs.query({ active: true });
    chrome.action.onClicked.dispatch(tab);
  });
}

interface Dispatching {
  chrome: {
    tabs: { query: (about: object) => Promise<object[]> };
    contextMenus: {
      onClicked: { dispatch: (click: object, tab: object | undefined) => void };
      update: (id: string, changes: object, done: () => void) => void;
    };
    action: { onClicked: { dispatch: (tab: object | undefined) => void } };
    runtime: { lastError?: { message: string } };
  };
}

test("a click in the in-page panel's menu moves it into the browser's own side panel, with the page's selection", async () => {
  crm = await openCrm(stage, ["Dana Wu", "Luis Ortega"]);
  const panel = await openPanel(crm);
  await startGroup(panel, 2, "From the page");
  await panel.getByRole("button", { name: "Back" }).click();
  await panel.getByRole("button", { name: "More" }).click();
  await panel.getByRole("menuitem", { name: "Open in the side panel" }).click();
  side = await sidePanelOf(stage.browser.context);
  await says("2 selected on this page");
  await expect.poll(() => crm.frames().length).toBe(1);
  await crm.getByRole("checkbox", { name: "Select Priya Nair" }).check();
  await says("3 selected on this page");
  await crm.getByRole("checkbox", { name: "Select Priya Nair" }).uncheck();
  await says("2 selected on this page");
});

test("it follows the active tab, and a page that is loaded again", async () => {
  const other = await openCrm(stage, ["Priya Nair"]);
  await says("1 selected on this page");
  await crm.bringToFront();
  await says("2 selected on this page");
  await other.bringToFront();
  await other.reload();
  await says("Nothing selected");
  await other.getByRole("checkbox", { name: "Select Tom Ray" }).check();
  await says("1 selected on this page");
  await other.close();
  await says("2 selected on this page");
});

test("on a tab that is no CRM it says so, and enables the site with one click; disabled again, nothing is left there", async () => {
  const page = await stage.browser.context.newPage();
  await page.goto(`http://${strangerHost}/`);
  await says(STRANGER);
  expect(await overlayWords(page)).toEqual([]);
  await side.press(`Enable ${strangerHost}`);
  await expect.poll(() => overlayWords(page)).toEqual([expect.stringContaining("Open Partyline")]);
  await says("Nothing selected");

  const options = await stage.browser.context.newPage();
  await options.goto(stage.browser.worker.url().replace(/[^/]*$/, "options.html"));
  await options.getByRole("button", { name: `Remove http://${strangerHost}` }).click();
  await page.bringToFront();
  await expect.poll(() => overlayWords(page)).toEqual([]);
  await says(STRANGER);
  await options.close();
  await page.close();
  await says("2 selected on this page");
});

test("both homes are open on one tab, and both show its selection", async () => {
  const panel = await openPanel(crm);
  await crm.getByRole("checkbox", { name: "Select Tom Ray" }).check();
  await expect(panel.getByText("3 selected on this page")).toBeVisible();
  await says("3 selected on this page");
  await pressToolbar();
  await expect.poll(() => crm.frames().length).toBe(1);
  await crm.getByRole("checkbox", { name: "Select Tom Ray" }).uncheck();
  await says("2 selected on this page");
});

test("a notification's thread opens in the side panel, and no second panel in the page", async () => {
  await replyFrom(stage.sandbox, LUIS, [MAIN_LINE, DANA], "Where shall we meet?");
  await expect.poll(() => notificationsOf(stage.browser.worker), { timeout: 60_000 }).toHaveLength(1);
  await clickNotification(stage.browser.worker);
  await says(/From the page[^]*Where shall we meet\?/);
  expect(crm.frames()).toHaveLength(1);
  expect(await badgeOf(stage.browser.worker)).toMatch(/^1?$/);
});

test("a number in the page is texted in the side panel where that is open, else in the page", async () => {
  await chooseTextNumber(crm, { linkUrl: "tel:(415)%20555-0142" });
  await says(/New group[^]*Dana Wu/);
  await side.close();
  await chooseTextNumber(crm, { selectionText: " 628-555-0110 " });
  const panel = await panelOf(crm);
  await expect(panel.getByRole("heading", { name: "New group" })).toBeVisible();
  await expect(panel.getByRole("list", { name: "To" }).or(panel.locator("main"))).toContainText("Luis Ortega");

  await chooseTextNumber(crm, { selectionText: "(307) 555-0163" });
  await expect(panel.locator("main")).toContainText("not in your directory");

  await chooseTextNumber(crm, { selectionText: '<b onclick="x">Call me</b>'.repeat(1_000) });
  await expect(panel.getByRole("alert")).toContainText(/^“<b onclick="x">Call me.{0,60}”: not a phone number\.$/);
  await chooseTextNumber(crm, { linkUrl: "tel:+18765550123" });
  await expect(panel.getByRole("alert")).toContainText("Jamaica: US and Canada only");
  await panel.getByRole("button", { name: "Dismiss" }).click();
  await expect(panel.getByRole("alert")).toHaveCount(0);
});

test("the toolbar icon takes the panel away on an enabled site, and its entries are there once the sites are", async () => {
  await crm.bringToFront();
  await pressToolbar();
  await expect.poll(() => crm.frames().length).toBe(1);
  await pressToolbar();
  await expect((await panelOf(crm)).locator("main")).toBeVisible();
  const trouble = (id: string) =>
    stage.browser.worker.evaluate(
      (id) =>
        new Promise<string | null>((resolve) => {
          const { contextMenus, runtime } = (globalThis as unknown as Dispatching).chrome;
          contextMenus.update(id, {}, () => resolve(runtime.lastError?.message ?? null));
        }),
      id,
    );
  expect(await trouble("text_linked_number")).toBeNull();
  expect(await trouble("text_marked_number")).toBeNull();
  expect(await trouble("side_panel")).toBeNull();
  expect(await trouble("another")).toContain("Cannot find menu item");
});
