import { beforeEach, expect, test } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Runtime } from "../../../utils/browser.ts";
import { admitPanel, expectPanel, forgetExpected, isMissing } from "../../../utils/panel-admission.ts";

beforeEach(() => fakeBrowser.reset());

const TAB = 7;
const frame = (frameId: number, tabId = TAB) => ({ frameId, tab: { id: tabId } }) as unknown as Runtime.MessageSender;

test("the frame that says the page's nonce is admitted, and again after the worker slept", async () => {
  await expectPanel(TAB, "nonce");
  expect(await admitPanel(frame(3), "nonce")).toBe(true);
  expect(await admitPanel(frame(3), "nonce")).toBe(true);
});

test("a second frame with the same nonce is not", async () => {
  await expectPanel(TAB, "nonce");
  await admitPanel(frame(3), "nonce");
  expect(await admitPanel(frame(4), "nonce")).toBe(false);
});

test.each([
  ["guesses", frame(3), "guess"],
  ["has no nonce", frame(3), null],
  ["sits in another tab", frame(3, 8), "nonce"],
])("a frame that %s is not", async (_, sender, nonce) => {
  await expectPanel(TAB, "nonce");
  expect(await admitPanel(sender, nonce)).toBe(false);
});

test("a page's word that comes a little later than the frame's still counts", async () => {
  const asked = admitPanel(frame(3), "nonce");
  await expectPanel(TAB, "nonce");
  expect(await asked).toBe(true);
});

test("a closed tab's nonce is worth nothing", async () => {
  await expectPanel(TAB, "nonce");
  await forgetExpected(TAB);
  expect(await admitPanel(frame(3), "nonce")).toBe(false);
});

test("the side panel and a tab of its own need no nonce", async () => {
  expect(await admitPanel({}, null)).toBe(true);
  expect(await admitPanel(frame(0), null)).toBe(true);
});

test("a panel is missing from when the page says its nonce until its frame does", async () => {
  expect(await isMissing(TAB, "nonce")).toBe(false);
  await expectPanel(TAB, "nonce");
  expect(await isMissing(TAB, "nonce")).toBe(true);
  await admitPanel(frame(3), "nonce");
  expect(await isMissing(TAB, "nonce")).toBe(false);
});
