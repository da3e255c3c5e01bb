import { expect, test, type Frame, type Page } from "@playwright/test";
import { replyFrom } from "./carrier-control.ts";
import { isPanelOpen, panelOf, pressHandle } from "./chromium-session.ts";
import { setDoNotDisturbElsewhere } from "./crm-actions.ts";
import { keepPresence } from "./extension-actions.ts";
import { openByKeyboard } from "./keyboard.ts";
import { drag, look, movingIsThere, seen } from "./overlay-look.ts";
import { openCrm, openPanel, openStage, signInOnce, startGroup, type Stage } from "./stage.ts";

const MAIN_LINE = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const WIDTH = 1280;

test.describe.configure({ timeout: 60_000 });

let stage: Stage;
let crm: Page;

test.beforeAll(async () => {
  stage = await openStage();
  await signInOnce(stage);
});
test.beforeEach(async () => {
  await forgetPlaces();
  crm = await openCrm(stage, []);
});
test.afterEach(async () => {
  for (const page of stage.browser.context.pages().slice(1)) await page.close();
});
test.afterAll(() => stage.close());

function forgetPlaces(): Promise<void> {
  return stage.browser.worker.evaluate((key) => {
    const { storage } = (globalThis as unknown as Kept).chrome;
    return storage.local.remove(key);
  }, `presence:${stage.sandbox.crmUrl}`);
}

interface Kept {
  chrome: { storage: { local: { remove: (key: string) => Promise<void> } } };
}

/** As the toolbar icon does, and its shortcut, which is the browser's own business. */
function pressToolbar(): Promise<void> {
  return stage.browser.worker.evaluate(async () => {
    const { tabs, action } = (globalThis as unknown as Pressing).chrome;
    const [tab] = await tabs.query({ active: true, lastFocusedWindow: true });
    action.onClicked.dispatch(tab);
  });
}

interface Pressing {
  chrome: {
    tabs: { query: (of: object) => Promise<object[]> };
    action: { onClicked: { dispatch: (tab: object | undefined) => void } };
  };
}

const search = (page: Page) => page.getByRole("searchbox");
const left = async (page: Page, name: "handle" | "panel") => (await look(page, name))?.left;
const width = async (page: Page) => (await look(page, "panel"))?.width;

async function chooseHere(panel: Frame, choose: (dialog: ReturnType<Frame["getByRole"]>) => Promise<void>) {
  await panel.getByRole("button", { name: "More" }).click();
  await panel.getByRole("menuitem", { name: "On this site" }).click();
  const dialog = panel.getByRole("dialog", { name: /^On / });
  await choose(dialog);
  await dialog.getByRole("button", { name: "Close" }).click();
}

test("the handle is dragged along its edge and to the other one, which opens nothing, and every tab of the site follows", async () => {
  const other = await openCrm(stage, []);
  await crm.bringToFront();
  expect((await seen(crm, "handle")).width).toBe(28);
  await drag(crm, "handle", { x: WIDTH - 14, y: 700 });
  expect((await seen(crm, "handle")).y).toBeCloseTo(700, -1);
  expect(await isPanelOpen(crm)).toBe(false);
  await drag(crm, "handle", { x: 40, y: 200 });
  await expect.poll(() => left(crm, "handle")).toBe(0);
  await expect.poll(() => left(other, "handle")).toBe(0);
  expect((await seen(other, "handle")).y).toBeCloseTo(200, -1);
  expect(await isPanelOpen(crm)).toBe(false);

  await crm.reload();
  const again = await seen(crm, "handle");
  expect([again.left, Math.round(again.y)]).toEqual([0, expect.closeTo(200, -1)]);
  await crm.mouse.click(again.x, again.y);
  await panelOf(crm);
  expect((await seen(crm, "panel")).left).toBe(0);
});

test("a handle at the bottom stays in a window that gets smaller", async () => {
  await drag(crm, "handle", { x: WIDTH - 14, y: 790 });
  await crm.setViewportSize({ width: 700, height: 300 });
  await expect.poll(async () => (await look(crm, "handle"))?.y).toBe(276);
  expect((await seen(crm, "handle")).right).toBe(700);
});

