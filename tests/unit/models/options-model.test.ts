import { describe, expect, it } from "vitest";
import { OptionsModel, type OptionsGateway } from "../../../utils/models/options-model.ts";
import { SESSION } from "./panel-world.ts";

function optionsOf(changed: Partial<OptionsGateway> = {}) {
  const backends: string[] = [];
  const gateway: OptionsGateway = {
    calls: {
      sign_in: async () => ({ ok: true, value: SESSION }),
      sign_out: async () => ({ ok: true, value: null }),
      async set_backend(url) {
        backends.push(url);
        return { ok: true, value: null };
      },
    },
    changes: { subscribe: () => () => undefined },
    readSession: async () => SESSION,
    countUnsent: async () => 0,
    readSettings: async () => ({ backend: null, sites: [] }),
    onSettingsChanged: () => undefined,
    allowBackend: async () => "granted",
    enableSite: async () => "granted",
    disableSite: async () => undefined,
    reach: {
      hiddenHandles: async () => [],
      showHandle: async () => undefined,
      onPresenceChanged: () => undefined,
      readShortcut: async () => null,
      changeShortcut: async () => undefined,
    },
    ...changed,
  };
  return { model: new OptionsModel(gateway), backends };
}

describe("the options", () => {
  it.each([
    ["text.example.com", "https://text.example.com"],
    [" http://127.0.0.1:4310 ", "http://127.0.0.1:4310"],
  ])("take %j for a backend's address", async (typed, url) => {
    const { model, backends } = optionsOf();
    await model.setBackend(typed);
    expect(backends).toEqual([url]);
    expect(model.check.value).toEqual({ state: "saved" });
  });

  it.each(["", "ftp://text.example.com", "xx yy", "https://", "*", "https://*.example.com"])(
    "do not take %j for one",
    async (typed) => {
      const { model, backends } = optionsOf();
      await model.setBackend(typed);
      expect(backends).toEqual([]);
      expect(model.check.value).toEqual({ state: "bad_address" });
    },
  );

  it("say why a backend was not kept", async () => {
    const refusal = { reason: "not_a_backend", backend: "https://example.com" } as const;
    const { model } = optionsOf({
      calls: {
        sign_in: async () => ({ ok: true, value: SESSION }),
        sign_out: async () => ({ ok: true, value: null }),
        set_backend: async () => ({ ok: false, refusal }),
      },
    });
    await model.setBackend("https://example.com");
    expect(model.check.value).toEqual({ state: "refused", refusal });
  });

  it("say that an address is not safe, and do not go on checking it", async () => {
    const { model, backends } = optionsOf({ allowBackend: async () => "unsafe_address" });
    await model.setBackend("http://192.168.1.5:4310");
    expect(backends).toEqual([]);
    expect(model.check.value).toEqual({ state: "unsafe_address" });
  });

  it.each([
    ["xx yy", "bad_address"],
    ["http://crm.example.com", "unsafe_address"],
  ])("say why %j is no CRM site: %s", async (typed, refusal) => {
    const { model } = optionsOf({ enableSite: async () => "unsafe_address" });
    expect(await model.addSite(typed)).toBe(false);
    expect(model.siteRefusal.value).toBe(refusal);
  });

  it("say that the browser did not allow a site", async () => {
    const { model } = optionsOf({ enableSite: async () => "denied" });
    expect(await model.addSite("crm.example.com")).toBe(false);
    expect(model.siteRefusal.value).toBe("denied");
  });
});
