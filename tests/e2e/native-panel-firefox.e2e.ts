import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { expect, test } from "@playwright/test";
import type { Browser, Page } from "puppeteer-core";
import { launchFirefox, openOptions } from "./firefox-session.ts";
import { firefoxWindow } from "./firefox-window.ts";
import { buildForStore } from "./store-package.ts";

const ID = "extension@partyline.example";
const PROMPT = "PopupNotifications.panel.firstElementChild";

let server: Server;
let browser: Browser;
let page: Page;
let options: Page;
let inWindow: Awaited<ReturnType<typeof firefoxWindow>>;

test.describe.configure({ mode: "serial", timeout: 60_000 });
test.beforeAll(async () => {
  await buildForStore("firefox");
  server = createServer((_, response) => response.setHeader("content-type", "text/html").end("<h1>A CRM</h1>"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  browser = await launchFirefox("store");
  options = await openOptions(browser);
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
  inWindow = await firefoxWindow(browser);
});
test.afterAll(async () => {
  await browser.close();
  server.close();
});

const isPresent = () => page.evaluate(() => document.querySelector("partyline-overlay") !== null);

/** Alt+G, as the browser's window carries it out: the same as a click on the toolbar icon. */
async function pressToolbar(): Promise<void> {
  await inWindow(`document.querySelector("#ext-keyset-id-extension_partyline_example key").doCommand()`);
  await expect.poll(() => inWindow("PopupNotifications.isPanelOpen")).toBe(true);
}

/** Prompts take no answer in their first moments, lest somebody gives it by accident. */
async function answer(button: "button" | "secondaryButton"): Promise<void> {
  await expect(async () => {
    await inWindow(`${PROMPT}?.${button}.click()`);
    expect(await inWindow("PopupNotifications.isPanelOpen")).toBe(false);
  }).toPass();
}

test("Firefox: the toolbar icon has the browser ask for that one site; a no changes nothing", async () => {
  await pressToolbar();
  expect(await inWindow(`${PROMPT}.textContent`)).toContain("Access your data for sites in 127.0.0.1 domains");
  await answer("secondaryButton");
  expect(await isPresent()).toBe(false);
  expect(await options.evaluate(() => document.body.innerText)).toContain("No site yet.");
});

test("Firefox: a yes brings handle and panel into that tab at once", async () => {
  await pressToolbar();
  await answer("button");
  await expect.poll(isPresent).toBe(true);
  await expect.poll(() => page.frames().length).toBe(2);
  await expect.poll(() => options.evaluate(() => document.body.innerText)).toContain(new URL(page.url()).origin);
});

test("Firefox: the sidebar is the same panel", async () => {
  await inWindow(`SidebarController.show("extension_partyline_example-sidebar-action")`);
  const sidebar = () =>
    options.evaluate(() => {
      const { browser } = globalThis as unknown as WithViews;
      return browser.extension.getViews({ type: "sidebar" })[0]?.document.body.innerText ?? "";
    });
  await expect.poll(sidebar).toContain("Sign in to see your groups");
});

interface WithViews {
  browser: { extension: { getViews: (about: object) => Window[] } };
}

test("Firefox: a permission taken away in the browser's own settings takes script and site with it", async () => {
  expect(await isPresent()).toBe(true);
  await inWindow(`(async () => {
    const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    const { extension } = WebExtensionPolicy.getByID("${ID}");
    await ExtensionPermissions.remove("${ID}", { permissions: [], origins: ["http://127.0.0.1/*"] }, extension);
  })()`);
  await expect.poll(isPresent).toBe(false);
  await expect.poll(() => options.evaluate(() => document.body.innerText)).toContain("No site yet.");
  await page.reload();
  expect(await isPresent()).toBe(false);
});