for (const side of ["right", "left"]) {
  test(`in a narrow window the handle is beside a panel at the ${side}, and closes it`, async () => {
    await drag(crm, "handle", { x: side === "left" ? 20 : WIDTH - 14, y: 400 });
    await crm.setViewportSize({ width: 320, height: 600 });
    const closed = await seen(crm, "handle");
    await crm.mouse.click(closed.x, closed.y);
    const panel = await panelOf(crm);
    await expect(panel.getByRole("button", { name: "More" })).toBeVisible();
    const [handle, frame] = [await seen(crm, "handle"), await seen(crm, "panel")];
    expect([handle.left, handle.right]).toEqual(side === "left" ? [292, 320] : [0, 28]);
    expect([frame.left, frame.right]).toEqual(side === "left" ? [0, 292] : [28, 320]);
    expect(await panel.evaluate(() => document.documentElement.scrollWidth)).toBe(292);
    await crm.mouse.click(handle.x, handle.y);
    await expect.poll(() => isPanelOpen(crm)).toBe(false);
  });
}

test("the panel's edge is dragged, within its bounds, and is there again after a reload and in another tab", async () => {
  const other = await openCrm(stage, []);
  await openPanel(other);
  await crm.bringToFront();
  await openPanel(crm);
  expect((await seen(crm, "panel")).width).toBe(360);
  await drag(crm, "edge", { by: -80 });
  await expect.poll(() => width(crm)).toBe(440);
  await expect.poll(() => width(other)).toBe(440);
  await expect.poll(async () => (await look(other, "edge"))?.attributes["aria-valuenow"]).toBe("440");
  await drag(crm, "edge", { by: -500 });
  await expect.poll(() => width(crm)).toBe(480);
  await drag(crm, "edge", { by: 460 });
  await expect.poll(() => width(crm)).toBe(320);
  expect((await seen(crm, "panel")).right).toBe(WIDTH);

  await crm.reload();
  await openPanel(crm);
  expect((await seen(crm, "panel")).width).toBe(320);
});

test("the narrowest panel holds all that is said of people with the longest names", async () => {
  const renamed = await renameInCrm("Jo Brown", "Wilhelmina Bartholomew-Featherstonehaugh of Upper Slaughter");
  await keepPresence(stage.browser, stage.sandbox.crmUrl, { width: 320 });
  await crm.reload();
  for (const name of ["Dana Wu", "Luis Ortega", renamed]) {
    await crm.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  }
  const panel = await openPanel(crm);
  const card = panel.getByRole("region", { name: "Selected on this page" });
  await expect(card).toContainText("Jamaica: US and Canada only");
  expect(await card.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await renameInCrm(renamed, "Jo Brown");
});

/** As a colleague would, elsewhere; answers the new name. */
async function renameInCrm(from: string, name: string): Promise<string> {
  const contacts = `${stage.sandbox.crmUrl}/api/contacts`;
  const list = (await (await fetch(contacts)).json()) as { contacts: { id: string; name: string }[] };
  const contact = list.contacts.find((one) => one.name === from);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ ...contact, name });
  const answer = await fetch(`${contacts}/${contact?.id}`, { method: "PUT", headers, body });
  expect(answer.ok).toBe(true);
  return name;
}

