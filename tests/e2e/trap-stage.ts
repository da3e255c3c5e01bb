import { expect, type Frame, type Page } from "@playwright/test";
import { openChromium, panelOf, pressHandle, temporaryFolder, type ChromiumSession } from "./chromium-session.ts";
import { serveTrapPages, type TrapPages } from "./trap-pages.ts";

/** A browser in which the trap pages' site is enabled, and no backend: whoever is signed out sees no less of a trap. */
export interface TrapStage {
  pages: TrapPages;
  browser: ChromiumSession;
  close: () => Promise<void>;
  /** Closes the browser and opens it again as it was, its tabs included. */
  restart: () => Promise<void>;
}

const NO_BACKEND = "http://127.0.0.1:9";

export async function openTrapStage(options: { keepsPages?: boolean } = {}): Promise<TrapStage> {
  const folder = await temporaryFolder();
  const pages = await serveTrapPages();
  const sandbox = { backendUrl: NO_BACKEND, crmUrl: pages.origin };
  const profile = `${folder.path}/profile`;
  const stage: TrapStage = {
    pages,
    browser: await openChromium({ profile, sandbox, ...options }),
    async close() {
      await stage.browser.close();
      await pages.close();
      await folder.remove();
    },
    async restart() {
      await stage.browser.close();
      stage.browser = await openChromium({ profile, sandbox, ...options, restoresTabs: true });
    },
  };
  return stage;
}

/** A trap page in a new tab; `headers` are sent along with it. */
export async function openTrap(
  { browser, pages }: TrapStage,
  page = "plain",
  headers: Record<string, string> = {},
): Promise<Page> {
  const tab = await browser.context.newPage();
  await tab.goto(`${pages.origin}/contacts?${new URLSearchParams({ page, ...headers }).toString()}`);
  return tab;
}

export async function openTrapPanel(tab: Page): Promise<Frame> {
  await pressHandle(tab);
  const panel = await panelOf(tab);
  await expectAlive(panel);
  return panel;
}

/** The panel was let in and drew itself. */
export function expectAlive(panel: Frame): Promise<void> {
  return expect(panel.getByRole("button", { name: "Sign in" })).toBeVisible();
}

/** What is at the handle's place, as the page sees it. */
export function atHandle(tab: Page): Promise<string | undefined> {
  return tab.evaluate(() => {
    return document.elementFromPoint(innerWidth - 14, innerHeight * 0.4 + 30)?.localName;
  });
}

export function countHosts(tab: Page): Promise<number> {
  return tab.locator("partyline-overlay").count();
}

/** Errors that anybody watching the page would see. */
export function errorsOf(tab: Page): string[] {
  const errors: string[] = [];
  tab.on("pageerror", (error) => errors.push(error.message));
  tab.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  return errors;
}

/** The people whom the panel in a tab hears to be selected, as it hears it: its view shows them only once signed in. */
export async function hearSelection(panel: Frame): Promise<() => Promise<string[]>> {
  await panel.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const scope = globalThis as unknown as Hearing;
        const port = scope.chrome.runtime.connect({ name: "panel" });
        port.onMessage.addListener((said) => {
          if (said.kind === "admission") resolve();
          if (said.selection) scope.heard = said.selection.rows.map(({ name }) => name ?? "");
        });
        scope.heard = [];
        port.postMessage({ kind: "hello", nonce: location.hash.slice(1), watching: null });
      }),
  );
  return () => panel.evaluate(() => (globalThis as unknown as Hearing).heard);
}

interface Said {
  kind: string;
  selection?: { rows: { name: string | null }[] };
}

interface Hearing {
  heard: string[];
  chrome: {
    runtime: {
      connect: (to: { name: string }) => {
        onMessage: { addListener: (listener: (said: Said) => void) => void };
        postMessage: (message: object) => void;
      };
    };
  };
}

export function tick(tab: Page, name: string): Promise<void> {
  return tab.getByRole("checkbox", { name }).check();
}
