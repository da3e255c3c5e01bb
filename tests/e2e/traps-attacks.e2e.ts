import { expect, test } from "@playwright/test";
import { panelOf, pressHandle } from "./chromium-session.ts";
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

const framesOf = (tab: Awaited<ReturnType<typeof openTrap>>) =>
  tab.frames().filter((frame) => frame.url().includes("/panel.html"));

test("no style of the page's hides, moves or fades the handle or the panel", async () => {
  const tab = await openTrap(stage);
  const panel = await openTrapPanel(tab);
  await tab.addStyleTag({
    content: `
      html { opacity: 0.01; transform: scale(0.2); filter: blur(9px); clip-path: circle(1px); }
      html, html * { pointer-events: none !important; visibility: hidden !important; user-select: none !important; }
      partyline-overlay, html > :last-child {
        all: unset !important; opacity: 0 !important; transform: translate(-900px) !important; display: none !important;
        clip-path: inset(50%) !important; mask: linear-gradient(transparent, transparent) !important;
        mix-blend-mode: difference !important; zoom: 0.1 !important; translate: -900px !important; scale: 0.1 !important;
        animation: fade 1ms infinite !important; transition: all 9s !important; z-index: -1 !important;
        content-visibility: hidden !important; position: static !important;
      }
      partyline-overlay::backdrop { display: block !important; background: red !important; }
      partyline-overlay::part(frame), partyline-overlay iframe { opacity: 0 !important; }
      @keyframes fade { to { opacity: 0; transform: scale(0); } }`,
  });
  await tab.evaluate(() => {
    const host = document.querySelector<HTMLElement>("partyline-overlay");
    host?.style.setProperty("opacity", "0", "important");
    host?.style.setProperty("--width", "10px", "important");
    host?.animate([{ opacity: 0, transform: "scale(0)" }], { duration: 1, iterations: Infinity, fill: "both" });
  });
  // An animation is the page's from the next frame on, and none of a few frames is one without the panel.
  for (let frame = 0; frame < 10; frame += 1) {
    await tab.evaluate(() => new Promise(requestAnimationFrame));
    expect(await looksTheSame(tab, panel)).toEqual({ opacity: "1", transform: "none", width: 360, right: 1280 });
  }
  expect(await tab.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.localName)).not.toBe(
    "partyline-overlay",
  );
  await tab.mouse.click(1280 - 360 - 14, 800 * 0.4 + 30);
  await expect.poll(() => framesOf(tab).length).toBe(0);
  expect(await atHandle(tab)).toBe("partyline-overlay");
  await tab.close();
});

async function looksTheSame(tab: Awaited<ReturnType<typeof openTrap>>, panel: Awaited<ReturnType<typeof panelOf>>) {
  const frame = await panel.frameElement();
  const box = await frame.boundingBox();
  const style = await tab.evaluate(() => {
    const { opacity, transform } = getComputedStyle(document.querySelector("partyline-overlay") as Element);
    return { opacity, transform };
  });
  return { ...style, width: box?.width, right: (box?.x ?? 0) + (box?.width ?? 0) };
}

test("nothing lies over the panel by a high z-index alone", async () => {
  const tab = await openTrap(stage);
  await openTrapPanel(tab);
  await tab.evaluate(() => {
    const cover = document.createElement("div");
    cover.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:pink";
    document.documentElement.append(cover);
  });
  expect(await atHandle(tab)).toBe("partyline-overlay");
  await tab.close();
});

