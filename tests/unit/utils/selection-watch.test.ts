// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPageReader } from "../../../utils/page/page-reader.ts";
import { createSelectionReader } from "../../../utils/page/selection-reader.ts";
import { watchSelection } from "../../../utils/page/selection-watch.ts";
import { Recipe } from "@partyline/contract/recipe";
import { SAMPLE_CRM } from "../../../utils/recipes/sample-crm.ts";
import type { Selection } from "../../../utils/selection.ts";

let told: Selection[];
let life: AbortController;
let watch: ReturnType<typeof watchSelection>;
let reads: number;
let reader: ReturnType<typeof createSelectionReader>;
let isFetched: boolean;

beforeEach(() => {
  location.href = "http://127.0.0.1:4311/contacts";
  document.body.innerHTML = `<input id="note"><div class="contact-table">
    <div class="contact-row" data-contact-id="c1"><input type="checkbox"></div>
    <div class="contact-row" data-contact-id="c2"><input type="checkbox"></div></div>`;
  told = [];
  reads = 0;
  isFetched = true;
  life = new AbortController();
  const recipe = Recipe.parse({ ...SAMPLE_CRM, count: [] });
  reader = createSelectionReader(recipe, document);
  const counted = {
    ...createPageReader([recipe], document),
    seen: () => reader.seen(),
    read: () => ((reads += 1), reader.read()),
    follow: () => ((reads += 1), reader.follow()),
  };
  watch = watchSelection({
    getReader: () => (isFetched ? counted : null),
    tell: (one) => told.push(one),
    signal: life.signal,
  });
});
afterEach(() => life.abort());

const box = (id: string) => document.querySelector<HTMLInputElement>(`[data-contact-id="${id}"] input`)!;
const settled = () => new Promise((resolve) => setTimeout(resolve, 250));
const idsTold = () => told.map(({ rows }) => rows.map(({ contactId }) => contactId));

test("a tick is told once, however often the page was looked at", async () => {
  watch.want(true);
  await settled();
  box("c1").click();
  await settled();
  expect(idsTold()).toEqual([[], ["c1"]]);
});

test("while nobody wants to know nothing is told, but what was ticked and scrolled away is remembered", async () => {
  box("c1").click();
  await settled();
  expect(told).toEqual([]);
  document.querySelector('[data-contact-id="c1"]')!.remove();
  watch.want(true);
  await settled();
  expect(idsTold()).toEqual([["c1"]]);
});

test("a row that the page itself ticks is seen, but only while wanted", async () => {
  watch.want(true);
  await settled();
  const row = document.querySelector('[data-contact-id="c2"]')!;
  box("c2").checked = true;
  row.setAttribute("aria-selected", "true");
  await settled();
  expect(idsTold().at(-1)).toEqual(["c2"]);
  watch.want(false);
  const before = reads;
  row.setAttribute("aria-selected", "false");
  await settled();
  expect(reads).toBe(before);
});

test("typing a word reads nothing", async () => {
  document.querySelector("#note")!.dispatchEvent(new KeyboardEvent("keyup", { key: "a", bubbles: true }));
  await settled();
  expect(reads).toBe(0);
});

test.each([" ", "Backspace", "Shift", "ArrowLeft", "Process"])(
  "the key '%s' in a text field reads nothing",
  async (key) => {
    for (const field of [
      "<input>",
      '<input type="search">',
      "<textarea></textarea>",
      "<p contenteditable><b></b></p>",
    ]) {
      document.querySelector("#note")!.outerHTML = `<div id="note">${field}</div>`;
      const target = document.querySelector("#note b, #note > *")!;
      target.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true, composed: true }));
    }
    await settled();
    expect(reads).toBe(0);
  },
);

test("the space bar on a box is seen", async () => {
  box("c1").dispatchEvent(new KeyboardEvent("keyup", { key: " ", bubbles: true, composed: true }));
  await settled();
  expect(reads).toBeGreaterThan(0);
});

