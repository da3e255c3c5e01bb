import { createHash } from "node:crypto";
import { expect, test, type Frame, type Page } from "@playwright/test";
import { panelOf, pressHandle } from "./chromium-session.ts";
import { keepPresence, setZoom } from "./extension-actions.ts";
import { movingIsThere, seen } from "./overlay-look.ts";
import {
  atHandle,
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

test.describe.configure({ timeout: 30_000 });

let stage: TrapStage;

test.beforeAll(async () => {
  stage = await openTrapStage();
});
test.afterAll(() => stage.close());

/** Counts the presses that the panel itself gets, which it does only where it is not dead to the user. */
async function pressInPanel(tab: Page, panel: Frame): Promise<number> {
  await panel.evaluate(() => {
    const scope = globalThis as { presses?: number };
    scope.presses = 0;
    onmousedown = () => (scope.presses = (scope.presses ?? 0) + 1);
  });
  await tab.mouse.click(1280 - 180, 60);
  return panel.evaluate(() => (globalThis as { presses?: number }).presses ?? 0);
}

const parentOfHost = (tab: Page) =>
  tab.evaluate(() => document.querySelector("partyline-overlay")?.parentElement?.localName);

test("handle and panel can be used beside a modal dialog of the page's, and the panel stays as it is", async () => {
  const tab = await openTrap(stage, "modal");
  const panel = await openTrapPanel(tab);
  await panel.evaluate(() => Object.assign(globalThis, { kept: "yes" }));
  for (const id of ["first", "second"]) {
    await tab.evaluate((id) => document.querySelector<HTMLDialogElement>(`#${id}`)?.showModal(), id);
    await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
    expect(await tab.evaluate((id) => document.querySelector<HTMLDialogElement>(`#${id}`)?.open, id)).toBe(true);
  }
  await tab.evaluate(() => document.querySelector<HTMLDialogElement>("#second")?.close());
  await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  await tab.evaluate(() => document.querySelector<HTMLDialogElement>("#first")?.close());
  await expect.poll(() => parentOfHost(tab)).toBe("html");
  expect(await panel.evaluate(() => (globalThis as { kept?: string }).kept)).toBe("yes");
  await tab.close();
});

test("Escape on the handle beside a page's dialog closes the panel, and the dialog only where no panel is open", async () => {
  const tab = await openTrap(stage, "modal");
  await expect.poll(() => countHosts(tab)).toBe(1);
  const isDialogOpen = () => tab.evaluate(() => document.querySelector<HTMLDialogElement>("#first")?.open);
  const isOnHandle = () => tab.evaluate(() => document.activeElement?.localName === "partyline-overlay");
  await tab.evaluate(() => document.querySelector<HTMLDialogElement>("#first")?.showModal());
  await expect.poll(() => parentOfHost(tab)).toBe("dialog");
  for (let step = 0; step < 5 && !(await isOnHandle()); step += 1) await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  const panel = await panelOf(tab);
  await expectAlive(panel);
  await movingIsThere(tab);
  await panel.getByRole("button").first().focus();
  for (let step = 0; step < 5 && (await hasFocus(panel)); step += 1) await tab.keyboard.press("Shift+Tab");
  expect(await isOnHandle()).toBe(true);
  await tab.keyboard.press("Escape");
  await expect.poll(() => panel.isDetached()).toBe(true);
  expect([await isDialogOpen(), await isOnHandle()]).toEqual([true, true]);
  await tab.keyboard.press("Escape");
  await expect.poll(isDialogOpen).toBe(false);
  await tab.close();
});

const hasFocus = (panel: Frame) => panel.evaluate(() => document.hasFocus());

test("a page that throws its open dialog away, and us with it, has us back with the panel open", async () => {
  const tab = await openTrap(stage, "modal");
  const panel = await openTrapPanel(tab);
  await tab.evaluate(() => document.querySelector<HTMLDialogElement>("#first")?.showModal());
  await expect.poll(() => parentOfHost(tab)).toBe("dialog");
  await tab.evaluate(() => document.body.replaceChildren());
  await expect.poll(() => panel.isDetached()).toBe(true);
  await expectAlive(await panelOf(tab));
  expect(await countHosts(tab)).toBe(1);
  await tab.close();
});

test("in fullscreen the handle steps aside, and an open panel stays in front and usable", async () => {
  const tab = await openTrap(stage, "modal");
  const fill = () => tab.evaluate(() => document.querySelector("#part")?.requestFullscreen());
  const leave = () => tab.evaluate(() => document.exitFullscreen());
  await expect.poll(() => countHosts(tab)).toBe(1);
  await fill();
  await expect.poll(() => atHandle(tab)).toBe("section");
  await leave();
  await expect.poll(() => atHandle(tab)).toBe("partyline-overlay");
  const panel = await openTrapPanel(tab);
  await fill();
  await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  await leave();
  await expect.poll(() => parentOfHost(tab)).toBe("html");
  await expectAlive(panel);
  await tab.close();
});

test("modal dialogs and fullscreen in a page's shadow trees leave handle and panel usable as well", async () => {
  const tab = await openTrap(stage, "modal");
  await expect.poll(() => countHosts(tab)).toBe(1);
  const within = (act: "showModal" | "close") =>
    tab.evaluate((act) => document.querySelector("#tree")?.shadowRoot?.querySelector("dialog")?.[act](), act);
  const isWithin = () =>
    tab.evaluate(() => document.querySelector("#tree")?.shadowRoot?.querySelector("partyline-overlay") !== null);
  await within("showModal");
  await expect.poll(isWithin).toBe(true);
  const panel = await openTrapPanel(tab);
  await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  await panel.evaluate(() => Object.assign(globalThis, { kept: "yes" }));
  await within("close");
  await expect.poll(() => parentOfHost(tab)).toBe("html");
  await within("showModal");
  await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  await within("close");
  await expect.poll(() => parentOfHost(tab)).toBe("html");
  await tab.evaluate(() => document.querySelector("#tree")?.shadowRoot?.querySelector("section")?.requestFullscreen());
  await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  await tab.evaluate(() => document.exitFullscreen());
  await expect.poll(() => parentOfHost(tab)).toBe("html");
  expect(await panel.evaluate(() => (globalThis as { kept?: string }).kept)).toBe("yes");
  const { x, y } = await seen(tab, "handle");
  await tab.mouse.click(x, y);
  await expect.poll(() => panel.isDetached()).toBe(true);
  await tab.close();
});

test("a zoom that a page gives itself changes neither the handle's size nor the panel's", async () => {
  const tab = await openTrap(stage);
  const sizes = async () => [(await seen(tab, "handle")).width, (await seen(tab, "panel")).width];
  const panel = await openTrapPanel(tab);
  expect(await sizes()).toEqual([28, 360]);
  for (const zoom of ["1.5", "0.8", ""]) {
    await tab.evaluate((zoom) => (document.documentElement.style.zoom = zoom), zoom);
    await expect.poll(sizes).toEqual([expect.closeTo(28, 1), expect.closeTo(360, 1)]);
    expect((await seen(tab, "panel")).right).toBeCloseTo(1280, 0);
    await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  }
  await tab.close();
});

test("what a page makes inert does not make us so, unless it is the whole of it", async () => {
  const tab = await openTrap(stage);
  const panel = await openTrapPanel(tab);
  await tab.evaluate(() => (document.body.inert = true));
  expect(await pressInPanel(tab, panel)).toBe(1);
  // Where a press lands is decided by what was drawn last.
  await tab.evaluate(() => (document.documentElement.inert = true));
  await expect.poll(() => pressInPanel(tab, panel)).toBe(0);
  await tab.evaluate(() => (document.documentElement.inert = false));
  await expect.poll(() => pressInPanel(tab, panel)).toBe(1);
  await tab.close();
});

test("nothing of ours is printed", async () => {
  const tab = await openTrap(stage);
  await openTrapPanel(tab);
  expect(await shown(tab)).toBe("block");
  await tab.emulateMedia({ media: "print" });
  expect(await shown(tab)).toBe("none");
  await tab.emulateMedia({ media: null });
  expect(await shown(tab)).toBe("block");
  await tab.close();
});

test("a page that is moved aside is printed at its full width", async () => {
  await keepPresence(stage.browser, stage.pages.origin, { push: true });
  const tab = await openTrap(stage);
  await tab.addStyleTag({ content: "h1 { text-align: right; border: 2px solid }" });
  const paper = await print(tab);
  await openTrapPanel(tab);
  const room = () => tab.evaluate(() => document.documentElement.getBoundingClientRect().width);
  await expect.poll(room).toBe(1280 - 360);
  expect(await print(tab)).toBe(paper);
  expect(await room()).toBe(1280 - 360);
  const { x, y } = await seen(tab, "handle");
  await tab.mouse.click(x, y);
  await expect.poll(room).toBe(1280);
  expect(await print(tab)).toBe(paper);
  expect(await tab.evaluate(() => document.documentElement.getAttribute("style"))).toBeNull();
  await keepPresence(stage.browser, stage.pages.origin, {});
  await tab.close();
});

/** A fingerprint of the page as it comes out on paper, whenever that is. */
async function print(tab: Page): Promise<string> {
  const paper = await tab.pdf({ printBackground: true });
  const timeless = paper.toString("latin1").replaceAll(/\/(?:CreationDate|ModDate|ID) ?[([][^)\]]*[)\]]/g, "");
  return createHash("sha256").update(timeless).digest("hex");
}

