import type { BrowserContext } from "@playwright/test";
import { kilobytes, median, type Figure } from "./figure.ts";
import { visit, type Visit, type VisitOptions } from "./page-visit.ts";
import { sizesForStore } from "./size.ts";
import { openWithOneGroup, setStage } from "./stage.ts";

/** A multiple of three: each way of being there is then first, second and last equally often. */
const ROUNDS = 6;
const ROWS = 10_000;
const US = ["absent", "closed", "open"] as const;
type Visits = Record<(typeof US)[number], Visit[]>;

/**
 * What the extension costs a CRM page. The same server under its other name is a site the extension was not given, so
 * pages without us, with the panel closed and with it open take turns in one browser, over the same long list.
 */
export async function measurePage(): Promise<Figure[]> {
  const { contentScript, reading, moving } = await sizesForStore();
  await using stage = await setStage();
  const { context } = stage.browser;
  const { crm } = await openWithOneGroup(stage);
  await crm.close();
  await lengthenLists(context);
  const given = `${stage.sandbox.crmUrl}/contacts`;
  const urls = { absent: given.replace("127.0.0.1", "localhost"), closed: given, open: given };
  const visits: Visits = { absent: [], closed: [], open: [] };
  const place = (us: VisitOptions["us"]) => ({ context, profile: stage.profile, url: urls[us], us });
  for (const us of US) await visit(place(us));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const us of [...US.slice(round % 3), ...US.slice(0, round % 3)]) visits[us].push(await visit(place(us)));
  }
  return [
    {
      what: "Script put into the page: always, once it is used, once the handle is moved",
      value: [contentScript, reading, moving]
        .map(({ raw, gzip }) => `${kilobytes(raw)} (${kilobytes(gzip)} gzip)`)
        .join(", "),
    },
    ...inTurn("Heap after collection", visits, ({ heap }) => heap / 1e6, "MB"),
    ...inTurn("DOM nodes", visits, ({ nodes }) => nodes, ""),
    ...inTurn("Memory of the whole browser", visits, ({ memory }) => memory && memory / 1e6, "MB"),
    ...inTurn("Main thread's work, scrolling and ticking", visits, ({ tasks }) => tasks * 1000, "ms"),
    ...inTurn("Long tasks, loading and opening", visits, ({ longTasksBefore }) => longTasksBefore, ""),
    ...inTurn("Long tasks, scrolling and ticking", visits, ({ longTasks }) => longTasks, ""),
    ...inTurn("Input delay of a click", visits, ({ inputDelay }) => inputDelay, "ms"),
    ...inTurn("Click to the frame that shows it", visits, ({ clickToFrame }) => clickToFrame, "ms"),
  ];
}

/** The page alone in full, then what the panel adds closed and open: medians of the differences within each round. */
function inTurn(what: string, visits: Visits, read: (visit: Visit) => number | null, unit: string): Figure[] {
  const alone = visits.absent.map(read);
  if (!alone.every((value) => value !== null)) return [{ what, value: "not told by this system" }];
  const added = (us: "closed" | "open") =>
    median(visits[us].map((one, round) => (read(one) ?? Number.NaN) - (alone[round] ?? Number.NaN)));
  const says = (value: number) => `${value.toFixed(unit === "" ? 0 : 2)} ${unit}`.trim();
  const share = (value: number) => (median(alone) === 0 ? "" : ` (× ${(1 + value / median(alone)).toFixed(2)})`);
  const value = (["closed", "open"] as const).map((us) => `${us} + ${says(added(us))}${share(added(us))}`);
  return [{ what, value: `${says(median(alone))} alone, ${value.join(", ")}` }];
}

/** The sample CRM's people over and over, each time with other ids and numbers, until the list is long enough. */
async function lengthenLists(context: BrowserContext): Promise<void> {
  await context.route("**/api/contacts", async (route) => {
    const answer = await route.fetch();
    if (route.request().method() !== "GET" || !answer.ok()) return route.fulfill({ response: answer });
    const body = (await answer.json()) as { contacts: { id: string }[] };
    const contacts = Array.from({ length: ROWS }, (_, index) => {
      const contact = body.contacts[index % body.contacts.length];
      return index < body.contacts.length ? contact : { ...contact, id: `${contact?.id}-${index}` };
    });
    return route.fulfill({ response: answer, json: { ...body, contacts } });
  });
}