test("events that a page makes up neither open nor close the panel, but what they tick is read", async () => {
  const tab = await openTrap(stage);
  const pretend = () =>
    tab.evaluate(() => {
      const host = document.querySelector<HTMLElement>("partyline-overlay");
      for (const type of ["pointerdown", "pointerup", "click", "dblclick", "keydown", "keyup"]) {
        const Kind = type.startsWith("key") ? KeyboardEvent : type.startsWith("pointer") ? PointerEvent : MouseEvent;
        const at = {
          bubbles: true,
          composed: true,
          key: "Enter",
          code: "Enter",
          clientX: innerWidth - 14,
          clientY: 350,
        };
        host?.dispatchEvent(new Kind(type, at));
        document.dispatchEvent(new Kind(type, { ...at, altKey: true, key: "g", code: "KeyG" }));
      }
      host?.click();
      host?.focus();
    });
  await expect.poll(() => countHosts(tab)).toBe(1);
  await pretend();
  await tab.evaluate(() => new Promise(requestAnimationFrame));
  expect(framesOf(tab)).toHaveLength(0);
  const panel = await openTrapPanel(tab);
  const selected = await hearSelection(panel);
  await pretend();
  await tab.evaluate(() => document.querySelector<HTMLElement>("[type=checkbox]")?.click());
  await expect.poll(selected).toEqual(["Ada Finch"]);
  expect(framesOf(tab)).toHaveLength(1);
  await tab.close();
});

test("a page that frames the panel within frames, sandboxed or as an object, gets empty shells and no answers", async () => {
  const tab = await openTrap(stage, "framing");
  const address = stage.browser.worker.url().replace(/[^/]*$/, "panel.html");
  await tab.evaluate(
    (panel) => (globalThis as unknown as { frameEverywhere: (panel: string) => void }).frameEverywhere(panel),
    `${address}#${crypto.randomUUID()}`,
  );
  await expect.poll(() => framesOf(tab).length).toBeGreaterThanOrEqual(4);
  await expect.poll(() => wordsOfAll(tab)).toContain("Nothing to see here");
  for (const frame of framesOf(tab)) await expect(frame.locator("button, a, input, textarea")).toHaveCount(0);
  // The one that our script makes beside them is the one that counts.
  await pressHandle(tab);
  await expect.poll(() => wordsOfAll(tab)).toContain("Sign in");
  await tab.close();
});

async function wordsOfAll(tab: Awaited<ReturnType<typeof openTrap>>): Promise<string> {
  const words = await Promise.all(
    framesOf(tab).map((frame) =>
      frame
        .locator("body")
        .innerText()
        .catch(() => ""),
    ),
  );
  return words.join("\n");
}

test("the page has no window of the panel's to post to, and what it posts to itself changes nothing", async () => {
  const tab = await openTrap(stage);
  const panel = await openTrapPanel(tab);
  const reached = await tab.evaluate(() => {
    postMessage({ kind: "admission", admitted: true }, "*");
    postMessage({ kind: "toggle_panel" }, "*");
    return { frames: globalThis.length, found: document.querySelectorAll("iframe").length };
  });
  expect(reached).toEqual({ frames: 0, found: 0 });
  await expectAlive(panel);
  await tab.close();
});

test("names of the page's elements do not get between us and the document", async () => {
  const tab = await openTrap(stage, "clobber");
  const errors = errorsOf(tab);
  const selected = await hearSelection(await openTrapPanel(tab));
  await tick(tab, "Ben Okoro");
  await expect.poll(selected).toEqual(["Ben Okoro"]);
  expect(errors).toEqual([]);
  await tab.close();
});

test("a page that has defined elements under our name gets nothing of what is in ours", async () => {
  const tab = await openTrap(stage, "owner");
  const panel = await openTrapPanel(tab);
  expect(await tab.evaluate(() => (globalThis as unknown as { reached: unknown[] }).reached)).toEqual([null, null]);
  expect(await countHosts(tab)).toBe(1);
  await expectAlive(panel);
  await tab.close();
});

test("prototypes that the page has changed are the page's alone", async () => {
  const tab = await openTrap(stage, "tampered");
  await pressHandle(tab);
  const panel = await panelOf(tab);
  await expectAlive(panel);
  const selected = await hearSelection(panel);
  await tick(tab, "Cleo Marsh");
  await expect.poll(selected).toEqual(["Cleo Marsh"]);
  await expect(tab).toHaveTitle("Untouched");
  await tab.close();
});
