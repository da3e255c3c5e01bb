import { expect, test, type Page } from "@playwright/test";
import { samplePeople } from "@partyline/sandbox/crm/people";
import { hubspotId, loadedPeople, TOTAL } from "../pages/hubspot/people.ts";
import { listedPeople, salesforceId } from "../pages/salesforce/people.ts";
import { temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { NOWHERE, openFixture, openFixtureBrowser, type Fixture } from "./fixture-pages.ts";

let browser: ChromiumSession;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let open: Page | null = null;
test.beforeAll(async () => {
  folder = await temporaryFolder();
  browser = await openFixtureBrowser(folder.path, NOWHERE);
});
test.afterEach(async () => {
  await open?.close();
  open = null;
});
test.afterAll(async () => {
  await browser.close();
  await folder.remove();
});

async function visit(url: string): Promise<Fixture> {
  const fixture = await openFixture(browser, url);
  open = fixture.page;
  return fixture;
}

const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true });

async function tick(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await box(page, name).click();
}

/** Scrolls a list so far that the rows before have left the document, where the CRM lets them leave. */
async function scrollTo(page: Page, list: string, top: number): Promise<void> {
  await page.locator(list).evaluate((node, to) => (node.scrollTop = to), top);
}

const CHANGED = { rows: [], changed: true };

test.describe("HighLevel", () => {
  const HOME = "https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT";
  const WHITE_LABEL = HOME.replace("app.gohighlevel.com", "crm.harbor-pine.example");
  const LIST = `${HOME}/contacts/smart_list/All`;
  const PEOPLE = samplePeople();
  const idOf = (name: string) => PEOPLE.find((person) => person.name === name)?.id;
  const firstIds = (count: number) => PEOPLE.slice(0, count).map(({ id }) => id);
  const DANA = idOf("Dana Wu");
  const LUIS = idOf("Luis Ortega");
  const TOM = idOf("Tom Ray");

  for (const generation of ["a", "b", "c"]) {
    test(`generation ${generation}: ticked rows are read, unticked ones are not`, async () => {
      const { page, ids, selection } = await visit(`${LIST}?generation=${generation}`);
      await tick(page, "Dana Wu", "Luis Ortega", "Tom Ray");
      await expect.poll(ids).toEqual([DANA, LUIS, TOM]);
      await tick(page, "Luis Ortega");
      await expect.poll(ids).toEqual([DANA, TOM]);
      expect(await selection()).toMatchObject({
        recipeId: expect.stringMatching(/^highlevel/),
        rows: [{ name: "Dana Wu" }, { name: "Tom Ray" }],
        claimed: null,
        unreadable: [],
        changed: false,
        everything: false,
        recordUrl: `${HOME}/contacts/detail/{id}`,
      });
    });

    test(`generation ${generation}: the box for all of them is heard, though its rows are ticked later`, async () => {
      const { page, ids, selection } = await visit(`${LIST}?generation=${generation}`);
      await page.getByRole("checkbox", { name: "Select all" }).click();
      await expect.poll(ids).toEqual(firstIds(20));
      expect(await selection()).toMatchObject({ everything: false, unreadable: [] });
      await page.getByRole("checkbox", { name: "Select all" }).click();
      await expect.poll(ids).toEqual([]);
    });
  }

  test("rows that scrolled away stay selected, until they come back unticked", async () => {
    const { page, ids } = await visit(`${LIST}?generation=b&rows=100`);
    await tick(page, "Dana Wu", "Luis Ortega");
    await scrollTo(page, ".tabulator-tableholder", 3700);
    await expect(box(page, "Dana Wu")).toHaveCount(0);
    const last = PEOPLE[99];
    await tick(page, last?.name ?? "");
    await expect.poll(ids).toEqual([DANA, LUIS, last?.id]);
    await scrollTo(page, ".tabulator-tableholder", 0);
    await tick(page, "Dana Wu");
    await expect.poll(ids).toEqual([LUIS, last?.id]);
  });

  for (const generation of ["b", "c"]) {
    test(`generation ${generation}: another page of results at the same address selects nobody of the page before`, async () => {
      const { page, ids } = await visit(`${LIST}?generation=${generation}&paged`);
      await tick(page, "Dana Wu", "Luis Ortega");
      await expect.poll(ids).toEqual([DANA, LUIS]);
      await page.getByRole("button", { name: "Next page" }).click();
      await expect.poll(ids).toEqual([]);
      await tick(page, PEOPLE[24]?.name ?? "");
      await expect.poll(ids).toEqual([PEOPLE[24]?.id]);
    });
  }

  test("all rows ticked, some of which were never in the document, is said", async () => {
    const { page, ids, selection } = await visit(`${LIST}?generation=a&rows=100`);
    await page.getByRole("checkbox", { name: "Select all" }).click();
    await expect.poll(async () => (await ids()).length).toBeGreaterThan(10);
    expect(await selection()).toMatchObject({ everything: true, unreadable: [] });
    const read = await ids();
    expect(read).toEqual(firstIds(read.length));
    await page.getByRole("checkbox", { name: "Select all" }).click();
    await expect.poll(selection).toMatchObject({ rows: [], everything: false });
  });

  for (const generation of ["changed", "unknown"]) {
    test(`a list nobody has seen yet (${generation}) is told as a changed page`, async () => {
      const { page, selection } = await visit(`${LIST}?generation=${generation}`);
      await tick(page, "Dana Wu", "Luis Ortega");
      await expect.poll(selection).toMatchObject(CHANGED);
    });
  }

  test("conversations: the open one's contact, else the ticked ones", async () => {
    const { page, ids } = await visit(`${HOME}/conversations/conversations`);
    expect(await ids()).toEqual([]);
    await page.getByRole("link", { name: "Dana Wu" }).click();
    await expect.poll(ids).toEqual([DANA]);
    await tick(page, "Luis Ortega", "Tom Ray");
    await expect.poll(ids).toEqual([LUIS, TOM]);
  });

  test("going elsewhere in the application forgets what was ticked", async () => {
    const { page, ids, selection } = await visit(`${LIST}?generation=b`);
    await tick(page, "Luis Ortega", "Tom Ray");
    await expect.poll(ids).toEqual([LUIS, TOM]);
    await page.getByRole("link", { name: "Dana Wu" }).click();
    await expect.poll(selection).toMatchObject({ rows: [{ contactId: DANA, phone: "+14155550142" }] });
    await page.getByRole("link", { name: "Contacts" }).click();
    await expect.poll(ids).toEqual([]);
  });

  test("opportunities: the contacts of the ticked cards, whatever stage they are in", async () => {
    const { page, ids } = await visit(`${HOME}/opportunities/list`);
    await tick(page, "Dana Wu", "Luis Ortega", "Tom Ray");
    await expect.poll(async () => new Set(await ids())).toEqual(new Set([DANA, LUIS, TOM]));
    await tick(page, "Luis Ortega");
    await expect.poll(async () => new Set(await ids())).toEqual(new Set([DANA, TOM]));
  });

  test("an agency's own host is recognised though its application draws itself late", async () => {
    const { page, selection } = await visit(`${WHITE_LABEL}/contacts/smart_list/All?late&generation=b`);
    await tick(page, "Dana Wu", "Luis Ortega");
    await expect
      .poll(selection)
      .toMatchObject({ recipeId: "highlevel-anywhere", rows: [{ contactId: DANA }, { contactId: LUIS }] });
  });

  test("an agency's own host is recognised once its application goes into a location", async () => {
    const { page, selection, ids } = await visit(`${new URL(WHITE_LABEL).origin}/`);
    expect((await selection())?.recipeId).not.toBe("highlevel-anywhere");
    await page.getByRole("link", { name: "Contacts" }).click();
    await tick(page, "Dana Wu", "Luis Ortega");
    await expect.poll(ids).toEqual([DANA, LUIS]);
  });
});

