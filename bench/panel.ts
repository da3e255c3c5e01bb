import { median, ms, quantile, type Figure } from "./figure.ts";
import { noteSteps, openPanel, type Opening, type Step } from "./panel-opening.ts";
import { openWithOneGroup, setStage } from "./stage.ts";

const TIMES = 15;

/** From the click on the handle to the list of groups that can be clicked, each time in a new page. */
export async function measurePanel(): Promise<Figure[]> {
  await using stage = await setStage();
  const { context } = stage.browser;
  const { crm: first } = await openWithOneGroup(stage);
  await first.close();
  await context.addInitScript(noteSteps);
  const openings: Opening[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const page = await context.newPage();
    await page.goto(`${stage.sandbox.crmUrl}/contacts`);
    await page.locator(".contact-row").first().waitFor();
    openings.push(await openPanel(page));
    await page.close();
  }
  const usable = openings.map((opening) => opening.usable);
  const between = (from: Step, to: Step) => ms(median(openings.map((opening) => opening[to] - opening[from])));
  return [
    { what: "Click on the handle → usable panel (fastest)", value: ms(Math.min(...usable)) },
    { what: "Click on the handle → usable panel (median)", value: ms(median(usable)) },
    { what: "Click on the handle → usable panel (95 %)", value: ms(quantile(usable, 0.95)) },
    { what: "… click → the frame is made", value: between("pressed", "framed") },
    { what: "… the frame is made → its document begins", value: between("framed", "begun") },
    { what: "… its document begins → its script asks to be let in", value: between("begun", "asked") },
    { what: "… asks to be let in → let in", value: between("asked", "admitted") },
    { what: "… let in → first drawn", value: between("admitted", "drawn") },
    { what: "… first drawn → usable", value: between("drawn", "usable") },
  ];
}
