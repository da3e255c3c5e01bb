import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { expect, test, type Frame, type Page } from "@playwright/test";
import { countSends, replyFrom } from "./carrier-control.ts";
import { panelOf } from "./chromium-session.ts";
import { keepPresence, setZoom } from "./extension-actions.ts";
import { openCrm, openPanel, openStage, signInOnce, startGroup, writeAndSend, type Stage } from "./stage.ts";

const MAIN_LINE = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const NASTY = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script><b>bold</b>';

test.describe.configure({ timeout: 60_000 });

let stage: Stage;
let stranger: Server;

test.beforeAll(async () => {
  stage = await openStage();
  await signInOnce(stage);
  stranger = createServer((_, response) => response.setHeader("content-type", "text/html").end("<h1>A page</h1>"));
  stranger.listen(0, "127.0.0.1");
  await once(stranger, "listening");
});
test.afterAll(async () => {
  stranger.close();
  await stage.close();
});

function strangersUrl(): string {
  const address = stranger.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

test("a page that frames the panel by itself gets an empty shell, whatever nonce it makes up", async () => {
  const panelUrl = stage.browser.worker.url().replace(/[^/]*$/, "panel.html");
  // The same page in a site of no interest, and in the very site where the extension is at home.
  for (const place of [strangersUrl(), `${stage.sandbox.crmUrl}/contacts`]) {
    for (const nonce of ["", `#${crypto.randomUUID()}`]) {
      const page = await stage.browser.context.newPage();
      await page.goto(place);
      await page.evaluate(
        (src) => document.body.append(Object.assign(document.createElement("iframe"), { src })),
        panelUrl + nonce,
      );
      const shell = await panelOf(page);
      await expect(shell.getByText("Nothing to see here")).toBeVisible();
      await expect(shell.getByRole("button")).toHaveCount(0);
      await page.close();
    }
  }
});

test("the handle shows on the enabled site alone, though the browser's permission covers its neighbours", async () => {
  const page = await stage.browser.context.newPage();
  await page.goto(strangersUrl());
  const crm = await openCrm(stage, []);
  await expect(crm.locator("partyline-overlay")).toBeAttached();
  await expect(page.locator("partyline-overlay")).toHaveCount(0);
  await page.close();
  await crm.close();
});

test("the CRM's own scripts reach neither the panel nor what the extension keeps", async () => {
  const crm = await openCrm(stage, []);
  await openPanel(crm);
  const seen = await crm.evaluate(async () => {
    const host = document.querySelector("partyline-overlay");
    const runtime = (globalThis as { chrome?: { runtime?: unknown; storage?: unknown } }).chrome;
    return {
      shadowRoot: host?.shadowRoot,
      innerHtml: host?.innerHTML,
      frames: globalThis.length,
      databases: (await indexedDB.databases()).map(({ name }) => name),
      runtime: typeof runtime?.runtime,
      storage: typeof runtime?.storage,
      timings: performance.getEntriesByType("resource").filter(({ name }) => name.includes("panel.html")).length,
      added: Object.keys(globalThis).filter((name) => /partyline/i.test(name)),
    };
  });
  expect(seen).toEqual({
    shadowRoot: null,
    innerHtml: "",
    frames: 0,
    databases: [],
    runtime: "undefined",
    storage: "undefined",
    timings: 0,
    added: [],
  });
  await crm.close();
});

test("markup in a text is shown as it was typed: in the panel and on the phones", async () => {
  const crm = await openCrm(stage, ["Dana Wu", "Luis Ortega"]);
  const panel = await openPanel(crm);
  await startGroup(panel, 2, NASTY);
  await expect(panel.getByRole("region", { name: "Messages" })).toContainText(NASTY);
  expect(await countSends(stage.sandbox, NASTY)).toBe(1);
  await panel.getByRole("button", { name: "Back" }).click();
  await replyFrom(stage.sandbox, LUIS, [MAIN_LINE, DANA], `${NASTY} too`);
  await expect(panel.getByRole("list", { name: "Groups" })).toContainText(`${NASTY} too`);
  const phones = await stage.browser.context.newPage();
  await phones.goto(stage.sandbox.phonesUrl);
  await expect(phones.getByRole("article", { name: /Dana Wu/ })).toContainText(`${NASTY} too`);
  for (const where of [panel, phones, crm]) {
    expect(await where.title()).not.toBe("owned");
    expect(await where.locator("b, img[src='x']").count()).toBe(0);
  }
  await phones.close();
  await crm.close();
});

/** Lies over everything, in the top layer, and lets every press through. */
function cover(): () => void {
  const cover = document.createElement("div");
  cover.style.cssText = "position:fixed;inset:0;width:100%;height:100%;background:pink;pointer-events:none";
  cover.popover = "manual";
  document.body.append(cover);
  cover.showPopover();
  return () => cover.remove();
}

/** Takes us out of the top layer, to where the page's own styles reach. */
function fade(): () => void {
  const host = document.querySelector<HTMLElement>("partyline-overlay");
  host?.hidePopover();
  document.documentElement.style.opacity = "0.01";
  return () => {
    document.documentElement.style.removeProperty("opacity");
    host?.showPopover();
  };
}

async function openFirstThread(crm: Page): Promise<Frame> {
  const panel = await openPanel(crm);
  await panel.getByRole("list", { name: "Groups" }).getByRole("button").first().click();
  return panel;
}

const unsent = (panel: Frame) => panel.getByText("Something on this page hides Partyline");

test("nothing is sent while the page covers the panel or makes it transparent; once it is seen again, it is", async () => {
  const crm = await openCrm(stage, []);
  const panel = await openFirstThread(crm);
  for (const hide of [cover, fade]) {
    const hiding = await crm.evaluateHandle(hide);
    await writeAndSend(panel, `Written behind ${hide.name}`);
    await expect(unsent(panel)).toBeVisible();
    await hiding.evaluate((lift) => lift());
    expect(await countSends(stage.sandbox, `Written behind ${hide.name}`)).toBe(0);
    await expect(async () => {
      await panel.getByRole("button", { name: "Send", exact: true }).click();
      await expect(unsent(panel)).toHaveCount(0, { timeout: 500 });
    }).toPass();
    await expect.poll(() => countSends(stage.sandbox, `Written behind ${hide.name}`), { timeout: 30_000 }).toBe(1);
  }
  await crm.close();
});

test("a cover that lifts after the press is a cover all the same", async () => {
  const crm = await openCrm(stage, []);
  const panel = await openFirstThread(crm);
  const text = panel.getByRole("textbox", { name: /^Message \d/ });
  await text.fill("Pressed unseen");
  const hiding = await crm.evaluateHandle(cover);
  const lifted = hiding.evaluate((lift) => new Promise<void>((done) => setTimeout(() => done(lift()), 400)));
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await lifted;
  await expect(unsent(panel)).toBeVisible();
  await expect(text).toHaveValue("Pressed unseen");
  expect(await countSends(stage.sandbox, "Pressed unseen")).toBe(0);
  await crm.close();
});

test("a tab that was in the background is nothing that hides: what is pressed as soon as it is back is sent", async () => {
  const crm = await openCrm(stage, []);
  const panel = await openFirstThread(crm);
  await panel.getByRole("textbox", { name: /^Message \d/ }).fill("Pressed on coming back");
  // A driven browser has all its tabs in front, so the word of it is the test's own.
  await panel.evaluate(() => {
    for (const hidden of [true, false]) {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }
  });
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await expect.poll(() => countSends(stage.sandbox, "Pressed on coming back"), { timeout: 30_000 }).toBe(1);
  await expect(unsent(panel)).toHaveCount(0);
  await crm.close();
});

for (const push of [false, true]) {
  test(`at any zoom, the browser's and the page's own, what is pressed is sent, the page ${push ? "moved aside" : "covered"}`, async () => {
    await keepPresence(stage.browser, stage.sandbox.crmUrl, { push });
    const crm = await openCrm(stage, []);
    const panel = await openFirstThread(crm);
    for (const [zoom, own] of [
      [1.1, ""],
      [1.25, "1.25"],
      [3, "0.9"],
    ] as const) {
      const text = `At ${zoom}, ${push}`;
      await crm.evaluate((own) => (document.documentElement.style.zoom = own), own);
      await setZoom(stage.browser, zoom);
      await expect.poll(() => panel.evaluate(() => devicePixelRatio)).toBeCloseTo(zoom);
      await writeAndSend(panel, text);
      await expect.poll(() => countSends(stage.sandbox, text), { timeout: 30_000 }).toBe(1);
      await expect(unsent(panel)).toHaveCount(0);
    }
    await setZoom(stage.browser, 1);
    await crm.close();
  });
}
