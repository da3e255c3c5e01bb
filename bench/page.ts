import type { BrowserContext } from "@playwright/test";
import { kilobytes, median, type Figure } from "./figure.ts";
import { setStage } from "./stage.ts";

const PAIRS = 9;
/** After this the list stands and nothing is being loaded any more. */
const SETTLE_MS = 1000;

interface Weight {
  heap: number;
  nodes: number;
}

/**
 * What the extension adds to a CRM page while the panel is closed. The same server under its other name is a site the
 * extension was not given, so pages with and without it can take turns in one browser.
 */
export async function measurePage(): Promise<Figure[]> {
  await using stage = await setStage();
  const { context } = stage.browser;
  const given = `${stage.sandbox.crmUrl}/contacts`;
  const other = given.replace("127.0.0.1", "localhost");
  const added: Weight[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const without = await weigh(context, other, false);
    const withIt = await weigh(context, given, true);
    added.push({ heap: withIt.heap - without.heap, nodes: withIt.nodes - without.nodes });
  }
  const heap = median(added.map((one) => one.heap));
  const nodes = median(added.map((one) => one.nodes));
  return [
    { what: "JS heap added to the sample CRM, panel closed", value: kilobytes(heap) },
    { what: "DOM nodes added to the sample CRM, panel closed", value: String(nodes) },
  ];
}

async function weigh(context: BrowserContext, url: string, isGiven: boolean): Promise<Weight> {
  const page = await context.newPage();
  try {
    await page.goto(url);
    await page.locator(".contact-row").first().waitFor();
    if (isGiven) await page.waitForSelector("partyline-overlay", { state: "attached" });
    await page.waitForTimeout(SETTLE_MS);
    if (!isGiven && (await page.locator("partyline-overlay").count()) > 0) {
      throw new Error("the page to compare with has the extension in it too");
    }
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    // What the first collection finalises, the second one frees.
    for (const _ of [1, 2]) await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
    return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes") };
  } finally {
    await page.close();
  }
}
