import { median, ms, quantile, type Figure } from "./figure.ts";
import { noteSteps, openPanel, type Opening, type Step } from "./panel-opening.ts";
import { openWithOneGroup, setStage } from "./stage.ts";

const TIMES = 12;
/** A hand that comes to the handle and presses it takes longer than this; a driven pointer takes no time at all. */
const RESTED_MS = 200;

/** From the click on the handle to the list of groups that can be clicked, each time in a new page. */
export async function measurePanel(): Promise<Figure[]> {
  await using stage = await setStage();
  const { context } = stage.browser;
  const { crm: first } = await openWithOneGroup(stage);
  await first.close();
  await context.addInitScript(noteSteps);
  const open = async (restedMs: number): Promise<Opening> => {
    const page = await context.newPage();
    await page.goto(`${stage.sandbox.crmUrl}/contacts`);
    await page.locator(".contact-row").first().waitFor();
    const opening = await openPanel(page, restedMs);
    await page.close();
    return opening;
  };
  const atOnce: Opening[] = [];
  const rested: Opening[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    atOnce.push(await open(0));
    rested.push(await open(RESTED_MS));
  }
  const hand = `the pointer ${RESTED_MS} ms on the handle before`;
  return [...inWords(hand, rested), ...inWords("pressed at once", atOnce), ...stepsOf(atOnce)];
}

function inWords(how: string, openings: readonly Opening[]): Figure[] {
  const usable = openings.map((opening) => opening.usable);
  const value = `${ms(median(usable))}, ${ms(Math.min(...usable))}, ${ms(quantile(usable, 0.95))}`;
  return [{ what: `Click on the handle → usable panel, ${how} (median, fastest, 95 %)`, value }];
}

function stepsOf(openings: readonly Opening[]): Figure[] {
  const between = (from: Step, to: Step) => ms(median(openings.map((opening) => opening[to] - opening[from])));
  return [
    { what: "… click → the frame is made", value: between("pressed", "framed") },
    { what: "… the frame is made → its document begins", value: between("framed", "begun") },
    { what: "… its document begins → its script asks to be let in", value: between("begun", "asked") },
    { what: "… asks to be let in → let in", value: between("asked", "admitted") },
    { what: "… let in → first drawn", value: between("admitted", "drawn") },
    { what: "… first drawn → usable", value: between("drawn", "usable") },
  ];
}
