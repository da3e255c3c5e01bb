import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { readSettings } from "../../../utils/settings.ts";
import { allowBackend, enableSite } from "../../../utils/sites.ts";

const request = vi.fn<(asked: { origins: string[] }) => Promise<boolean>>();

beforeEach(() => {
  fakeBrowser.reset();
  request.mockReset();
  Object.assign(fakeBrowser.permissions, { request });
});

describe("asking for a site", () => {
  it("keeps a site that the user allows", async () => {
    request.mockResolvedValue(true);
    expect(await enableSite("https://crm.example.com/contacts")).toBe("granted");
    expect(request).toHaveBeenCalledWith({ origins: ["https://crm.example.com/*"] });
    expect((await readSettings()).sites).toContain("https://crm.example.com");
  });

  it("keeps none that the user refuses", async () => {
    request.mockResolvedValue(false);
    expect(await enableSite("https://crm.example.com")).toBe("denied");
    expect((await readSettings()).sites).not.toContain("https://crm.example.com");
  });

  it.each(["http://crm.example.com", "http://192.168.1.5:4310"])("answers that %s cannot be asked for", async (url) => {
    request.mockRejectedValue(new Error("Only permissions specified in the manifest may be requested."));
    expect(await enableSite(url)).toBe("unsafe_address");
    expect(await allowBackend(url)).toBe("unsafe_address");
    expect((await readSettings()).sites).not.toContain(url);
  });

  it.each(["https://text.example.com", "http://127.0.0.1:4310", "http://localhost:4310"])(
    "takes the browser's refusal to ask for %s for a no",
    async (url) => {
      request.mockRejectedValue(new Error("This function must be called during a user gesture"));
      expect(await allowBackend(url)).toBe("denied");
    },
  );
});
