import { beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { browser, type Runtime } from "../../../utils/browser.ts";
import type { PagePlaced } from "../../../utils/page-messages.ts";
import { keepPlaced, presenceCallsFor } from "../../../utils/presence-calls.ts";
import { changePresence, readPresence } from "../../../utils/presence.ts";
import { forgetSiteData } from "../../../utils/site-data.ts";
import { writeSettings } from "../../../utils/settings.ts";

const SITE = "http://127.0.0.1:4311";
const OTHER = "http://127.0.0.1:4312";
const USUAL = { side: "right", at: 0.42, width: 360, push: false, handle: true };

beforeEach(async () => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  vi.spyOn(browser.tabs, "query").mockResolvedValue([]);
  await writeSettings({ sites: [SITE] });
});

const script = (url: string) => ({ url, frameId: 0, tab: { id: 7, url } }) as Runtime.MessageSender;
const panelIn = (url: string) => ({ url: "chrome-extension://x/panel.html", frameId: 3, tab: { id: 7, url } });
const placed = (changes: PagePlaced["changes"]): PagePlaced => ({ kind: "page_placed", changes });

test("each site has its own place, and begins with the usual one", async () => {
  await keepPlaced(script(`${SITE}/contacts`), placed({ side: "left", width: 400 }));
  expect(await readPresence(SITE)).toEqual({ ...USUAL, side: "left", width: 400 });
  expect(await readPresence(OTHER)).toEqual(USUAL);
});

test("a page that is not enabled keeps nothing", async () => {
  await keepPlaced(script(`${OTHER}/`), placed({ side: "left" }));
  expect(await readPresence(OTHER)).toEqual(USUAL);
});

test("what makes no sense falls back to the usual", async () => {
  await keepPlaced(script(`${SITE}/`), placed({ side: "top" as "left", at: 7, width: 4000 }));
  expect(await readPresence(SITE)).toEqual(USUAL);
});

test("two changes at once are both kept", async () => {
  await Promise.all([changePresence(SITE, { side: "left" }), changePresence(SITE, { push: true })]);
  expect(await readPresence(SITE)).toEqual({ ...USUAL, side: "left", push: true });
});

test("the site's other tabs hear of a move, and the one where it was made does not", async () => {
  const tabs = [
    { id: 7, url: `${SITE}/contacts` },
    { id: 8, url: `${SITE}/contacts/1` },
    { id: 9, url: `${OTHER}/` },
  ];
  vi.spyOn(browser.tabs, "query").mockResolvedValue(tabs as never);
  const sent = vi.spyOn(browser.tabs, "sendMessage").mockResolvedValue(undefined);
  await keepPlaced(script(`${SITE}/contacts`), placed({ at: 0.9 }));
  expect(sent.mock.calls.map(([tab, order]) => [tab, order])).toEqual([
    [8, { kind: "presence", presence: { ...USUAL, at: 0.9 } }],
  ]);
});

test("a panel changes the site of the page around it; one in a tab of its own changes none", async () => {
  const calls = presenceCallsFor(panelIn(`${SITE}/contacts`) as Runtime.MessageSender);
  await calls.change_presence({ handle: false });
  expect(await calls.read_presence()).toEqual({ site: SITE, presence: { ...USUAL, handle: false } });
  expect(await calls.hidden_handles()).toEqual([SITE]);
  await calls.show_handle(SITE);
  expect(await calls.hidden_handles()).toEqual([]);
  const own = presenceCallsFor(script("chrome-extension://x/panel.html"));
  expect(await own.read_presence()).toBeNull();
});

test("a panel in a page that is not enabled any more changes and tells nothing", async () => {
  const calls = presenceCallsFor(panelIn(`${OTHER}/contacts`) as Runtime.MessageSender);
  await calls.change_presence({ handle: false });
  expect(await calls.read_presence()).toBeNull();
  expect(await readPresence(OTHER)).toEqual(USUAL);
});

test("a site that is forgotten begins anew", async () => {
  await changePresence(SITE, { side: "left" });
  await forgetSiteData(SITE);
  expect(await readPresence(SITE)).toEqual(USUAL);
});
