import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { browser, type Runtime } from "../../../utils/browser.ts";
import type { PageReport } from "../../../utils/page-messages.ts";
import { admitPanel } from "../../../utils/panel-admission.ts";
import { Panels } from "../../../utils/panels.ts";
import { writeSettings } from "../../../utils/settings.ts";

const SITE = "http://127.0.0.1:4311";
const TAB = 7;
const A_WHILE_MS = 20_000;

beforeEach(async () => {
  fakeBrowser.reset();
  vi.useFakeTimers();
  await writeSettings({ sites: [SITE] });
  vi.spyOn(browser.tabs, "sendMessage").mockResolvedValue(undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A page's script on the line to the background. */
function pageOn(url: string, frameId = 0) {
  const listeners: ((report: PageReport) => void)[] = [];
  new Panels(() => {}).joinPage({
    sender: { url, frameId, tab: { id: TAB, url } },
    onMessage: { addListener: (listener: (report: PageReport) => void) => listeners.push(listener) },
    onDisconnect: { addListener: () => {} },
    disconnect: () => {},
  } as unknown as Runtime.Port);
  return async (report: PageReport) => {
    for (const listener of listeners) listener(report);
    await vi.advanceTimersByTimeAsync(1);
  };
}

const ownTabs = async () => (await browser.tabs.query({})).filter(({ url }) => url?.endsWith("panel.html")).length;
const frame = { frameId: 3, tab: { id: TAB } } as unknown as Runtime.MessageSender;

async function isAdmitted(): Promise<boolean> {
  const admitted = admitPanel(frame, "nonce");
  await vi.advanceTimersByTimeAsync(1_000);
  return admitted;
}

test("a panel that the page lets no frame have comes in a tab of its own", async () => {
  const say = pageOn(`${SITE}/contacts`);
  await say({ kind: "panel", nonce: "nonce" });
  await vi.advanceTimersByTimeAsync(A_WHILE_MS);
  expect(await ownTabs()).toBe(1);
});

test("one that was closed before it had drawn itself comes nowhere", async () => {
  const say = pageOn(`${SITE}/contacts`);
  await say({ kind: "panel", nonce: "nonce" });
  await say({ kind: "panel", nonce: null });
  await vi.advanceTimersByTimeAsync(A_WHILE_MS);
  expect(await ownTabs()).toBe(0);
  expect(await isAdmitted()).toBe(false);
});

test.each([
  ["the script of an enabled site's page", `${SITE}/contacts`, 0, true],
  ["a page that is not enabled", "http://127.0.0.1:4312/", 0, false],
  ["a frame", `${SITE}/contacts`, 5, false],
])("%s is heard or not", async (_, url, frameId, isHeard) => {
  const say = pageOn(url, frameId);
  await say({ kind: "panel", nonce: "nonce" });
  expect(await isAdmitted()).toBe(isHeard);
});
