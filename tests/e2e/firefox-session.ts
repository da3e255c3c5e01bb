import { launch, type Browser, type Frame, type Page } from "puppeteer-core";
import type { BuildKind } from "@partyline/sandbox/extension-build";
import { builtFolder } from "./store-package.ts";
import type { Sandbox } from "@partyline/sandbox/sandbox";

const EXTENSION_ID = "extension@partyline.example";
/** Fixed, since Firefox gives every installation an address of its own. */
const UUID = "7b1c9d1e-52a4-4c0f-9d0b-1f6a4a1c2e3d";

type Addresses = Pick<Sandbox, "backendUrl" | "crmUrl">;

/** Firefox with the sandbox's extension in it, set to these addresses, and other sites, as the options page would. */
export async function openFirefox({ backendUrl, crmUrl }: Addresses, others: readonly string[] = []): Promise<Browser> {
  const browser = await launchFirefox("sandbox");
  const options = await openOptions(browser);
  await options.evaluate(
    async (backend, sites) => {
      const { browser } = globalThis as unknown as WithStorage;
      await browser.storage.local.set({ backend, sites });
    },
    backendUrl,
    [crmUrl, ...others],
  );
  await options.close();
  return browser;
}

/** Firefox with the extension in it, driven through WebDriver BiDi. */
export async function launchFirefox(build: BuildKind, preferences: Record<string, unknown> = {}): Promise<Browser> {
  const browser = await launch({
    browser: "firefox",
    executablePath: process.env["FIREFOX_PATH"] ?? "firefox-esr",
    headless: true,
    // Without it, Firefox keeps the pages of extensions from those who drive it.
    args: ["-remote-allow-system-access"],
    extraPrefsFirefox: { "extensions.webextensions.uuids": JSON.stringify({ [EXTENSION_ID]: UUID }), ...preferences },
    defaultViewport: { width: 1280, height: 800 },
  });
  await browser.installExtension(builtFolder("firefox", build));
  return browser;
}

export async function openOptions(browser: Browser): Promise<Page> {
  const options = await browser.newPage();
  // Puppeteer never hears that a page of an extension has loaded.
  void options.goto(`moz-extension://${UUID}/options.html`).catch(() => {});
  await settle(options, () => document.querySelector("#options h1") !== null);
  return options;
}

export interface WithStorage {
  browser: { storage: { local: { set: (items: object) => Promise<void> } } };
}

/** Waits for something to be true in a page or a frame, whatever document it holds by then. */
export async function settle(where: Page | Frame, isSo: () => boolean, within = 20_000): Promise<void> {
  const end = Date.now() + within;
  while (Date.now() < end) {
    if (await where.evaluate(isSo).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`this did not come true: ${isSo.toString()}`);
}

/** Opens the panel from its handle, which is out of reach in a closed shadow root: it is pressed where it is. */
export async function openFirefoxPanel(crm: Page): Promise<Frame> {
  await crm.waitForSelector("partyline-overlay");
  // As a hand does: what comes near has the panel loaded before it is pressed.
  await crm.mouse.move(1280 - 14, 800 * 0.4 + 30);
  await findPanel(crm);
  await crm.mouse.click(1280 - 14, 800 * 0.4 + 30);
  return findPanel(crm);
}

async function findPanel(crm: Page): Promise<Frame> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    for (const frame of crm.frames().slice(1)) {
      if (await frame.evaluate(() => location.pathname === "/panel.html").catch(() => false)) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the panel did not open");
}
