import { allow } from "@partyline/domain/result";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { BackgroundCalls } from "../../../utils/background-calls.ts";
import { browser, type Runtime } from "../../../utils/browser.ts";
import { callBackground, isOwnPage, serveBackgroundCalls } from "../../../utils/messaging.ts";

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.runtime, "getURL").mockImplementation((path) => `chrome-extension://own/${path}`);
});

const page = (url: string, id = fakeBrowser.runtime.id) => ({ id, url }) as Runtime.MessageSender;

test.each([
  ["the panel in somebody's page", page("chrome-extension://own/panel.html#nonce"), true],
  ["our script in somebody's page", page("http://127.0.0.1:4311/contacts"), false],
  ["a page that only looks like ours", page("https://evil.example/chrome-extension://own/"), false],
  ["another extension", page("chrome-extension://own/panel.html", "another"), false],
])("%s: may call the background: %s", (_, sender, may) => {
  expect(isOwnPage(sender)).toBe(may);
});

test("a call reaches its handler with its arguments, and who asked", async () => {
  const heard: ((message: unknown, sender: Runtime.MessageSender) => unknown)[] = [];
  vi.spyOn(browser.runtime.onMessage, "addListener").mockImplementation((listener) => {
    heard.push(listener as (typeof heard)[number]);
  });
  const askers: (string | undefined)[] = [];
  serveBackgroundCalls(async (sender) => {
    askers.push(sender.url);
    const load_older: BackgroundCalls["load_older"] = async (_, seq) => allow({ more: seq > 1 });
    return { load_older } as unknown as BackgroundCalls;
  });
  const sent: unknown[] = [];
  vi.spyOn(browser.runtime, "sendMessage").mockImplementation(async (message: unknown) => void sent.push(message));
  await callBackground.load_older("group", 7);
  expect(await heard[0]?.(sent[0], page("chrome-extension://own/panel.html"))).toEqual(allow({ more: true }));
  expect(await heard[0]?.(sent[0], page("http://127.0.0.1:4311/contacts"))).toBeUndefined();
  expect(askers).toEqual(["chrome-extension://own/panel.html"]);
});