const shown = (tab: Page) =>
  tab.evaluate(() => getComputedStyle(document.querySelector("partyline-overlay") as Element).display);

test("a page from right to left has us at the right, the right way round, and is not moved itself", async () => {
  const tab = await openTrap(stage, "right-to-left");
  const heading = tab.getByRole("heading");
  const before = await heading.boundingBox();
  expect((await seen(tab, "handle")).right).toBe(1280);
  const panel = await openTrapPanel(tab);
  expect(await heading.boundingBox()).toEqual(before);
  const box = await (await panel.frameElement()).boundingBox();
  expect(box).toMatchObject({ x: 1280 - 360, width: 360 });
  const direction = () =>
    tab.evaluate(() => getComputedStyle(document.querySelector("partyline-overlay") as Element).direction);
  expect(await direction()).toBe("ltr");
  await tab.close();
});

for (const zoom of [0.5, 2, 3]) {
  test(`at ${zoom * 100} % the handle is at the edge and the panel fits the window`, async () => {
    const tab = await openTrap(stage);
    await expect.poll(() => countHosts(tab)).toBe(1);
    await setZoom(stage.browser, zoom);
    const inner = () => tab.evaluate(() => [innerWidth, innerHeight] as const);
    await expect.poll(async () => Math.abs((await inner())[0] - 1280 / zoom)).toBeLessThan(1);
    const [width, height] = await inner();
    expect(await atHandle(tab)).toBe("partyline-overlay");
    await tab.mouse.click(width - 14, (height - 48) * 0.42 + 24);
    const panel = await panelOf(tab);
    await expectAlive(panel);
    const seen = await panel.evaluate(() => ({ width: innerWidth, scrolls: document.body.scrollWidth > innerWidth }));
    expect(seen).toEqual({ width: Math.min(360, width), scrolls: false });
    await setZoom(stage.browser, 1);
    await tab.close();
  });
}