test.describe("HubSpot", () => {
  const PORTAL = "https://app.hubspot.com/contacts/42";
  const LIST = `${PORTAL}/objects/0-1/views/all/list`;
  const ids51 = loadedPeople().map(hubspotId);
  const [DANA, LUIS, PRIYA] = ids51;

  for (const markup of ["row-key", "link", "grid"]) {
    test(`rows named by ${markup} are read, unticked ones are not`, async () => {
      const { page, ids, selection } = await visit(`${LIST}?markup=${markup}`);
      await tick(page, "Dana Wu", "Luis Ortega", "Priya Nair");
      await expect.poll(ids).toEqual([DANA, LUIS, PRIYA]);
      await tick(page, "Luis Ortega");
      await expect.poll(ids).toEqual([DANA, PRIYA]);
      expect(await selection()).toMatchObject({
        recipeId: "hubspot",
        rows: [
          { name: "Dana Wu", phone: "(510) 555-0100" },
          { name: "Priya Nair", phone: "(510) 555-0102" },
        ],
        claimed: 2,
        unreadable: [],
        everything: false,
        recordUrl: `${PORTAL}/record/0-1/{id}`,
      });
    });
  }

  test("rows that scrolled away stay selected, until the page counts none", async () => {
    const { page, ids, selection } = await visit(LIST);
    await tick(page, "Dana Wu", "Luis Ortega");
    await scrollTo(page, ".scroller", 2000);
    await expect(box(page, "Dana Wu")).toHaveCount(0);
    const last = loadedPeople()[49];
    await tick(page, last?.name ?? "");
    await expect.poll(ids).toEqual([DANA, LUIS, ids51[49]]);
    expect((await selection())?.claimed).toBe(3);
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await expect.poll(ids).toEqual([]);
  });

  test("everything selected, on the page and beyond it, is said with the page's own number", async () => {
    const { page, ids, selection } = await visit(LIST);
    await page.getByRole("checkbox", { name: "Select all on this page" }).click();
    await expect.poll(selection).toMatchObject({ claimed: 50, everything: false });
    const read = await ids();
    expect(read).toEqual(ids51.slice(0, read.length));
    await page.getByRole("button", { name: "Select all 1,234 contacts" }).click();
    await expect.poll(selection).toMatchObject({ claimed: TOTAL, everything: true });
    await page.getByRole("button", { name: "Clear selection" }).click();
    await expect.poll(selection).toMatchObject({ rows: [], everything: false });
  });

  test("a record's page selects its contact, and a list of companies nobody", async () => {
    const { page, ids, selection } = await visit(`${PORTAL}/record/0-1/${LUIS}?eschref=x`);
    const [, luis] = loadedPeople();
    expect(await selection()).toMatchObject({ rows: [{ contactId: LUIS, name: "Luis Ortega", phone: luis?.phone }] });
    await page.getByRole("link", { name: "Companies" }).click();
    await expect.poll(ids).toEqual([]);
    await tick(page, "Dana Wu");
    await page.getByRole("link", { name: "Contacts" }).click();
    await tick(page, "Priya Nair");
    await expect.poll(ids).toEqual([PRIYA]);
  });

  test("a table that names nobody is told as a changed page", async () => {
    const { page, selection } = await visit(`${LIST}?markup=changed`);
    await tick(page, "Dana Wu", "Luis Ortega");
    await expect.poll(selection).toMatchObject(CHANGED);
  });
});

