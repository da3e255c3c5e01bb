import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import type { Browser, Frame, Page } from "puppeteer-core";
import { openFirefox, openFirefoxPanel, openOptions, settle, type WithStorage } from "./firefox-session.ts";
import { firefoxWindow } from "./firefox-window.ts";
import { serveTrapPages, type TrapPages } from "./trap-pages.ts";

/** What Firefox does in its own way: it holds our styles to the page's policy, and shares its names with the page elsewhere. */
test.describe.configure({ timeout: 60_000 });

let pages: TrapPages;
let browser: Browser;
test.beforeAll(async () => {
  pages = await serveTrapPages();
  browser = await openFirefox({ backendUrl: "http://127.0.0.1:9", crmUrl: pages.origin });
});
test.afterAll(async () => {
  await browser.close();
  await pages.close();
});

async function openTrap(page: string, headers: Record<string, string> = {}): Promise<Page> {
  const tab = await browser.newPage();
  await tab.goto(`${pages.origin}/contacts?${new URLSearchParams({ page, ...headers }).toString()}`);
  return tab;
}

const isDrawn = (panel: Frame) => settle(panel, () => document.body.innerText.includes("Sign in"));

const POLICY = "default-src 'none'; script-src 'none'; style-src 'none'; frame-src 'none'";

for (const [what, page, headers] of [
  ["the strictest content security policy", "plain", { "content-security-policy": POLICY }],
  ["isolation from other origins", "plain", { "cross-origin-embedder-policy": "require-corp" }],
  ["elements named like what the document has", "clobber", {}],
  ["a class of its own under our name", "owner", {}],
  ["changed prototypes", "tampered", {}],
] as const) {
  test(`Firefox: handle and panel are where they belong in a page with ${what}`, async () => {
    const tab = await openTrap(page, headers);
    await isDrawn(await openFirefoxPanel(tab));
    await tab.close();
  });
}

test("Firefox: the handle can be pressed beside a modal dialog, and an open panel waits behind one", async () => {
  const tab = await openTrap("modal");
  await tab.waitForSelector("partyline-overlay");
  await tab.evaluate(() => document.querySelector<HTMLDialogElement>("#first")?.showModal());
  await settle(tab, () => document.querySelector("dialog > partyline-overlay") !== null);
  await isDrawn(await openFirefoxPanel(tab));
  await tab.evaluate(() => document.querySelector<HTMLDialogElement>("#first")?.close());
  await settle(tab, () => document.querySelector("html > partyline-overlay") !== null);
  const panel = await panelIn(tab);
  await isDrawn(panel);
  await panel.evaluate(() => void Object.assign(globalThis, { kept: true }));
  for (const act of ["showModal", "close"] as const) {
    await actAndTell(tab, act);
    expect(await tab.evaluate(() => document.querySelector("html > partyline-overlay") !== null)).toBe(true);
    expect(await panel.evaluate(() => (globalThis as { kept?: boolean }).kept)).toBe(true);
  }
  await tab.close();
});

test("Firefox: a page that is moved aside is printed at its full width", async () => {
  const options = await openOptions(browser);
  await options.evaluate(async (key) => {
    await (globalThis as unknown as WithStorage).browser.storage.local.set({ [key]: { push: true } });
  }, `presence:${pages.origin}`);
  await options.close();
  const tab = await openTrap("plain");
  await tab.addStyleTag({ content: "h1 { text-align: right; border: 2px solid }" });
  const paper = await print(tab);
  await openFirefoxPanel(tab);
  const room = () => tab.evaluate(() => document.documentElement.getBoundingClientRect().width);
  await expect.poll(room).toBe(1280 - 360);
  expect(await print(tab)).toBe(paper);
  expect(await room()).toBe(1280 - 360);
  await tab.close();
});

test("Firefox: a link to a phone has an entry for texting its number, and no other link has", async () => {
  const tab = await openTrap("plain");
  await tab.waitForSelector("partyline-overlay");
  await tab.evaluate(() => {
    const links = ["tel:+14155550142", "sms:+14155550142", "callto:+14155550142", "https://example.com/tel:1"];
    document.body.innerHTML = links.map((href) => `<p><a href="${href}">Call</a></p>`).join("");
  });
  const inWindow = await firefoxWindow(browser);
  const menu = `document.querySelector("#contentAreaContextMenu")`;
  const entry = `${menu}.querySelector("[label='Text this number']:not([hidden])")`;
  const openMenu = async (link: number) => {
    await tab.locator(`p:nth-child(${link}) a`).click({ button: "right" });
    await expect.poll(() => inWindow(`${menu}.state`)).toBe("open");
    return inWindow(`${entry} !== null`);
  };
  for (const [link, isOffered] of [
    [4, false],
    [3, true],
    [2, true],
  ] as const) {
    expect(await openMenu(link)).toBe(isOffered);
    await inWindow(`${menu}.hidePopup()`);
    await expect.poll(() => inWindow(`${menu}.state`)).toBe("closed");
  }
  expect(await openMenu(1)).toBe(true);
  await inWindow(`${menu}.activateItem(${entry})`);
  await isDrawn(await panelIn(tab));
  await tab.close();
});

/** What is drawn on paper: the packed parts of the file, without the time when. */
async function print(tab: Page): Promise<string> {
  const file = Buffer.from(await tab.pdf()).toString("latin1");
  const packed = [...file.matchAll(/FlateDecode[^]*?\bstream\r?\n([^]*?)endstream/g)];
  const parts = packed.map(([, part = ""]) => inflateSync(Buffer.from(part, "latin1")).toString("latin1"));
  return createHash("sha256")
    .update(parts.join().replaceAll(/\/CreationDate ?\([^)]*\)/g, ""))
    .digest("hex");
}

/** Opens or closes a dialog, and waits until whoever listens has heard of it and done something about it. */
function actAndTell(tab: Page, act: "showModal" | "close"): Promise<void> {
  return tab.evaluate((act) => {
    const dialog = document.querySelector<HTMLDialogElement>("#second");
    const told = new Promise<void>((done) => {
      dialog?.addEventListener("toggle", () => requestAnimationFrame(() => setTimeout(done)), { once: true });
    });
    dialog?.[act]();
    return told;
  }, act);
}

async function panelIn(tab: Page): Promise<Frame> {
  await expect.poll(() => tab.frames().length).toBe(2);
  const [, panel] = tab.frames();
  if (panel === undefined) throw new Error("the panel did not come back");
  return panel;
}

test("Firefox: a sandboxed page lets no panel in, which then comes in a tab of its own", async () => {
  const tab = await openTrap("plain", { "content-security-policy": "sandbox allow-scripts" });
  await tab.waitForSelector("partyline-overlay");
  await tab.mouse.click(1280 - 14, 800 * 0.4 + 30);
  await expect.poll(addresses, { timeout: 30_000 }).toContainEqual(expect.stringMatching(/^moz-extension:.*panel/));
  await tab.close();
});

/** As the pages themselves see them: the driver never hears that a page of an extension has loaded. */
async function addresses(): Promise<string[]> {
  const tabs = await browser.pages();
  return Promise.all(tabs.map((tab) => tab.evaluate(() => location.href).catch(() => "")));
}
