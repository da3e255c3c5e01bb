import { expect, test, type Page } from "@playwright/test";
import { espoId } from "../pages/espocrm/record-list.ts";
import { personId } from "../pages/pipedrive/cells.ts";
import { makePeople } from "../pages/shared/people.ts";
import { uuidOf } from "../pages/twenty/record-row.ts";
import { zohoId } from "../pages/zoho/list-view.ts";
import { temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { NOWHERE, openFixture, openFixtureBrowser } from "./fixture-pages.ts";

let browser: ChromiumSession;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  browser = await openFixtureBrowser(folder.path, NOWHERE);
});
test.afterAll(async () => {
  await browser.close();
  await folder.remove();
});

const PEOPLE = makePeople(80);
const DANA = "Dana Wu";
const LUIS = "Luis Ortega";
/** Further down each list. */
const [SECOND_PAGE, LATER, FAR, FURTHER] = [PEOPLE[12]!, PEOPLE[21]!, PEOPLE[35]!, PEOPLE[40]!];

async function tick(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.getByLabel(`Select ${name}`, { exact: true }).click();
}
/** As the page's own links do it, without loading anything. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}
/** A page is read in the frame after a click. */
async function frames(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
/** Far enough that no row of the beginning is in the document any more. */
async function scroll(page: Page, list: string): Promise<void> {
  await page.locator(list).evaluate((node) => node.scrollTo({ top: 1200 }));
  await expect(page.getByRole("link", { name: DANA, exact: true })).toHaveCount(0);
}
async function open(url: string) {
  const fixture = await openFixture(browser, url);
  fixture.page.setDefaultTimeout(10_000);
  return fixture;
}
const NOTHING = { rows: [], unreadable: [], changed: false };

test("Pipedrive: two trees are one list; rows that scroll away stay, and all of them is said", async () => {
  const [dana, luis] = PEOPLE.map((person) => String(personId(person)));
  const { page, ids, selection } = await open("https://acme.pipedrive.com/persons/list/user/everyone");
  await tick(page, DANA, LUIS);
  await expect.poll(ids).toEqual([dana, luis]);
  expect((await selection())?.rows[0]).toEqual({ contactId: dana, name: DANA, phone: PEOPLE[0]?.phone });

  await scroll(page, ".viewport");
  await tick(page, FAR.name);
  await expect.poll(ids).toEqual([dana, luis, String(personId(FAR))]);

  await tick(page, "all");
  await expect.poll(selection).toMatchObject({ everything: true, changed: false });
  await tick(page, "all");
  await expect.poll(selection).toMatchObject({ ...NOTHING, everything: false });
  await page.getByRole("link", { name: FAR.name }).click();
  await expect.poll(ids).toEqual([String(personId(FAR))]);
  await page.goBack();
  await expect.poll(selection).toMatchObject(NOTHING);
  await page.close();
});

test("Pipedrive: boxes in a place that nobody has described are a changed page", async () => {
  const { page, selection } = await open("https://acme.pipedrive.com/persons/list?boxes=apart");
  await tick(page, DANA);
  await expect.poll(selection).toMatchObject({ rows: [], changed: true });
  await page.close();
});

test("Zoho: a page's ticks end with the page, and lists of other things are not contacts", async () => {
  const [dana, luis] = PEOPLE.map(zohoId);
  const { page, ids, selection } = await open(
    "https://crm.zoho.eu/crm/org20098/tab/Contacts/custom-view/1/list?page=1",
  );
  await tick(page, DANA, LUIS);
  await expect.poll(ids).toEqual([dana, luis]);
  expect((await selection())?.rows[0]).toEqual({ contactId: dana, name: DANA, phone: PEOPLE[0]?.phone });
  await page.getByRole("link", { name: "Page 2" }).click();
  await expect.poll(selection).toMatchObject(NOTHING);
  await tick(page, "all");
  await expect.poll(ids).toEqual(PEOPLE.slice(10, 20).map(zohoId));
  await page.getByRole("link", { name: SECOND_PAGE.name }).click();
  await expect
    .poll(selection)
    .toMatchObject({ rows: [{ contactId: zohoId(SECOND_PAGE), name: SECOND_PAGE.name, phone: SECOND_PAGE.phone }] });
  await page.getByRole("link", { name: "Leads" }).click();
  await tick(page, DANA);
  await expect.poll(selection).toMatchObject(NOTHING);
  await page.close();
});

test("Twenty: the page's own count says what was never loaded", async () => {
  const [dana, luis] = PEOPLE.map(uuidOf);
  const { page, ids, selection } = await open("https://people.harbor-pine.example/objects/people");
  await tick(page, DANA, LUIS);
  await expect.poll(ids).toEqual([dana, luis]);
  await scroll(page, ".s1scroller");
  await tick(page, FURTHER.name);
  await expect.poll(selection).toMatchObject({ claimed: 3, rows: [{ contactId: dana }, { contactId: luis }, {}] });
  await tick(page, FURTHER.name);
  await expect.poll(ids).toEqual([dana, luis]);
  await page.getByLabel("Select all").click();
  await expect.poll(ids).toEqual([]);
  await page.getByLabel("Select all").click();
  await expect.poll(selection).toMatchObject({ claimed: 200, changed: false });
  await page.getByRole("link", { name: FURTHER.name }).click();
  await expect
    .poll(selection)
    .toMatchObject({ rows: [{ contactId: uuidOf(FURTHER), name: FURTHER.name, phone: null }] });
  await page.getByRole("link", { name: "Companies" }).click();
  await tick(page, DANA);
  await expect.poll(selection).toMatchObject(NOTHING);
  await page.close();
});

test("EspoCRM: its addresses are fragments, and boxes that cannot be switched off are every result", async () => {
  const [dana, luis] = PEOPLE.map(espoId);
  const { page, ids, selection } = await open("https://office.harbor-pine.example/crm/#Contact");
  await tick(page, DANA, LUIS);
  await expect.poll(ids).toEqual([dana, luis]);
  expect(await selection()).toMatchObject({
    rows: [{ contactId: dana, name: DANA, phone: PEOPLE[0]?.phone }, {}],
    everything: false,
    recordUrl: "https://office.harbor-pine.example/crm/#Contact/view/{id}",
  });
  await page.getByRole("button", { name: "Next page" }).click();
  await expect.poll(selection).toMatchObject(NOTHING);
  await page.getByRole("button", { name: "Select All Results" }).click();
  await expect.poll(selection).toMatchObject({ everything: true, changed: false });
  await page.getByRole("link", { name: LATER.name }).click();
  await expect
    .poll(selection)
    .toMatchObject({ rows: [{ contactId: espoId(LATER), name: LATER.name, phone: LATER.phone }] });
  await page.getByRole("link", { name: "Accounts" }).click();
  await tick(page, DANA);
  await expect.poll(selection).toMatchObject(NOTHING);
  await page.close();
});

const CRM = "https://some-crm.example";
const TWO = ["Dana Wu", "Luis Ortega"];
/** Who is read where those two are ticked: with an id, a phone, or both. */
const GENERIC = {
  "/plain-table": [null, "(415) 555-0142"],
  "/radix-boxes": ["501", null],
  "/material-boxes": ["501", "(415) 555-0142"],
  "/select-all": [null, "(415) 555-0142"],
  "/right-to-left": [null, "(415) 555-0142"],
  "/data-attributes": ["c-501", null],
  "/two-tables": [null, "(415) 555-0142"],
  "/aria-grid": [null, "(415) 555-0142"],
  "/class-rows": [null, "(415) 555-0142"],
  "/cards": [null, "(415) 555-0142"],
} as const;

test("CRMs that nobody described: ids where there are some, else phones, and the names", async () => {
  const { page, selection } = await open(`${CRM}/`);
  for (const [path, [contactId, phone]] of Object.entries(GENERIC)) {
    await test.step(path, async () => {
      await go(page, path);
      await tick(page, ...TWO);
      await expect.poll(selection).toMatchObject({
        recipeId: "generic",
        rows: [{ contactId, phone, name: TWO[0] }, { name: TWO[1] }],
        unreadable: [],
        changed: false,
      });
    });
  }
  await page.close();
});

test("CRMs that nobody described: what cannot be read is said, and other boxes select nobody", async () => {
  const { page, selection, listen } = await open(`${CRM}/nothing-to-read`);
  await tick(page, ...TWO);
  await expect.poll(selection).toMatchObject({
    rows: [],
    unreadable: [expect.stringContaining("Dana Wu"), expect.stringContaining("Luis Ortega")],
  });
  await go(page, "/select-all");
  await page.getByLabel("Select all").check();
  await expect.poll(async () => (await selection())?.rows.length).toBe(4);
  for (const path of ["/settings", "/filters"]) {
    await go(page, path);
    await expect.poll(selection).toMatchObject(NOTHING);
    for (const _ of ["off", "on"]) await page.getByRole("checkbox").first().click();
    await frames(page);
    expect(await selection(), path).toMatchObject(NOTHING);
  }
  await go(page, "/contacts/c7f2");
  await page.evaluate(() => {
    const call = (number: string) => `<p><a href="tel:${number}">Call</a></p>`;
    document.body.innerHTML = `<header>${call("+18005550199")}</header><h1>Dana</h1>${call("+14155550142")}`;
    document.body.click();
  });
  const dana = { contactId: "c7f2", name: "Dana", phone: "+14155550142" };
  await expect.poll(selection).toMatchObject({ rows: [dana] });
  await page.goto(`${CRM}/invoices`);
  await listen();
  await tick(page, "70012");
  await expect.poll(selection).toMatchObject({ rows: [], unreadable: [expect.stringContaining("70012")] });
  await go(page, "/two-tables");
  await page.getByLabel("Call the bank").check();
  await expect.poll(selection).toMatchObject({ rows: [], unreadable: [expect.stringContaining("Call the bank")] });
  await tick(page, ...TWO);
  await expect.poll(async () => (await selection())?.rows.map(({ name }) => name)).toEqual(TWO);
  await page.close();
});
