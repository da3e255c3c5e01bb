import { join } from "node:path";
import { expect, type BrowserContext, type Page, type Worker } from "@playwright/test";
import { createDirectoryClient } from "@partyline/sandbox/crm/directory-client";
import { redirectOf } from "@partyline/sandbox/extension-build";
import { freePorts } from "@partyline/sandbox/ports";
import { keepSecrets } from "@partyline/sandbox/secrets";
import { startSandbox, type Sandbox } from "@partyline/sandbox/sandbox";
import type { Selection } from "../../utils/selection.ts";
import { readPageFile } from "../pages/page-files.ts";
import { SITES } from "../pages/sites.ts";
import { openChromium, temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { copyGrantedBuild } from "./granted-build.ts";

/** Where nobody listens: reading a page needs neither a backend nor a directory. */
export const NOWHERE = { backendUrl: "http://127.0.0.1:9", crmUrl: "http://127.0.0.1:9" };

export interface FixtureStage {
  sandbox: Sandbox;
  browser: ChromiumSession;
  /** Puts people into the directory, with the ids that a CRM gives them. */
  importPeople: (people: readonly { id: string; name: string; phone: string }[]) => Promise<void>;
  close: () => Promise<void>;
}

/** A sandbox whose directory tests fill, and that browser on it; one for all the tests of a file. */
export async function openFixtureStage(): Promise<FixtureStage> {
  const folder = await temporaryFolder();
  const dataFolder = join(folder.path, "data");
  const sandbox = await startSandbox({ ports: await freePorts(), dataFolder, redirects: [await redirectOf("chrome")] });
  const { directoryKey: apiKey } = await keepSecrets(dataFolder);
  const directory = createDirectoryClient({ backendUrl: sandbox.backendUrl, apiKey });
  const browser = await openFixtureBrowser(folder.path, sandbox);
  return {
    sandbox,
    browser,
    importPeople: (people) =>
      directory.importContacts(
        people.map(({ id, name, phone }) => ({
          id,
          name,
          ownerId: null,
          doNotDisturb: false,
          smsStatus: "inactive",
          tags: [],
          phones: [{ number: phone, label: null, primary: true }],
        })),
      ),
    async close() {
      await browser.close();
      await sandbox.close();
      await folder.remove();
    },
  };
}

/** A browser whose CRMs, at their own addresses, are the pages of `tests/pages`; nothing else is reached over HTTPS. */
export async function openFixtureBrowser(
  folder: string,
  sandbox: Pick<Sandbox, "backendUrl" | "crmUrl">,
): Promise<ChromiumSession> {
  const sites = Object.keys(SITES);
  const extension = await copyGrantedBuild(join(folder, "extension"), sites);
  const browser = await openChromium({ profile: join(folder, "profile"), sandbox, extension, sites });
  await serveFixtures(browser.context);
  await recordSelections(browser.worker);
  return browser;
}

/** Answered before any name is looked up, so that neither a certificate nor a network is needed. */
async function serveFixtures(context: BrowserContext): Promise<void> {
  await context.route(/^https:/, async (route) => {
    await route.fulfill(await readPageFile(new URL(route.request().url())));
  });
}

export interface Fixture {
  page: Page;
  /** What the page told the background last; null before it told anything. */
  selection: () => Promise<Selection | null>;
  /** The ids of the contacts it told last, in order. */
  ids: () => Promise<(string | null)[]>;
  /** Asks the page to tell, as a panel outside of it does; to be said again after the page has loaded anew. */
  listen: () => Promise<void>;
}

/** Opens the page at one of the addresses in `tests/pages/sites.ts` and listens to what it tells. */
export async function openFixture({ context, worker }: ChromiumSession, url: string): Promise<Fixture> {
  const page = await context.newPage();
  await page.goto(url);
  const tabId = await tabOf(worker, page);
  const selection = () => worker.evaluate((id) => (globalThis as unknown as Recording).told?.[id] ?? null, tabId);
  const fixture: Fixture = {
    page,
    selection,
    ids: async () => (await selection())?.rows.map(({ contactId }) => contactId) ?? [],
    listen: async () => {
      await page.waitForSelector("partyline-overlay", { state: "attached" });
      await forgetTold(worker, tabId);
      // An answer on its way to the page may still take the order back: nobody is signed in who would want to hear.
      await expect.poll(async () => (await orderReport(worker, tabId)) && (await selection())).toBeTruthy();
    },
  };
  await fixture.listen();
  return fixture;
}

/** Hears beside the background what pages tell it. */
async function recordSelections(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const world = globalThis as unknown as Recording;
    const told: Record<number, Selection> = {};
    world.told = told;
    world.chrome.runtime.onConnect.addListener(({ name, sender, onMessage }) => {
      const tabId = sender.tab?.id;
      if (name !== "page" || tabId === undefined) return;
      onMessage.addListener((report) => {
        if (report.kind === "selection") told[tabId] = report.selection;
      });
    });
  });
}

/** What the document before told is of no interest any more. */
function forgetTold(worker: Worker, tabId: number): Promise<void> {
  return worker.evaluate((id) => {
    delete (globalThis as unknown as Recording).told?.[id];
  }, tabId);
}

/** The number by which the extension knows a tab: the one that is active when it has just been brought to the front. */
async function tabOf(worker: Worker, page: Page): Promise<number> {
  await page.bringToFront();
  const find = (url: string) =>
    worker.evaluate(async (address) => {
      const tabs = await (globalThis as unknown as Recording).chrome.tabs.query({ active: true });
      return tabs.find((tab) => tab.url === address)?.id ?? null;
    }, url);
  await expect.poll(() => find(page.url())).not.toBeNull();
  return (await find(page.url())) ?? Number.NaN;
}

/** Whether the page's script was there to hear it. */
function orderReport(worker: Worker, tabId: number): Promise<boolean> {
  return worker.evaluate(
    (id) =>
      (globalThis as unknown as Recording).chrome.tabs
        .sendMessage(id, { kind: "report", on: true }, { frameId: 0 })
        .then(
          () => true,
          () => false,
        ),
    tabId,
  );
}

interface Event<Args extends unknown[]> {
  addListener: (listener: (...args: Args) => void) => void;
}

interface Recording {
  told?: Record<number, Selection>;
  chrome: {
    tabs: {
      query: (asked: object) => Promise<{ id?: number; url?: string }[]>;
      sendMessage: (tabId: number, message: object, to: object) => Promise<unknown>;
    };
    runtime: {
      onConnect: Event<
        [
          {
            name: string;
            sender: { tab?: { id?: number } };
            onMessage: Event<[{ kind: string; selection: Selection }]>;
          },
        ]
      >;
    };
  };
}
