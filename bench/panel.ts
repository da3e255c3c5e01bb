import type { Page } from "@playwright/test";
import { panelOf, pressHandle } from "../tests/e2e/chromium-session.ts";
import { median, ms, quantile, type Figure } from "./figure.ts";
import { openWithOneGroup, setStage } from "./stage.ts";

const TIMES = 15;

declare global {
  /** Written by `noteTimes`, in milliseconds since 1970. */
  var pressedAt: number | undefined;
  var usableAt: number | undefined;
}

/** From the click on the handle to the list of groups that can be clicked, each time in a new page. */
export async function measurePanel(): Promise<Figure[]> {
  await using stage = await setStage();
  const { context } = stage.browser;
  const { crm: first } = await openWithOneGroup(stage);
  await first.close();
  await context.addInitScript(noteTimes);
  const samples: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const page = await context.newPage();
    await page.goto(`${stage.sandbox.crmUrl}/contacts`);
    await page.locator(".contact-row").first().waitFor();
    samples.push(await openOnce(page));
    await page.close();
  }
  return [
    { what: "Click on the handle → usable panel (median)", value: ms(median(samples)) },
    { what: "Click on the handle → usable panel (95 %)", value: ms(quantile(samples, 0.95)) },
  ];
}

async function openOnce(page: Page): Promise<number> {
  await pressHandle(page);
  const panel = await panelOf(page);
  await panel.locator(".group-list button").first().waitFor();
  const usable = await panel.evaluate(() => globalThis.usableAt);
  const pressed = await page.evaluate(() => globalThis.pressedAt);
  if (usable === undefined || pressed === undefined) throw new Error("the click or the list was missed");
  return usable - pressed;
}

/** Runs in every frame before its own scripts, on the clock that the frames of a page share. */
function noteTimes(): void {
  addEventListener("pointerup", (event) => (globalThis.pressedAt = performance.timeOrigin + event.timeStamp), true);
  if (location.protocol !== "chrome-extension:") return;
  const seen = new MutationObserver(() => {
    const isUsable = document.querySelector(".group-list button") && document.querySelector("[data-search]");
    if (isUsable === null) return;
    globalThis.usableAt = performance.timeOrigin + performance.now();
    seen.disconnect();
  });
  seen.observe(document, { childList: true, subtree: true });
}