test("events by which a page says that it navigated are heard once they are known, each once", async () => {
  dispatchEvent(new Event("routeLoaded"));
  await settled();
  expect(reads).toBe(0);
  watch.hear(["routeLoaded"]);
  watch.hear(["routeLoaded"]);
  dispatchEvent(new Event("routeLoaded"));
  await settled();
  // At once, and a little later.
  expect(reads).toBe(2);
  life.abort();
  dispatchEvent(new Event("routeLoaded"));
  await settled();
  expect(reads).toBe(2);
});

test("many clicks in a moment leave one late look", async () => {
  for (let index = 0; index < 5; index += 1) {
    document.body.click();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const before = reads;
  await settled();
  expect(reads - before).toBe(1);
});

test("of a row's attributes those that tell who it is or that it is ticked are seen, and no others", async () => {
  watch.want(true);
  await settled();
  const before = reads;
  const row = document.querySelector<HTMLElement>('[data-contact-id="c2"]')!;
  row.style.top = "40px";
  await settled();
  expect(reads).toBe(before);
  box("c2").checked = true;
  row.dataset["contactId"] = "c3";
  await settled();
  expect(idsTold().at(-1)).toEqual(["c3"]);
});

test("a recipe that is corrected has the attributes observed that it reads", async () => {
  watch.want(true);
  await settled();
  const [contacts] = SAMPLE_CRM.lists;
  const lists = [{ ...contacts, row: ".contact-row", contactId: [{ attribute: "data-person" }] }];
  reader = createSelectionReader(Recipe.parse({ ...SAMPLE_CRM, count: [], lists }), document);
  box("c1").click();
  await settled();
  box("c1").closest<HTMLElement>(".contact-row")!.dataset["person"] = "p1";
  await settled();
  expect(idsTold().at(-1)).toEqual(["p1"]);
});

describe("a list whose container is the whole page", () => {
  const row = (id: string, on = "") =>
    `<div class="contact-row" data-contact-id="${id}"><input type="checkbox" ${on}></div>`;
  const list = (rows: string) => `<section><div class="list">${rows}</div></section>`;

  beforeEach(async () => {
    document.body.innerHTML = `<aside><p>News</p></aside><main>${list(row("c1") + row("c2"))}</main>`;
    const [contacts] = SAMPLE_CRM.lists;
    const recipe = Recipe.parse({ ...SAMPLE_CRM, count: [], lists: [{ ...contacts, container: "body" }] });
    reader = createSelectionReader(recipe, document);
    watch.want(true);
    await settled();
  });

  test("is observed only where its rows are", async () => {
    const before = reads;
    document.querySelector("aside p")!.append("and more");
    document.querySelector("aside p")!.className = "new";
    await settled();
    expect(reads).toBe(before);
    document.querySelector(".list")!.innerHTML = row("c3", "checked");
    await settled();
    expect(idsTold().at(-1)).toEqual(["c3"]);
  });

  test("is found again when the page draws it anew, at once or after a moment", async () => {
    document.querySelector("main")!.innerHTML = list(row("c3", "checked"));
    await settled();
    expect(idsTold().at(-1)).toEqual(["c3"]);
    document.querySelector("main")!.innerHTML = "<p>Loading</p>";
    await settled();
    document.querySelector("main")!.innerHTML = list(row("c3") + row("c4", "checked"));
    await settled();
    expect(idsTold().at(-1)).toEqual(["c4"]);
    document.querySelector('[data-contact-id="c3"]')!.setAttribute("aria-selected", "true");
    box("c3").checked = true;
    await settled();
    expect(idsTold().at(-1)).toEqual(["c4", "c3"]);
  });
});

test("after its end it neither reads nor tells", async () => {
  watch.want(true);
  await settled();
  life.abort();
  const before = reads;
  box("c1").click();
  await settled();
  expect(reads).toBe(before);
});

test("a reader that has to be fetched first tells once it is there", async () => {
  isFetched = false;
  box("c1").click();
  watch.want(true);
  await settled();
  expect(told).toEqual([]);
  isFetched = true;
  watch.look();
  await settled();
  expect(idsTold()).toEqual([["c1"]]);
});
