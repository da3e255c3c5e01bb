import { expect, test } from "@playwright/test";
import { countSends, replyFrom } from "./carrier-control.ts";
import type { ExtensionGlobal } from "./chromium-session.ts";
import { badgeOf, clickNotification, notificationsOf } from "./extension-actions.ts";
import { openCrm, openPanel, openStage, signInOnce, startGroup, writeAndSend, type Stage } from "./stage.ts";
import { overlayWords, reloadExtension, stopWorker } from "./worker-actions.ts";

const MAIN_LINE = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const PAIR = ["Dana Wu", "Luis Ortega"];

let stage: Stage;

test.beforeAll(async () => {
  stage = await openStage();
  await signInOnce(stage);
  const crm = await openCrm(stage, PAIR);
  await startGroup(await openPanel(crm), 2, "The group exists");
  await crm.close();
});
test.afterAll(() => stage.close());

const reply = (text: string) => replyFrom(stage.sandbox, LUIS, [MAIN_LINE, DANA], text);

test("a worker that dies with a text in the outbox leaves it to the next one, and it goes out once", async () => {
  const crm = await openCrm(stage, []);
  const panel = await openPanel(crm);
  await panel.getByRole("list", { name: "Groups" }).getByRole("button").first().click();
  await stage.sandbox.backend.kill();
  await writeAndSend(panel, "Outlives the worker");
  const messages = panel.getByRole("region", { name: "Messages" });
  await expect(messages).toContainText("Outlives the worker");
  const nextRuns = await stopWorker(stage.browser);
  await stage.sandbox.restartBackend();
  await expect(messages).toContainText(/Outlives the worker.*2 of 2 delivered/s, { timeout: 60_000 });
  expect(await countSends(stage.sandbox, "Outlives the worker")).toBe(1);
  await nextRuns();
  await crm.close();
});

test("a worker that dies while a text is being sent sends it once all the same", async () => {
  const crm = await openCrm(stage, []);
  const panel = await openPanel(crm);
  await panel.getByRole("list", { name: "Groups" }).getByRole("button").first().click();
  await writeAndSend(panel, "Cut off in the middle");
  const nextRuns = await stopWorker(stage.browser);
  const messages = panel.getByRole("region", { name: "Messages" });
  await expect(messages).toContainText(/Cut off in the middle.*2 of 2 delivered/s, { timeout: 60_000 });
  expect(await countSends(stage.sandbox, "Cut off in the middle")).toBe(1);
  await expect(messages.getByText("Cut off in the middle")).toHaveCount(1);
  await nextRuns();
  await crm.close();
});

test("a reply that comes while the worker is dead and no panel is open is told by the next alarm, once", async () => {
  const crm = await openCrm(stage, []);
  const { worker } = stage.browser;
  const alarmRings = await stopWorker(stage.browser);
  await reply("Anybody awake?");
  await alarmRings();
  await expect.poll(() => notificationsOf(worker), { timeout: 60_000 }).toHaveLength(1);
  await expect.poll(() => badgeOf(worker)).toBe("1");
  await expect.poll(() => overlayWords(crm)).toEqual([expect.stringContaining("Open Partyline, 1 unread")]);

  const [id = ""] = await notificationsOf(worker);
  await worker.evaluate((id) => (globalThis as unknown as Clearing).chrome.notifications.clear(id), id);
  const nextRuns = await stopWorker(stage.browser);
  const panel = await openPanel(crm);
  await expect(panel.getByText(/Luis.*Anybody awake\?/)).toBeVisible();
  await nextRuns();
  await expect(panel.getByRole("status").filter({ hasText: "connected" })).toBeVisible();
  expect(await notificationsOf(worker)).toEqual([]);
  await crm.close();
});

test("a page that opens while the worker dies gets its handle from the next one", async () => {
  await stage.browser.worker.evaluate(() => {
    (globalThis as unknown as ExtensionGlobal).chrome.storage.local.get = () => new Promise(() => {});
  });
  const crm = await openCrm(stage, []);
  await expect.poll(() => crm.evaluate(() => document.readyState)).toBe("complete");
  const nextRuns = await stopWorker(stage.browser);
  await nextRuns();
  await expect.poll(() => overlayWords(crm)).toEqual([expect.stringContaining("Open Partyline")]);
  await crm.close();
});

interface Clearing {
  chrome: { notifications: { clear: (id: string) => Promise<boolean> } };
}

test("the badge is right from the browser's start, before any page is open", async () => {
  await expect.poll(() => badgeOf(stage.browser.worker)).toBe("1");
  await stage.reopenBrowser();
  await expect.poll(() => badgeOf(stage.browser.worker)).toBe("1");
  expect(await notificationsOf(stage.browser.worker)).toEqual([]);
});

test("where no site is enabled any more, a notification opens its thread in a tab of its own", async () => {
  const { context, worker } = stage.browser;
  const choose = (sites: string[]) =>
    worker.evaluate((sites) => (globalThis as unknown as ExtensionGlobal).chrome.storage.local.set({ sites }), sites);
  await choose([]);
  await reply("Where are you?");
  await expect.poll(() => notificationsOf(worker), { timeout: 60_000 }).toHaveLength(1);
  const opening = context.waitForEvent("page");
  await clickNotification(worker);
  const panel = await opening;
  await expect(panel.getByRole("region", { name: "Messages" })).toContainText("Where are you?");
  await expect.poll(() => badgeOf(worker)).toBe("");
  await panel.close();
  await choose([stage.sandbox.crmUrl]);
});

test("after an update of the extension an open page offers a refresh, without errors or a second overlay", async () => {
  const crm = await openCrm(stage, []);
  const errors: string[] = [];
  crm.on("pageerror", (error) => errors.push(error.message));
  crm.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await openPanel(crm);
  await reloadExtension(stage.browser);
  await crm.bringToFront();
  await expect.poll(() => overlayWords(crm)).toEqual(["Partyline was updated. Refresh this page"]);
  const { width, height } = crm.viewportSize() ?? { width: 1280, height: 800 };
  await Promise.all([crm.waitForEvent("load"), crm.mouse.click(width - 70, height - 34)]);
  await expect.poll(() => overlayWords(crm)).toEqual([expect.stringContaining("Open Partyline")]);
  await expect((await openPanel(crm)).getByRole("list", { name: "Groups" })).toContainText("Dana, Luis");
  expect(errors).toEqual([]);
});