test.describe("Salesforce", () => {
  const ORG = "https://harbor-pine.lightning.force.com";
  const LIST = `${ORG}/lightning/o/Contact/list?filterName=__Recent`;
  const ids003 = listedPeople().map((person) => salesforceId(person));
  const [DANA, LUIS, PRIYA] = ids003;

  for (const markup of ["row-key", "record-id", "link"]) {
    test(`rows named by ${markup} are read, unticked ones are not`, async () => {
      const { page, ids, selection } = await visit(`${LIST}&markup=${markup}`);
      await tick(page, "Dana Wu", "Luis Ortega", "Priya Nair");
      await expect.poll(ids).toEqual([DANA, LUIS, PRIYA]);
      await tick(page, "Luis Ortega");
      await expect.poll(ids).toEqual([DANA, PRIYA]);
      expect(await selection()).toMatchObject({
        recipeId: "salesforce",
        rows: [
          { name: "Dana Wu", phone: "(510) 555-0100" },
          { name: "Priya Nair", phone: "(510) 555-0102" },
        ],
        claimed: 2,
        unreadable: [],
        everything: false,
        recordUrl: `${ORG}/lightning/r/Contact/{id}/view`,
      });
    });
  }

  test("rows that come in later are read too, and all of them at once", async () => {
    const { page, ids, selection } = await visit(LIST);
    await tick(page, "Dana Wu");
    await scrollTo(page, ".scroller", 5000);
    await tick(page, listedPeople()[80]?.name ?? "");
    await expect.poll(ids).toEqual([DANA, ids003[80]]);
    await page.getByRole("checkbox", { name: "Select all" }).click();
    await expect.poll(ids).toHaveLength(100);
    expect(await selection()).toMatchObject({ claimed: 100, unreadable: [] });
  });

  test("a record's page selects its contact; what was ticked in pages left behind is not read", async () => {
    const { page, ids, selection, listen } = await visit(LIST);
    await tick(page, "Dana Wu", "Luis Ortega");
    await expect.poll(ids).toEqual([DANA, LUIS]);
    await page.getByRole("link", { name: "Accounts" }).click();
    await expect.poll(ids).toEqual([]);
    await tick(page, "Priya Nair");
    await page.getByRole("link", { name: "Contacts" }).click();
    await tick(page, "Priya Nair");
    await expect.poll(selection).toMatchObject({ rows: [{ contactId: PRIYA }], claimed: 1 });
    await page.goto(`${ORG}/lightning/r/Contact/${LUIS}/view`);
    await listen();
    const [, luis, priya] = listedPeople();
    expect((await selection())?.rows).toEqual([{ contactId: LUIS, name: luis?.name, phone: luis?.phone }]);
    await page.getByRole("link", { name: "Reports to" }).click();
    await expect
      .poll(async () => (await selection())?.rows)
      .toEqual([{ contactId: PRIYA, name: priya?.name, phone: priya?.phone }]);
  });

  test("a table that names nobody is told as a changed page", async () => {
    const { page, selection } = await visit(`${LIST}&markup=changed`);
    await tick(page, "Dana Wu", "Luis Ortega");
    await expect.poll(selection).toMatchObject(CHANGED);
  });
});
