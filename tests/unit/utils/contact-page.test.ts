// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Recipe } from "@partyline/contract/recipe";
import { createPageReader } from "../../../utils/page/page-reader.ts";
import { createSelectionReader } from "../../../utils/page/selection-reader.ts";
import { watchSelection } from "../../../utils/page/selection-watch.ts";
import { HUBSPOT } from "../../../utils/recipes/hubspot.ts";
import type { SelectedRow } from "../../../utils/selection.ts";

const PORTAL = "/contacts/77";
const record = (id: string) => `${PORTAL}/record/0-1/${id}`;
const tel = (phone: string) => `<a href="tel:${phone}">${phone}</a>`;
const recipe = Recipe.parse({
  ...HUBSPOT,
  contactPages: HUBSPOT.contactPages?.map((one) => ({
    ...one,
    phone: [{ selector: "main a", attribute: "href", pattern: "^tel:(.+)$" }],
  })),
});

let clock: number;
beforeEach(() => {
  clock = 0;
  location.href = `https://app.hubspot.com${record("101")}`;
  document.body.innerHTML = `<main><h1>Ada Finch</h1><section>${tel("+14155550101")}</section></main>`;
});

const heading = () => document.querySelector("h1")!;
const go = (path: string) => history.pushState(null, "", path);
const reading = () => createSelectionReader(recipe, document, () => clock);

describe("an application that shows the next contact some time after its address", () => {
  let life: AbortController;
  let told: SelectedRow[][];
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "requestAnimationFrame"] });
    life = new AbortController();
    told = [];
    const reader = createPageReader([recipe], document);
    const tell = ({ rows }: { rows: SelectedRow[] }) => void told.push(rows);
    watchSelection({ getReader: () => reader, tell, signal: life.signal }).want(true);
  });
  afterEach(() => {
    life.abort();
    vi.useRealTimers();
  });

  test("is told as it becomes, and never with the words about the contact before", async () => {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toEqual([[{ contactId: "101", name: "Ada Finch", phone: "+14155550101" }]]);
    go(record("102"));
    document.body.click();
    await vi.advanceTimersByTimeAsync(900);
    heading().firstChild!.nodeValue = "Ben Okoro";
    await vi.advanceTimersByTimeAsync(400);
    document.querySelector("section")!.innerHTML = tel("+14155550102");
    await vi.advanceTimersByTimeAsync(400);
    expect(told.slice(1)).toEqual([
      [{ contactId: "102", name: null, phone: null }],
      [{ contactId: "102", name: "Ben Okoro", phone: null }],
      [{ contactId: "102", name: "Ben Okoro", phone: "+14155550102" }],
    ]);
  });

  test("is read however late it shows them", async () => {
    document.body.innerHTML = "<p>Loading</p>";
    await vi.advanceTimersByTimeAsync(20_000);
    document.body.innerHTML = "<main><h1>Ben Okoro</h1></main>";
    await vi.advanceTimersByTimeAsync(400);
    expect(told.at(-1)).toEqual([{ contactId: "101", name: "Ben Okoro", phone: null }]);
  });
});

test("a list's heading is nobody's name on the page of a contact that is opened from it", () => {
  go(`${PORTAL}/objects/0-1/views/all/list`);
  heading().textContent = "Contacts";
  const reader = reading();
  reader.read();
  go(record("102"));
  expect(reader.read().rows).toMatchObject([{ contactId: "102", name: null }]);
  heading().textContent = "Ben Okoro";
  expect(reader.read().rows).toMatchObject([{ contactId: "102", name: "Ben Okoro" }]);
});

test("a page that was only followed is believed once it had the time to settle", () => {
  const reader = reading();
  reader.follow();
  go(record("102"));
  heading().textContent = "Ben Okoro";
  reader.follow();
  expect(reader.read().rows).toMatchObject([{ contactId: "102", name: null }]);
  clock = 3_000;
  expect(reader.read().rows).toMatchObject([{ contactId: "102", name: "Ben Okoro" }]);
});

test("another address of the same contact changes nothing", () => {
  const reader = reading();
  reader.read();
  go(`${record("101")}/view/1`);
  expect(reader.read().rows).toMatchObject([{ contactId: "101", name: "Ada Finch" }]);
});
