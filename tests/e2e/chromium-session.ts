import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Frame, type Page, type Worker } from "@playwright/test";
import type { BuildKind } from "@partyline/sandbox/extension-build";
import { builtFolder } from "./store-package.ts";
import type { Sandbox } from "@partyline/sandbox/sandbox";

/** One browser profile with the extension in it; it can be closed and opened again. */
export interface ChromiumSession {
  context: BrowserContext;
  worker: Worker;
  close: () => Promise<void>;
}

export interface SessionOptions {
  profile: string;
  sandbox: Pick<Sandbox, "backendUrl" | "crmUrl">;
  viewport?: { width: number; height: number };
  dark?: boolean;
  build?: BuildKind;
  /** Another folder than the build's own, such as a copy that is granted more. */
  extension?: string;
  /** Enabled beside the sandbox's CRM. */
  sites?: readonly string[];
  /** Whether pages one has left are kept alive to go back to, as in anybody's browser; a driven one does without. */
  keepsPages?: boolean;
  /** Whether the tabs that were open when the profile was closed come back. */
  restoresTabs?: boolean;
}

export async function openChromium(options: SessionOptions): Promise<ChromiumSession> {
  const { profile, sandbox, viewport = { width: 1280, height: 800 }, dark = false, build = "sandbox" } = options;
  const { extension = builtFolder("chrome", build), sites = [] } = options;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env["CHROMIUM_PATH"] ?? "chromium",
    headless: true,
    viewport,
    ignoreDefaultArgs: options.keepsPages === true ? ["--disable-back-forward-cache"] : [],
    colorScheme: dark ? "dark" : "light",
    args: launchArguments(extension, options.restoresTabs === true),
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  // The build knows the sandbox's usual ports; a run on free ports says which, as the options page would.
  await worker.evaluate(
    ([backend, enabled]) =>
      (globalThis as unknown as ExtensionGlobal).chrome.storage.local.set({ backend, sites: enabled }),
    [sandbox.backendUrl, [sandbox.crmUrl, ...sites]] as const,
  );
  return { context, worker, close: () => context.close() };
}

function launchArguments(extension: string, restoresTabs: boolean): string[] {
  return [
    ...(restoresTabs ? ["--restore-last-session"] : []),
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
}

/** The parts of `chrome` that the tests reach for inside the worker. */
export interface ExtensionGlobal {
  chrome: {
    storage: {
      local: {
        get: (keys: string) => Promise<Record<string, unknown>>;
        set: (items: Record<string, unknown>) => Promise<void>;
      };
    };
    tabs: {
      query: (which: object) => Promise<{ id: number }[]>;
      setZoom: (id: number, zoom: number) => Promise<void>;
    };
    action: { getBadgeText: (details: object) => Promise<string> };
    notifications: {
      getAll: (done: (all: Record<string, boolean>) => void) => void;
      onClicked: { dispatch: (id: string) => void };
    };
  };
}

/** The handle is in a closed shadow root, out of the page's and of every locator's reach: it is pressed where it is. */
export async function pressHandle(page: Page): Promise<void> {
  await page.locator("partyline-overlay").waitFor({ state: "attached" });
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.mouse.click(width - 14, height * 0.4 + 30);
}

/** The panel in this page, once it is there. */
export async function panelOf(page: Page): Promise<Frame> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const frame = page.frames().find((one) => one.url().includes("/panel.html"));
    if (frame) return frame;
    await page.waitForTimeout(50);
  }
  throw new Error("the panel did not open");
}

/** Whether it is opened: one that is loaded in advance has no size. */
export async function isPanelOpen(page: Page): Promise<boolean> {
  const frame = page.frames().find((one) => one.url().includes("/panel.html"));
  const width = await frame?.evaluate(() => innerWidth).catch(() => 0);
  return width !== undefined && width > 0;
}

export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "partyline-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