test("with keys alone the handle moves, the panel opens, gets wider, and closes to where the focus was", async () => {
  const panel = await openByKeyboard(crm);
  await expect(panel.getByRole("list", { name: "Groups" }).or(panel.getByText("No groups yet"))).toBeVisible();
  await movingIsThere(crm);
  await crm.keyboard.press("Escape");
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  expect(await crm.evaluate(() => document.activeElement?.localName)).toBe("partyline-overlay");
  const before = await seen(crm, "handle");
  await crm.keyboard.press("ArrowDown");
  await crm.keyboard.press("ArrowDown");
  expect((await seen(crm, "handle")).y).toBeCloseTo(before.y + 32, 0);
  await crm.keyboard.press("ArrowLeft");
  expect((await seen(crm, "handle")).left).toBe(0);

  await crm.keyboard.press("Enter");
  const again = await panelOf(crm);
  await expect(again.getByRole("button", { name: "More" })).toBeVisible();
  // From the top of the panel back over its edge.
  for (let step = 0; step < 12; step += 1) {
    await crm.keyboard.press("Shift+Tab");
    if (await crm.evaluate(() => document.hasFocus() && document.activeElement?.localName === "partyline-overlay")) {
      await crm.keyboard.press("End");
      if ((await look(crm, "edge"))?.attributes["aria-valuenow"] === "480") break;
    }
  }
  const edge = await seen(crm, "edge");
  expect(edge.attributes).toMatchObject({
    role: "separator",
    "aria-label": "Width of the panel",
    "aria-valuemin": "320",
    "aria-valuenow": "480",
    "aria-valuemax": "480",
  });
  // At the left, the edge goes left to make the panel narrower.
  await crm.keyboard.press("ArrowLeft");
  await expect.poll(() => width(crm)).toBe(464);
  await crm.keyboard.press("Home");
  await expect.poll(() => width(crm)).toBe(320);
  await crm.keyboard.press("Escape");
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  expect(await crm.evaluate(() => document.activeElement?.localName)).toBe("partyline-overlay");
});

test("the page moves aside where that is wanted, and is afterwards as it was", async () => {
  const other = await openCrm(stage, []);
  await crm.bringToFront();
  await crm.evaluate(() => (document.documentElement.style.cssText = "margin-right: 7px; --own: 1;"));
  const style = () => crm.evaluate(() => document.documentElement.getAttribute("style"));
  const room = (page: Page) => page.evaluate(() => document.body.getBoundingClientRect().width);
  const panel = await openPanel(crm);
  expect(await room(crm)).toBe(WIDTH - 7);
  await chooseHere(panel, async (dialog) => {
    await dialog.getByRole("checkbox", { name: /Move the page aside/ }).check();
    await expect.poll(() => room(crm)).toBe(WIDTH - 360);
    await dialog.getByRole("radio", { name: "left" }).check();
    await expect.poll(() => left(crm, "panel")).toBe(0);
  });
  expect(await crm.evaluate(() => document.body.getBoundingClientRect().left)).toBe(360);
  await drag(crm, "edge", { by: 60 });
  await expect.poll(() => crm.evaluate(() => document.body.getBoundingClientRect().left)).toBe(420);
  await pressToolbar();
  await expect.poll(style).toBe("margin-right: 7px; --own: 1;");

  await other.bringToFront();
  await pressToolbar();
  await expect.poll(() => room(other)).toBe(WIDTH - 420);
  await pressToolbar();
  await expect.poll(() => other.evaluate(() => document.documentElement.getAttribute("style"))).toBeNull();
});

test("a hidden handle is hidden in every tab, the toolbar opens the panel, and the options bring it back", async () => {
  const other = await openCrm(stage, []);
  await crm.bringToFront();
  const panel = await openPanel(crm);
  await chooseHere(panel, (dialog) => dialog.getByRole("checkbox", { name: /Show the handle/ }).uncheck());
  await expect.poll(() => look(crm, "handle")).toBeNull();
  await expect.poll(() => look(other, "handle")).toBeNull();
  await crm.setViewportSize({ width: 340, height: 600 });
  await expect.poll(() => width(crm)).toBe(340);
  await panel.getByRole("button", { name: "More" }).click();
  await panel.getByRole("menuitem", { name: "Close" }).click();
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  await crm.reload();
  await crm.locator("partyline-overlay").waitFor({ state: "attached" });
  expect(await look(crm, "handle")).toBeNull();
  await pressToolbar();
  await expect((await panelOf(crm)).getByRole("button", { name: "More" })).toBeVisible();

  const options = await stage.browser.context.newPage();
  await options.goto(stage.browser.worker.url().replace(/[^/]*$/, "options.html"));
  await expect(options.getByText("Alt+G opens and closes the panel.")).toBeVisible();
  await expect(options.getByRole("list", { name: "CRM sites" })).toContainText("Handle hidden");
  await options.getByRole("button", { name: "Show it" }).click();
  await expect(options.getByText("Handle hidden")).toHaveCount(0);
  await seen(other, "handle");
});

