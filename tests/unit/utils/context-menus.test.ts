import { beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { drawMenus, numberIn } from "../../../utils/context-menus.ts";
import { writeSettings } from "../../../utils/settings.ts";

interface Entry {
  id: string;
  contexts: string[];
  documentUrlPatterns?: string[];
  targetUrlPatterns?: string[];
}

let entries: Entry[];

beforeEach(() => {
  fakeBrowser.reset();
  entries = [];
  Object.assign(fakeBrowser.permissions, { contains: async () => true });
  Object.assign(fakeBrowser.i18n, { getMessage: (key: string) => key });
  Object.assign(fakeBrowser.contextMenus, {
    removeAll: async () => void (entries = []),
    create: (entry: Entry, done: () => void) => {
      entries.push(entry);
      done();
    },
  });
});

test("numbers can be texted from the pages of enabled sites alone, and each entry is there once", async () => {
  await writeSettings({ sites: ["https://crm.example.com"] });
  await Promise.all([drawMenus(), drawMenus()]);
  expect(entries.map(({ id }) => id)).toEqual(["side_panel", "text_linked_number", "text_marked_number"]);
  const documentUrlPatterns = ["https://crm.example.com/*"];
  expect(entries[1]).toMatchObject({ contexts: ["link"], documentUrlPatterns });
  expect(entries[2]).toMatchObject({ contexts: ["selection"], documentUrlPatterns });
});

test("of links, only those to phones have the entry, and each of them means its number", async () => {
  await writeSettings({ sites: ["https://crm.example.com"] });
  await drawMenus();
  const patterns = entries.filter(({ contexts }) => contexts.includes("link")).map((entry) => entry.targetUrlPatterns);
  expect(patterns).toEqual([["tel:*", "sms:*", "callto:*"]]);
  for (const pattern of patterns.flat()) {
    expect(numberIn({ linkUrl: pattern?.replace("*", "+14155550142") ?? "" })).toBe("+14155550142");
  }
});

test("where no site is enabled there is no entry for numbers", async () => {
  await writeSettings({ sites: [] });
  await drawMenus();
  expect(entries.map(({ id }) => id)).toEqual(["side_panel"]);
});

test("an entry that the browser does not make is complained of, and the others are made", async () => {
  await writeSettings({ sites: ["https://crm.example.com"] });
  const complaints = vi.spyOn(console, "warn").mockImplementation(() => {});
  const made: string[] = [];
  Object.assign(fakeBrowser.contextMenus, {
    create: ({ id }: Entry, done: () => void) => {
      if (id === "side_panel") throw new Error("Bad context");
      if (id === "text_marked_number") made.push(id);
      else Object.assign(fakeBrowser.runtime, { lastError: { message: "Bad pattern" } });
      done();
      Object.assign(fakeBrowser.runtime, { lastError: undefined });
    },
  });
  await drawMenus();
  expect(made).toEqual(["text_marked_number"]);
  expect(complaints.mock.calls.flat()).toEqual([
    "The menu entry side_panel is not made: Bad context",
    "The menu entry text_linked_number is not made: Bad pattern",
  ]);
});

test.each([
  ["a link to a phone", { linkUrl: "tel:+14155550142" }, "+14155550142"],
  ["one that is written out", { linkUrl: "TEL:(415)%20555-0142;ext=7" }, "(415) 555-0142"],
  ["a link to a text", { linkUrl: "sms:+14155550142?body=hi" }, "+14155550142"],
  [
    "a link that is no number, in marked words",
    { linkUrl: "https://x.example", selectionText: " 4155550142 " },
    "4155550142",
  ],
  ["a link that no browser can decode", { linkUrl: "tel:%E0%A4%A" }, "%E0%A4%A"],
  ["a link to elsewhere", { linkUrl: "https://x.example/tel:1" }, ""],
])("%s means its number", (_, click, number) => {
  expect(numberIn(click)).toBe(number);
});

test("what is marked is cut where no number goes on", () => {
  expect(numberIn({ selectionText: "4".repeat(1_000_000) })).toHaveLength(60);
});
