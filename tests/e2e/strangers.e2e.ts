import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { expect, test } from "@playwright/test";
import { countSends, replyFrom } from "./carrier-control.ts";
import { panelOf } from "./chromium-session.ts";
import { openCrm, openPanel, openStage, signInOnce, startGroup, writeAndSend, type Stage } from "./stage.ts";

const MAIN_LINE = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const NASTY = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script><b>bold</b>';

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

test("nothing is sent while the page covers the button or makes it transparent; once it is seen again, it is", async () => {
  const crm = await openCrm(stage, []);
  const panel = await openPanel(crm);
  await panel.getByRole("list", { name: "Groups" }).getByRole("button").first().click();
  const hidings = [
    () => {
      const cover = document.createElement("div");
      cover.style.cssText = "position:fixed;inset:0;width:100%;height:100%;background:pink;pointer-events:none";
      cover.popover = "manual";
      document.body.append(cover);
      cover.showPopover();
      return () => cover.remove();
    },
    () => {
      const host = document.querySelector<HTMLElement>("partyline-overlay");
      host?.hidePopover();
      document.documentElement.style.opacity = "0.01";
      return () => host?.showPopover();
    },
  ];
  for (const hiding of hidings) {
    const undo = await crm.evaluateHandle(hiding);
    await writeAndSend(panel, "Pressed unseen");
    await expect(panel.getByRole("alert")).toContainText("Something on this page hides the Send button");
    await undo.evaluate((show) => show());
    await crm.evaluate(() => document.documentElement.style.removeProperty("opacity"));
  }
  expect(await countSends(stage.sandbox, "Pressed unseen")).toBe(0);
  await writeAndSend(panel, "Pressed in plain sight");
  await expect.poll(() => countSends(stage.sandbox, "Pressed in plain sight"), { timeout: 30_000 }).toBe(1);
  expect(await countSends(stage.sandbox, "Pressed unseen")).toBe(0);
  await crm.close();
});
