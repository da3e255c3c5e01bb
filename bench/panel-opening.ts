import type { Page } from "@playwright/test";
import { panelOf, pressHandle } from "../tests/e2e/chromium-session.ts";

/** What a panel goes through on its way, in this order; each of them a moment in milliseconds since 1970. */
const STEPS = ["pressed", "framed", "begun", "asked", "admitted", "drawn", "usable"] as const;
export type Step = (typeof STEPS)[number];
/** How long after the click each of them came. */
export type Opening = Record<Step, number>;

declare global {
  /** Filled by `noteSteps`. */
  var steps: Partial<Opening> | undefined;
}

/** Presses the handle, on which the pointer has been for so long, and waits for the first group that can be clicked. */
export async function openPanel(page: Page, restedMs: number): Promise<Opening> {
  await page.locator("partyline-overlay").waitFor({ state: "attached" });
  if (restedMs > 0) {
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.mouse.move(width - 14, height * 0.4 + 30);
    await page.waitForTimeout(restedMs);
  }
  await pressHandle(page);
  const panel = await panelOf(page);
  await panel.locator(".group-list button").first().waitFor();
  const noted = { ...(await page.evaluate(() => globalThis.steps)), ...(await panel.evaluate(() => globalThis.steps)) };
  const since = (step: Step) => (noted[step] ?? Number.NaN) - (noted.pressed ?? Number.NaN);
  const opening = Object.fromEntries(STEPS.map((step) => [step, since(step)])) as Opening;
  if (Number.isNaN(opening.usable)) throw new Error("the click or the list was missed");
  return opening;
}

/** Runs in every frame before its own scripts, on the clock that the frames of a page share. */
export function noteSteps(): void {
  const steps: Partial<Opening> = (globalThis.steps = {});
  const note = (step: Step) => (steps[step] ??= performance.timeOrigin + performance.now());
  addEventListener("pointerup", (event) => (steps.pressed = performance.timeOrigin + event.timeStamp), true);
  if (location.protocol !== "chrome-extension:") return;
  steps.framed = performance.timeOrigin;
  note("begun");
  const { runtime } = (globalThis as unknown as Extension).chrome;
  const connect = runtime.connect.bind(runtime);
  runtime.connect = (...where) => {
    note("asked");
    const port = connect(...where);
    port.onMessage.addListener(() => note("admitted"));
    return port;
  };
  const seen = new MutationObserver(() => {
    if (document.querySelector("#panel > *")) note("drawn");
    if (!document.querySelector(".group-list button") || !document.querySelector("[data-search]")) return;
    note("usable");
    seen.disconnect();
  });
  seen.observe(document, { childList: true, subtree: true });
}

interface Extension {
  chrome: {
    runtime: { connect: (...where: unknown[]) => { onMessage: { addListener: (hear: () => void) => void } } };
  };
}
