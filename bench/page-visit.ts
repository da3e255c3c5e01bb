import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import { browserMemory } from "./browser-memory.ts";
import { median } from "./figure.ts";

/** After this the list stands and nothing is being loaded any more. */
const SETTLE_MS = 3000;
/** What the browser is opened with. */
const WINDOW = { width: 1280, height: 800 };
const SCROLLS = 60;
const TICKS = 12;

/** Numbers of one visit, in the browser's own units: bytes, seconds, milliseconds. */
export interface Visit {
  heap: number;
  nodes: number;
  memory: number | null;
  /** Seconds the main thread worked while the list was scrolled and ticked. */
  tasks: number;
  /** From the page's first script until it stands, and with the panel open, if it is to be. */
  longTasksBefore: number;
  /** While it was scrolled and ticked. */
  longTasks: number;
  inputDelay: number;
  clickToFrame: number;
}

export interface VisitOptions {
  context: BrowserContext;
  profile: string;
  url: string;
  us: "absent" | "closed" | "open";
}

interface Work {
  longTasks: number;
  delays: number[];
  frames: number[];
}

function noWork(): Work {
  return { longTasks: 0, delays: [], frames: [] };
}

declare global {
  /** Filled by `noteWork` in the page. */
  var work: Work | undefined;
}

/** Opens the page, lets it rest, weighs it, then works in it as an agent does. */
export async function visit({ context, profile, url, us }: VisitOptions): Promise<Visit> {
  const page = await context.newPage();
  try {
    await page.addInitScript(noteWork, noWork());
    await page.goto(url);
    await page.waitForTimeout(SETTLE_MS);
    if (us === "open") {
      await page.mouse.click(WINDOW.width - 14, WINDOW.height * 0.4 + 30);
      await page.waitForTimeout(SETTLE_MS);
    }
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    // What the first collection finalises, the second one frees.
    for (const _ of [1, 2]) await devtools.send("HeapProfiler.collectGarbage");
    const rest = await metrics(devtools);
    const memory = await browserMemory(profile);
    const before = await page.evaluate(() => globalThis.work);
    await expectUs(page, us);
    await page.evaluate((work) => (globalThis.work = work), noWork());
    await scrollAndTick(page);
    const after = await metrics(devtools);
    const work = await page.evaluate(() => globalThis.work);
    if (before === undefined || work === undefined || work.delays.length < TICKS)
      throw new Error("the page missed its clicks");
    return {
      heap: rest("JSHeapUsedSize"),
      nodes: rest("Nodes"),
      memory,
      tasks: after("TaskDuration") - rest("TaskDuration"),
      longTasksBefore: before.longTasks,
      longTasks: work.longTasks,
      inputDelay: median(work.delays),
      clickToFrame: median(work.frames),
    };
  } finally {
    await page.close();
  }
}

/** Only now, for looking into a page by selectors puts a third of a megabyte of the driver's own script into it. */
async function expectUs(page: Page, us: VisitOptions["us"]): Promise<void> {
  await page.locator(".contact-row").first().waitFor();
  const isThere = (await page.locator("partyline-overlay").count()) > 0;
  const panel = page.frames().find((frame) => frame.url().includes("/panel.html"));
  if (isThere !== (us !== "absent") || (panel !== undefined) !== (us === "open")) {
    throw new Error(`the page was to be looked at with us ${us}, and was not`);
  }
  await panel?.locator(".group-list button").first().waitFor();
}

async function metrics(devtools: CDPSession): Promise<(name: string) => number> {
  const { metrics: all } = await devtools.send("Performance.getMetrics");
  return (name) => all.find((one) => one.name === name)?.value ?? Number.NaN;
}

/** The pointer stays left of where a panel would be. */
async function scrollAndTick(page: Page): Promise<void> {
  for (let tick = 0; tick < TICKS; tick += 1) {
    await page.mouse.move(500, 500);
    for (let scroll = 0; scroll < SCROLLS / TICKS; scroll += 1) {
      await page.mouse.wheel(0, 900);
      await page.evaluate(nextFrame);
    }
    const box = await page.locator(".contact-row input[type=checkbox]").nth(8).boundingBox();
    if (box === null) throw new Error("no box to tick is in view");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.evaluate(nextFrame);
  }
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Runs before the page's own scripts. */
function noteWork(none: Work): void {
  globalThis.work = none;
  new PerformanceObserver((list) => {
    if (globalThis.work) globalThis.work.longTasks += list.getEntries().length;
  }).observe({ type: "longtask" });
  addEventListener(
    "click",
    (event) => {
      const { work } = globalThis;
      work?.delays.push(performance.now() - event.timeStamp);
      requestAnimationFrame(() => setTimeout(() => work?.frames.push(performance.now() - event.timeStamp)));
    },
    true,
  );
}
