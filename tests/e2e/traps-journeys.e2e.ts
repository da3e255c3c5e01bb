import { expect, test, type Page, type Worker } from "@playwright/test";
import { panelOf, type ExtensionGlobal } from "./chromium-session.ts";
import {
  countHosts,
  errorsOf,
  expectAlive,
  hearSelection,
  openTrap,
  openTrapPanel,
  openTrapStage,
  tick,
  type TrapStage,
} from "./trap-stage.ts";
import { overlayWords, reloadExtension } from "./worker-actions.ts";

test.describe.configure({ timeout: 30_000 });

let stage: TrapStage;
test.beforeAll(async () => {
  stage = await openTrapStage({ keepsPages: true });
});
test.afterAll(() => stage.close());

const JOURNEYS = {
  pushState: () => history.pushState(null, "", "/companies"),
  replaceState: () => history.replaceState(null, "", "/companies"),
  "a fragment": () => location.assign("#companies"),
  "going back": () => history.back(),
};
for (const [how, go] of Object.entries(JOURNEYS)) {
  test(`a page that goes elsewhere by ${how} leaves its selection behind and the panel where it is`, async () => {
    const tab = await openTrap(stage, "application");
    await tab.evaluate(() => history.replaceState(null, "", "/companies"));
    await tab.evaluate(() => history.pushState(null, "", "/contacts"));
    const panel = await openTrapPanel(tab);
    const selected = await hearSelection(panel);
    // For so long, a page that went elsewhere may go on showing what it showed before.
    await tab.waitForTimeout(800);
    await tick(tab, "Ben Okoro");
    await expect.poll(selected).toEqual(["Ben Okoro"]);
    await tab.evaluate(() => (globalThis as unknown as { scrollAway: () => void }).scrollAway());
    await tick(tab, "Ada Finch");
    await expect.poll(selected).toEqual(["Ben Okoro", "Ada Finch"]);
    await tab.evaluate(go);
    await expect.poll(selected).not.toContain("Ben Okoro");
    await tab.evaluate(() => history.pushState(null, "", "/contacts"));
    // The one that the page goes on showing as ticked.
    await expect.poll(selected).toEqual(["Ada Finch"]);
    await expectAlive(panel);
    expect(await countHosts(tab)).toBe(1);
    await tab.close();
  });
}

test("a page that the browser kept alive to go back to tells its selection again, on a line of its own", async () => {
  const tab = await openTrap(stage);
  await expect.poll(() => countHosts(tab)).toBe(1);
  const errors = errorsOf(tab);
  const panel = await stage.browser.context.newPage();
  await panel.goto(stage.browser.worker.url().replace(/[^/]*$/, "panel.html"));
  const selected = await hearSelection(panel.mainFrame());
  await tab.bringToFront();
  await tick(tab, "Ada Finch");
  await expect.poll(selected).toEqual(["Ada Finch"]);
  await thereAndBack(tab, async () => {
    await expect.poll(selected).toEqual([]);
  });
  await expect.poll(selected).toEqual(["Ada Finch"]);
  await tick(tab, "Cleo Marsh");
  await expect.poll(selected).toEqual(["Ada Finch", "Cleo Marsh"]);
  expect(await countHosts(tab)).toBe(1);
  const inPage = await openTrapPanel(tab);
  const heardInPage = await hearSelection(inPage);
  await expect.poll(heardInPage).toEqual(["Ada Finch", "Cleo Marsh"]);
  expect(errors).toEqual([]);
  await panel.close();
  await tab.close();
});

/** Goes to another page of the site and back, to the very same document. */
async function thereAndBack(tab: Page, meanwhile: () => Promise<void>): Promise<void> {
  await tab.evaluate(() => Object.assign(globalThis, { mark: "kept" }));
  await tab.goto(`${stage.pages.origin}/other?page=modal`);
  await meanwhile();
  // The driver waits in vain for a page that comes back to load.
  await tab.evaluate(() => setTimeout(() => history.back()));
  await expect.poll(() => tab.evaluate(() => (globalThis as { mark?: string }).mark).catch(() => "")).toBe("kept");
}

test("a page with an open panel is loaded anew on the way back, with one handle and no panel", async () => {
  const tab = await openTrap(stage);
  await openTrapPanel(tab);
  await tab.goto(`${stage.pages.origin}/other?page=modal`);
  await tab.goBack();
  await expect.poll(() => countHosts(tab)).toBe(1);
  expect(tab.frames()).toHaveLength(1);
  await openTrapPanel(tab);
  await tab.close();
});

