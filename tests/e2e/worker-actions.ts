import { expect, type CDPSession, type Page } from "@playwright/test";
import type { ChromiumSession } from "./chromium-session.ts";

type RunningStatus = "stopped" | "starting" | "running" | "stopping";

/**
 * Ends the extension's worker as the browser does with an idle one; a debugger keeps it awake, so it has to be told.
 * Answers a wait for the next worker to run.
 */
export async function stopWorker({ context }: ChromiumSession): Promise<() => Promise<void>> {
  const session = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
  const stopped = statusOf(session, "stopped");
  await session.send("ServiceWorker.enable");
  // Its answer may come long after the deed.
  void session.send("ServiceWorker.stopAllWorkers").catch(() => {});
  await stopped;
  const running = statusOf(session, "running");
  return async () => {
    await running;
    await session.detach();
  };
}

function statusOf(session: CDPSession, status: RunningStatus): Promise<void> {
  return new Promise((resolve) => {
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === status)) resolve();
    });
  });
}

/** What an update does: every script of the old extension loses its runtime. Answers once the new one is in place. */
export async function reloadExtension({ context, worker }: ChromiumSession): Promise<void> {
  const extensions = await context.newPage();
  await extensions.goto("chrome://extensions");
  // Without it, Chromium keeps an unpacked extension switched off once it was reloaded.
  await extensions.evaluate(() =>
    (globalThis as unknown as Reloading).chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }),
  );
  await worker.evaluate(() => (globalThis as unknown as Reloading).chrome.runtime.reload()).catch(() => {});
  // A picture of the extension's: a page with its rights in which no script of its runs.
  const picture = worker.url().replace(/[^/]*$/, "icon/128.png");
  const registered = () =>
    extensions.evaluate(() => (globalThis as unknown as Reloading).chrome.scripting?.getRegisteredContentScripts());
  await expect(async () => {
    await extensions.goto(picture);
    expect(await registered()).toHaveLength(1);
  }).toPass({ timeout: 20_000 });
  await extensions.close();
}

interface Reloading {
  chrome: {
    developerPrivate: { updateProfileConfiguration: (update: object) => Promise<void> };
    runtime: { reload: () => void };
    scripting?: { getRegisteredContentScripts: () => Promise<object[]> };
  };
}

/** Everything the extension shows in the page itself, read past the closed shadow root. */
export async function overlayWords(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument", { depth: -1, pierce: true });
  await session.detach();
  return hostsIn(root).map((host) => words(host).join(" "));
}

interface DomNode {
  localName: string;
  nodeType: number;
  nodeValue: string;
  attributes?: string[];
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

const TEXT = 3;

function hostsIn(node: DomNode): DomNode[] {
  return node.localName === "partyline-overlay" ? [node] : (node.children ?? []).flatMap(hostsIn);
}

function words(node: DomNode): string[] {
  if (node.localName === "style") return [];
  const own = node.nodeType === TEXT ? [node.nodeValue] : [];
  const label = node.attributes?.[node.attributes.indexOf("aria-label") + 1];
  const named = node.attributes?.includes("aria-label") && label !== undefined ? [label] : [];
  return [...named, ...own, ...[...(node.shadowRoots ?? []), ...(node.children ?? [])].flatMap(words)];
}