test("a page that takes a foreign node out has it back; one that always does is left alone, and costs nothing", async () => {
  const tab = await openTrap(stage, "hostile-to-nodes");
  const panel = await openTrapPanel(tab);
  await tab.evaluate(() => document.querySelector("partyline-overlay")?.remove());
  await expect.poll(() => panel.isDetached()).toBe(true);
  await expectAlive(await panelOf(tab));
  const removals = () => tab.evaluate(() => (globalThis as { removals?: number }).removals);
  await tab.evaluate(() => (globalThis as unknown as { throwOut: () => void }).throwOut());
  await expect.poll(removals).toBe(5);
  // Whatever comes now is too late for another return: each pause is twice the one before.
  await tab.waitForTimeout(2_000);
  expect(await removals()).toBe(5);
  expect(await countHosts(tab)).toBe(0);
  await tab.close();
});

const POLICIES = {
  "the strictest content security policy":
    "default-src 'none'; script-src 'none'; style-src 'none'; frame-src 'none'; child-src 'none'; connect-src 'none'",
  "trusted types": "require-trusted-types-for 'script'; trusted-types 'none'",
  "a sandbox that makes its origin opaque": "sandbox allow-scripts",
};
for (const [what, policy] of Object.entries(POLICIES)) {
  test(`the panel opens and hears the selection in a page with ${what}`, async () => {
    const tab = await openTrap(stage, "plain", { "content-security-policy": policy });
    const errors = errorsOf(tab);
    const selected = await hearSelection(await openTrapPanel(tab));
    await tick(tab, "Ada Finch");
    await expect.poll(selected).toEqual(["Ada Finch"]);
    expect(errors).toEqual([]);
    await tab.close();
  });
}

test("the panel opens in a page that is isolated from other origins", async () => {
  const tab = await openTrap(stage, "plain", {
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(await tab.evaluate(() => crossOriginIsolated)).toBe(true);
  await openTrapPanel(tab);
  await tab.close();
});

test("frames of a page are left alone, even where they show the enabled site", async () => {
  const tab = await openTrap(stage, "plain");
  await expect.poll(() => countHosts(tab)).toBe(1);
  await tab.goto(`${stage.pages.otherOrigin}/?page=plain`);
  await tab.evaluate((src) => {
    document.body.append(Object.assign(document.createElement("iframe"), { src, width: 600, height: 400 }));
  }, `${stage.pages.origin}/contacts`);
  const frame = tab.frameLocator("iframe");
  await frame.getByRole("checkbox", { name: "Ada Finch" }).check();
  await expect(frame.locator("partyline-overlay")).toHaveCount(0);
  expect(await countHosts(tab)).toBe(0);
  await tab.close();
});

/** It takes its ten seconds by itself: the tab that comes to the front would come in the middle of another test. */
test("where a page lets no panel in, it comes in a tab of its own", async () => {
  const sealed = await openTrap(stage, "plain", { "content-security-policy": "sandbox" });
  await pressHandle(sealed);
  // Once the panel is gone, the handle is back where it was: a hand there would have the next one loaded.
  await sealed.mouse.move(10, 10);
  const { context } = stage.browser;
  const own = () => context.pages().find((page) => page.url().endsWith("/panel.html"));
  await expect.poll(() => own() !== undefined, { timeout: 20_000 }).toBe(true);
  await expect(own()?.getByRole("button", { name: "Sign in" }) ?? sealed.locator("nothing")).toBeVisible();
  expect(sealed.frames()).toHaveLength(1);
});
