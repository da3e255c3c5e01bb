import { expect, test, type Frame, type Page } from "@playwright/test";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { startHighLevelPage, type RunningHighLevelPage } from "@partyline/sandbox/highlevel-page/start-highlevel-page";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  HighLevelBench,
  LOCATION,
  PRIVATE_TOKEN,
} from "@partyline/sandbox/highlevel/highlevel-bench";
import { sampleContacts } from "@partyline/sandbox/highlevel/sample-contacts";
import { freePorts } from "@partyline/sandbox/ports";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import { replyFrom } from "./carrier-control.ts";
import { openChromium, panelOf, temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { signIn } from "./extension-actions.ts";
import { scene } from "./scene.ts";
import { openPanel, writeAndSend } from "./stage.ts";

const BUSINESS = "+14155550100";
const DANA = "+14155550142";
const LUIS = "+16285550110";
const TOM = "+15105550133";
const CONTACTS = `/v2/location/${LOCATION}/contacts/smart_list/All`;

interface Stage {
  sandbox: Sandbox;
  crm: HighLevelBench;
  page: RunningHighLevelPage;
  browser: ChromiumSession;
}

/** The panel over HighLevel's pages, with HighLevel's own API behind them: no contact is in a directory of ours. */
test("HighLevel: its pages are read, and its API decides", async () => {
  test.setTimeout(400_000);
  const folder = await temporaryFolder();
  const ports = await freePorts();
  const crm = new HighLevelBench();
  const webhookUrl = `http://127.0.0.1:${ports.backend}/webhooks/highlevel`;
  await crm.start({ webhookUrl, contacts: sampleContacts() });
  const page = await startHighLevelPage({ port: 0, crmUrl: crm.crm.url });
  const sandbox = await startSandbox({
    ports,
    dataFolder: `${folder.path}/data`,
    redirects: [await redirectOf("chrome")],
    highLevelLocation: LOCATION,
    environment: {
      HIGHLEVEL_API_URL: crm.crm.url,
      HIGHLEVEL_MARKETPLACE_URL: crm.crm.url,
      HIGHLEVEL_PUBLIC_KEY: crm.crm.publicKey,
      HIGHLEVEL_CLIENT_ID: CLIENT_ID,
      HIGHLEVEL_CLIENT_SECRET: CLIENT_SECRET,
    },
  });
  const { backendUrl } = sandbox;
  const browser = await openChromium({
    profile: `${folder.path}/profile`,
    sandbox: { backendUrl, crmUrl: page.url },
  });
  try {
    const stage = { sandbox, crm, page, browser };
    const view = await connect(stage);
    await threeGenerations(stage, view);
    await sendAndReply(stage, view);
    await lockByWebhook(stage, view);
    await otherPages(stage, view);
    await otherLocation(stage, view);
  } finally {
    await closing("the browser", () => browser.close());
    await closing("the sandbox", () => sandbox.close());
    await closing("the page", () => page.close());
    await closing("the emulated CRM", () => crm.stop());
    await folder.remove();
  }
});

/** Named and bounded: an end that hangs would otherwise look like the tour's own. */
function closing(what: string, close: () => Promise<void>): Promise<void> {
  return test.step(`Closes ${what}`, close, { timeout: 30_000 });
}

interface View {
  tab: Page;
  panel: Frame;
}

async function tick(tab: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await tab.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
}

async function connect({ page, browser }: Stage): Promise<View> {
  const tab = await browser.context.newPage();
  await tab.goto(page.url + CONTACTS);
  const panel = await openPanel(tab);
  await scene(
    "The panel opens on a page with HighLevel's addresses; nobody is found before it is connected",
    tab,
    async () => {
      await signIn(browser.context, panel, "Ava Brooks");
      await tick(tab, ["Dana Wu"]);
      await expect(panel.getByText(/Partyline has no access to your CRM’s contacts/)).toBeVisible();
    },
  );
  const options = await browser.context.newPage();
  await options.goto(new URL("/options.html", browser.worker.url()).href);
  await scene("An admin connects the location with a private token, on the options page", options, async () => {
    await expect(options.getByText("Your CRM is not connected")).toBeVisible();
    await options.getByLabel("Private integration token").fill(PRIVATE_TOKEN);
    await options.getByRole("button", { name: "Connect with token" }).click();
    await expect(options.getByText("Connected by a private integration token since")).toBeVisible();
  });
  await options.close();
  await scene("Now people are found, and the panel no longer complains", tab, async () => {
    await expect(panel.getByText("Your CRM is not connected")).toHaveCount(0, { timeout: 30_000 });
    await panel.getByRole("button", { name: "Try again" }).click();
    await expect(panel.getByText("1 can join")).toBeVisible();
  });
  return { tab, panel };
}

async function threeGenerations({ page }: Stage, view: View): Promise<void> {
  for (const generation of ["a", "b", "c"]) {
    await scene(
      `Generation ${generation.toUpperCase()} of the contact list is read, do-not-disturb from the API`,
      view.tab,
      async () => {
        await view.tab.goto(`${page.url}${CONTACTS}?generation=${generation}`);
        await tick(view.tab, ["Dana Wu", "Luis Ortega", "Tom Ray", "Kim Lee"]);
        view.panel = await openPanel(view.tab);
        await expect(view.panel.getByRole("heading", { name: "4 selected on this page" })).toBeVisible();
        await expect(view.panel.getByText("3 can join · 1 cannot")).toBeVisible();
        await expect(view.panel.getByText(/Kim Lee\s*do-not-disturb/)).toBeVisible();
      },
    );
  }
}

async function sendAndReply({ sandbox }: Stage, { tab, panel }: View): Promise<void> {
  await scene("A group text goes to those who may get it", tab, async () => {
    await panel.getByRole("button", { name: "Text 3 people" }).click();
    await expect(panel.getByRole("list", { name: "People who cannot join" })).toContainText("Kim Lee");
    await writeAndSend(panel, "Keys are ready");
    await expect(panel.getByRole("button", { name: "3 of 3 delivered" })).toBeVisible({ timeout: 30_000 });
  });
  await scene("A reply comes into the same thread", tab, async () => {
    await replyFrom(sandbox, LUIS, [BUSINESS, DANA, TOM], "Coming at three");
    await expect(panel.getByRole("region", { name: "Messages" })).toContainText("Coming at three");
  });
}

async function lockByWebhook({ page, browser }: Stage, { tab, panel }: View): Promise<void> {
  await scene("Do-not-disturb in the CRM locks the group by its signed webhook, and lifts again", tab, async () => {
    const record = await browser.context.newPage();
    const tom = sampleContacts().find(({ phone }) => phone === TOM);
    await record.goto(`${page.url}/v2/location/${LOCATION}/contacts/detail/${tom?.id}`);
    await record.getByRole("switch", { name: "Do not disturb" }).check();
    await expect(panel.getByText(/Locked: Tom Ray is on do-not-disturb since/)).toBeVisible();
    await expect(panel.getByRole("textbox", { name: /^Message/ })).toHaveCount(0);
    await record.getByRole("switch", { name: "Do not disturb" }).uncheck();
    await expect(panel.getByRole("textbox", { name: "Message 3 people" })).toBeVisible();
    await record.close();
  });
}

async function otherPages({ page }: Stage, view: View): Promise<void> {
  await scene("A person's page is one click from the roster, and selects that person", view.tab, async () => {
    const gone = view.tab.waitForEvent("framenavigated", (frame) => frame === view.tab.mainFrame());
    await view.panel.getByRole("button", { name: /^People in this group/ }).click();
    await view.panel.getByRole("link", { name: "Open Dana Wu in the CRM" }).click();
    await gone;
    expect(new URL(view.tab.url()).pathname).toContain(`/v2/location/${LOCATION}/contacts/detail/`);
    view.panel = await panelOf(view.tab);
    await view.panel.getByRole("button", { name: "Back" }).click();
    await expect(view.panel.getByRole("heading", { name: "1 selected on this page" })).toBeVisible();
  });
  await scene("Ticked conversations are people too; without a tick it is the open one", view.tab, async () => {
    await view.tab.goto(`${page.url}/v2/location/${LOCATION}/conversations/conversations`);
    view.panel = await openPanel(view.tab);
    await view.tab.getByRole("link", { name: "Priya Nair" }).click();
    await expect(view.panel.getByRole("heading", { name: "1 selected on this page" })).toBeVisible();
    await tick(view.tab, ["Luis Ortega", "Ana Silva"]);
    await expect(view.panel.getByRole("heading", { name: "2 selected on this page" })).toBeVisible();
    await expect(view.panel.getByRole("button", { name: "Text 2 people" })).toBeVisible();
  });
}

/** The same people under another location's address: their phones are known here, and still nobody is looked up. */
async function otherLocation({ page, browser }: Stage, { tab }: View): Promise<void> {
  const other = await browser.context.newPage();
  await other.goto(page.url + CONTACTS.replace(LOCATION, "Kq2mTz81LwYvNcRb5XhD"));
  await tick(other, ["Dana Wu", "Luis Ortega"]);
  const panel = await openPanel(other);
  await scene("A page of another location selects nobody, and says whose it is not", other, async () => {
    await expect(panel.getByRole("heading", { name: "This page belongs to another HighLevel account" })).toBeVisible();
    await expect(panel.getByRole("button", { name: /^Text / })).toHaveCount(0);
  });
  await scene("Nor does a new group take anybody from there", other, async () => {
    await panel.getByRole("button", { name: "New group" }).click();
    await expect(panel.getByText("nobody on this page is looked up or added")).toBeVisible();
    await expect(panel.getByRole("list", { name: "People in the new group" }).getByRole("listitem")).toHaveCount(0);
  });
  await tab.bringToFront();
  await expect((await panelOf(tab)).getByRole("button", { name: "Text 2 people" })).toBeVisible();
  await other.close();
}