test("the focus goes back to the very place in the page, and nothing takes it from somebody who writes", async () => {
  const text = "A reply while somebody is writing";
  await crm.getByRole("checkbox", { name: "Select Dana Wu", exact: true }).check();
  await crm.getByRole("checkbox", { name: "Select Luis Ortega", exact: true }).check();
  await startGroup(await openPanel(crm), 2, "Hello both");
  await search(crm).click();
  await crm.keyboard.type("Da");
  await replyFrom(stage.sandbox, LUIS, [MAIN_LINE, DANA], text);
  await expect((await panelOf(crm)).getByText(text, { exact: true })).toBeVisible();
  await crm.keyboard.type("na");
  await expect(search(crm)).toHaveValue("Dana");
  await pressToolbar();
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  await expect(search(crm)).toBeFocused();

  await crm.keyboard.press("ArrowLeft");
  await pressToolbar();
  const panel = await panelOf(crm);
  await expect(panel.getByRole("button", { name: "More" })).toBeVisible();
  await expect.poll(() => panel.evaluate(() => document.hasFocus())).toBe(true);
  await crm.keyboard.press("Escape");
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  await expect(search(crm)).toBeFocused();
  await crm.keyboard.type("!");
  await expect(search(crm)).toHaveValue("Dan!a");
});

test("a group that locks and opens again takes nothing from somebody who writes in the page, or in it", async () => {
  for (const name of ["Ana Silva", "Marcus Reed"]) {
    await crm.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  }
  const panel = await openPanel(crm);
  await startGroup(panel, 2, "Hello both");
  const text = panel.getByRole("textbox", { name: "Message 2 people" });
  await search(crm).click();
  await crm.keyboard.type("Da");
  await setDoNotDisturbElsewhere(stage, "Ana Silva", true);
  await expect(text).toHaveCount(0);
  await setDoNotDisturbElsewhere(stage, "Ana Silva", false);
  await expect(text).toBeVisible();
  await crm.keyboard.type("na");
  await expect(search(crm)).toHaveValue("Dana");
  await text.click();
  await expect(text).toBeFocused();

  await crm.keyboard.type("See you ");
  await setDoNotDisturbElsewhere(stage, "Ana Silva", true);
  await expect(panel.getByRole("status", { name: /^Locked: Ana Silva/ })).toBeFocused();
  await crm.keyboard.type("np?");
  await expect(panel.getByRole("dialog")).toHaveCount(0);
  await setDoNotDisturbElsewhere(stage, "Ana Silva", false);
  await expect(text).toBeFocused();
  await crm.keyboard.type("there");
  await expect(text).toHaveValue("See you there");
});

test("Escape on the handle closes the panel to where the focus was, and is otherwise the page's own", async () => {
  await crm.evaluate(() => {
    const scope = globalThis as unknown as { escapes: number };
    scope.escapes = 0;
    addEventListener("keydown", ({ key, defaultPrevented }) => {
      if (key === "Escape" && !defaultPrevented) scope.escapes += 1;
    });
  });
  const escapes = () => crm.evaluate(() => (globalThis as unknown as { escapes: number }).escapes);
  await search(crm).click();
  await crm.keyboard.press("Escape");
  expect(await escapes()).toBe(1);
  await pressToolbar();
  const panel = await panelOf(crm);
  await expect(panel.getByRole("button", { name: "More" })).toBeVisible();
  await movingIsThere(crm);
  await search(crm).click();
  await crm.keyboard.press("Escape");
  expect([await escapes(), await isPanelOpen(crm)]).toEqual([2, true]);

  // The handle is the stop before the panel.
  await panel.getByRole("button", { name: "More" }).focus();
  const isInPanel = () => panel.evaluate(() => document.hasFocus());
  for (let step = 0; step < 12 && (await isInPanel()); step += 1) await crm.keyboard.press("Shift+Tab");
  expect([await isInPanel(), await crm.evaluate(() => document.activeElement?.localName)]).toEqual([
    false,
    "partyline-overlay",
  ]);
  await crm.keyboard.press("Escape");
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  await expect(search(crm)).toBeFocused();
  await crm.keyboard.press("Escape");
  expect(await escapes()).toBe(3);
});