test("a tab that was discarded comes back with one handle, and its panel opens and hears the selection", async () => {
  const tab = await openTrap(stage);
  await openTrapPanel(tab);
  const other = await stage.browser.context.newPage();
  const coming = stage.browser.context.waitForEvent("page");
  await stage.browser.worker.evaluate(
    async (address) => {
      const { tabs } = (globalThis as unknown as Discarding).chrome;
      const [old] = await tabs.query({ url: address });
      const discarded = await tabs.discard(old?.id ?? 0);
      await tabs.update(discarded.id, { active: true });
    },
    `${stage.pages.origin.replace(/:\d+$/, "")}/contacts*`,
  );
  const back = await coming;
  await expect.poll(() => countHosts(back)).toBe(1);
  expect(await back.evaluate(() => (document as { wasDiscarded?: boolean }).wasDiscarded)).toBe(true);
  const selected = await hearSelection(await openTrapPanel(back));
  await tick(back, "Ada Finch");
  await expect.poll(selected).toEqual(["Ada Finch"]);
  await back.close();
  await other.close();
});

interface Discarding {
  chrome: {
    tabs: {
      query: (which: object) => Promise<{ id: number }[]>;
      discard: (id: number) => Promise<{ id: number }>;
      update: (id: number, changes: object) => Promise<void>;
    };
  };
}

test("a tab that comes back after the browser's restart has one handle, and its panel opens", async () => {
  const { pathname, search } = new URL((await openTrap(stage)).url());
  await stage.restart();
  const restored = () => stage.browser.context.pages().find((page) => page.url().endsWith(pathname + search));
  await expect.poll(() => restored() !== undefined).toBe(true);
  const tab = restored();
  if (tab === undefined) throw new Error("the tab did not come back");
  await expect.poll(() => countHosts(tab)).toBe(1);
  await openTrapPanel(tab);
  await tab.close();
});

test("each of two tabs of a site, and of two sites, has its own selection in its own panel", async () => {
  const { origin, otherOrigin } = stage.pages;
  await choose([origin, otherOrigin]);
  const tabs = await Promise.all([openTrap(stage), openTrap(stage), openTrap(stage)]);
  await tabs[2]?.goto(`${otherOrigin}/contacts`);
  const names = ["Ada Finch", "Ben Okoro", "Cleo Marsh"];
  const heard: (() => Promise<string[]>)[] = [];
  for (const tab of tabs) heard.push(await hearSelection(await openTrapPanel(tab)));
  for (const [index, tab] of tabs.entries()) await tick(tab, names[index] ?? "");
  for (const [index, selected] of heard.entries()) await expect.poll(selected).toEqual([names[index]]);
  for (const tab of tabs) await tab.close();
});

function newestWorker(): Worker {
  return stage.browser.context.serviceWorkers().at(-1) ?? stage.browser.worker;
}

function countRegistered(): Promise<number> {
  return newestWorker().evaluate(
    async () => (await (globalThis as unknown as Registering).chrome.scripting.getRegisteredContentScripts()).length,
  );
}

interface Registering {
  chrome: { scripting: { getRegisteredContentScripts: () => Promise<object[]> } };
}

function choose(sites: string[]): Promise<void> {
  return newestWorker().evaluate(
    (sites) => (globalThis as unknown as ExtensionGlobal).chrome.storage.local.set({ sites }),
    sites,
  );
}

test("of two generations of the extension in one page, only the newer one stays", async () => {
  const tab = await openTrap(stage);
  const errors = errorsOf(tab);
  await openTrapPanel(tab);
  await reloadExtension(stage.browser);
  await tab.bringToFront();
  await expect.poll(() => overlayWords(tab)).toEqual(["Partyline was updated. Refresh this page"]);
  // Enabling a site puts the script into its open pages: the new generation's, beside the bar of the old one.
  await choose([]);
  // Enabled again before the worker has taken it out, the site would never have been disabled for it.
  await expect.poll(countRegistered).toBe(0);
  await choose([stage.pages.origin]);
  await expect.poll(() => overlayWords(tab)).toEqual([expect.stringContaining("Open Partyline")]);
  await tab.evaluate(() => document.querySelector("partyline-overlay")?.remove());
  await expect.poll(() => overlayWords(tab)).toEqual([expect.stringContaining("Open Partyline")]);
  await openTrapPanel(tab);
  await expectAlive(await panelOf(tab));
  expect(errors).toEqual([]);
  await tab.close();
});
