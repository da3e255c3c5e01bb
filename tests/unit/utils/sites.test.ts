import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { readSettings, writeSettings } from "../../../utils/settings.ts";
import { askLeave, disableSite, disableUnreachable, enableSite, registerSites } from "../../../utils/sites.ts";

const CRM = "https://crm.example.com";
const request = vi.fn<(asked: { origins: string[] }) => Promise<boolean>>();
/** What the browser holds: the hosts it lets us into, the script's pages, the open tabs and where the script was run. */
let granted: Set<string>;
let registered: string[];
let tabs: { id: number; url: string }[];
let ran: number[];

beforeEach(() => {
  fakeBrowser.reset();
  request.mockReset();
  granted = new Set();
  registered = [];
  tabs = [];
  ran = [];
  Object.assign(fakeBrowser.permissions, {
    request,
    contains: async ({ origins }: { origins: string[] }) => origins.every((one) => granted.has(one)),
    remove: async ({ origins }: { origins: string[] }) => origins.every((one) => granted.delete(one)),
  });
  Object.assign(fakeBrowser.scripting, {
    getRegisteredContentScripts: async () => (registered.length === 0 ? [] : [{ matches: registered }]),
    registerContentScripts: async ([script]: { matches: string[] }[]) => void (registered = script?.matches ?? []),
    unregisterContentScripts: async () => void (registered = []),
    executeScript: async ({ target }: { target: { tabId: number } }) => void ran.push(target.tabId),
  });
  Object.assign(fakeBrowser.tabs, { query: async () => tabs });
  vi.spyOn(fakeBrowser.runtime, "getManifest").mockReturnValue({ manifest_version: 3, name: "", version: "" });
});

describe("asking for a site", () => {
  it("keeps a site that the user allows", async () => {
    request.mockResolvedValue(true);
    expect(await enableSite(`${CRM}/contacts`)).toBe("granted");
    expect(request).toHaveBeenCalledWith({ origins: [`${CRM}/*`] });
    expect((await readSettings()).sites).toContain(CRM);
  });

  it("keeps both of two that are allowed at once", async () => {
    request.mockResolvedValue(true);
    await Promise.all([enableSite(CRM), enableSite("https://other.example.com")]);
    expect((await readSettings()).sites).toEqual(expect.arrayContaining([CRM, "https://other.example.com"]));
  });

  it("keeps none that the user refuses", async () => {
    request.mockResolvedValue(false);
    expect(await enableSite(CRM)).toBe("denied");
    expect((await readSettings()).sites).not.toContain(CRM);
  });

  it.each(["http://crm.example.com", "http://192.168.1.5:4310"])("answers that %s cannot be asked for", async (url) => {
    request.mockRejectedValue(new Error("Only permissions specified in the manifest may be requested."));
    expect(await enableSite(url)).toBe("unsafe_address");
    expect(await askLeave(url)).toBe("unsafe_address");
    expect((await readSettings()).sites).not.toContain(url);
  });

  it.each(["https://text.example.com", "http://127.0.0.1:4310", "http://localhost:4310"])(
    "takes the browser's refusal to ask for %s for a no",
    async (url) => {
      request.mockRejectedValue(new Error("This function must be called during a user gesture"));
      expect(await askLeave(url)).toBe("denied");
    },
  );
});

describe("an enabled site", () => {
  it("gets the script, in its open tabs as well, and once", async () => {
    await writeSettings({ sites: [CRM] });
    granted.add(`${CRM}/*`);
    tabs = [{ id: 3, url: `${CRM}/contacts` }];
    await Promise.all([registerSites({ openTabs: true }), registerSites({ openTabs: true })]);
    expect(registered).toEqual([`${CRM}/*`]);
    expect(ran).toEqual([3]);
  });

  it("gets it in its open tabs where only the port tells it from one that had it before", async () => {
    await writeSettings({ sites: ["http://localhost:1"] });
    registered = ["http://localhost/*"];
    tabs = [1, 2].map((port) => ({ id: port, url: `http://localhost:${port}/` }));
    request.mockResolvedValue(true);
    await enableSite("http://localhost:2");
    expect(ran).toEqual([2]);
  });

  it("gets none where the browser does not let us in", async () => {
    await writeSettings({ sites: [CRM] });
    await registerSites({ openTabs: true });
    expect(registered).toEqual([]);
  });
});

describe("giving a site up", () => {
  const settings = { sites: [CRM, "https://other.example.com"], backend: "https://text.example.com" };
  const ofSite = `presence:${CRM}`;
  const ofOther = "presence:https://other.example.com";

  beforeEach(async () => {
    await writeSettings(settings);
    await fakeBrowser.storage.local.set({ [ofSite]: "left", [ofOther]: "right" });
    granted = new Set([`${CRM}/*`, "https://other.example.com/*", "https://text.example.com/*"]);
  });

  it("takes the registration, what was kept about it and the permission with it, and nothing else", async () => {
    await registerSites({ openTabs: false });
    await disableSite(CRM);
    await registerSites({ openTabs: false });
    expect(registered).toEqual(["https://other.example.com/*"]);
    expect(await fakeBrowser.storage.local.get()).toEqual({
      ...settings,
      sites: ["https://other.example.com"],
      [ofOther]: "right",
    });
    expect([...granted]).toEqual(["https://other.example.com/*", "https://text.example.com/*"]);
  });

  it.each([
    ["another site", { sites: [CRM, `${CRM}:8443`] }],
    ["the backend", { backend: `${CRM}:8443` }],
  ])("leaves a permission that %s needs as well", async (_, changed) => {
    await writeSettings(changed);
    await disableSite(CRM);
    expect(granted).toContain(`${CRM}/*`);
  });

  it("asks nothing back that came with the installation", async () => {
    const manifest = { manifest_version: 3 as const, name: "", version: "", host_permissions: [`${CRM}/*`] };
    vi.spyOn(fakeBrowser.runtime, "getManifest").mockReturnValue(manifest);
    await disableSite(CRM);
    expect(granted).toContain(`${CRM}/*`);
  });

  it("follows a permission that the user took away in the browser's own settings", async () => {
    granted.delete(`${CRM}/*`);
    await disableUnreachable();
    expect((await readSettings()).sites).toEqual(["https://other.example.com"]);
    expect(await fakeBrowser.storage.local.get([ofSite, ofOther])).toEqual({ [ofOther]: "right" });
  });
});