test("keys and clicks on us are none of the page's", async () => {
  await crm.evaluate(() => {
    const scope = globalThis as unknown as { heard: string[] };
    scope.heard = [];
    for (const kind of ["keydown", "keypress", "keyup", "pointerdown", "mousedown", "click", "focusin", "focusout"]) {
      for (const capture of [true, false]) {
        document.addEventListener(kind, (event) => scope.heard.push(`${kind} ${(event.target as Element).localName}`), {
          capture,
        });
      }
    }
  });
  const heard = () => crm.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  const panel = await openByKeyboard(crm);
  await expect(panel.getByRole("button", { name: "More" })).toBeVisible();
  expect((await heard()).filter((one) => one.endsWith("partyline-overlay"))).toEqual([]);
  const before = (await heard()).length;
  await crm.keyboard.press("/");
  await crm.keyboard.type("nothing of this is for the page");
  await expect(panel.getByRole("searchbox")).toHaveValue("nothing of this is for the page");
  await drag(crm, "handle", { x: WIDTH - 380, y: 500 });
  await drag(crm, "edge", { by: -40 });
  const handle = await seen(crm, "handle");
  await crm.mouse.click(handle.x, handle.y);
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
  expect((await heard()).slice(before)).toEqual([]);
  await search(crm).click();
  expect(await heard()).toContain("click input");
});

test("what the page makes up on our node does nothing", async () => {
  await pressHandle(crm);
  await panelOf(crm);
  await pressHandleBeside();
  await crm.evaluate(() => {
    const host = document.querySelector("partyline-overlay");
    for (const kind of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
      host?.dispatchEvent(
        new PointerEvent(kind, { bubbles: true, composed: true, clientX: 1266, clientY: 350, detail: 1 }),
      );
    }
    host?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true, composed: true }));
  });
  await crm.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await isPanelOpen(crm)).toBe(false);
  expect((await seen(crm, "handle")).right).toBe(WIDTH);
});

/** The handle of an open panel is at the panel's side. */
async function pressHandleBeside(): Promise<void> {
  const { x, y } = await seen(crm, "handle");
  await crm.mouse.click(x, y);
  await expect.poll(() => isPanelOpen(crm)).toBe(false);
}

test("the panel loads as a hand comes near, does nothing until it is pressed, and goes where it is not", async () => {
  const { x, y } = await seen(crm, "handle");
  await crm.mouse.move(x, y);
  const panel = await panelOf(crm);
  await panel.waitForLoadState("load");
  expect(await isPanelOpen(crm)).toBe(false);
  expect(await panel.locator("#panel > *").count()).toBe(0);
  await crm.mouse.down();
  await crm.mouse.up();
  await expect(panel.getByRole("button", { name: "More" })).toBeVisible();
  await expect.poll(() => panel.evaluate(() => document.hasFocus())).toBe(true);
  await crm.keyboard.press("Escape");
  await expect.poll(() => crm.frames().length).toBe(1);

  await crm.mouse.move(10, 10);
  await crm.mouse.move(x, y);
  await expect.poll(() => crm.frames().length).toBe(2);
  await crm.mouse.move(10, 10);
  await expect.poll(() => crm.frames().length, { timeout: 10_000 }).toBe(1);
});
