// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { OptionsView } from "../../../components/options/options-view.tsx";
import { DirectoryModel } from "../../../utils/models/directory-model.ts";
import { OptionsModel } from "../../../utils/models/options-model.ts";
import { RecipesModel } from "../../../utils/models/recipes-model.ts";
import { directoryGateway } from "../models/directory-world.ts";
import { SESSION } from "../models/panel-world.ts";
import { recipesGateway } from "../models/recipes-world.ts";
import { reading } from "./draw.tsx";

const BACKEND = "https://text.example.com";
const CRM = "https://crm.example.com";
const OTHER_CRM = "https://other.example.com";

/** The options page over a background that notes what it is told. */
async function drawOptions(unsent: number) {
  const told: string[] = [];
  let hidden = [CRM];
  let changed = () => {};
  const model = new OptionsModel({
    calls: {
      sign_in: async () => ({ ok: true, value: SESSION }),
      async sign_out() {
        told.push("sign_out");
        return { ok: true, value: null };
      },
      async set_backend(url) {
        told.push(url);
        return { ok: true, value: null };
      },
    },
    changes: { subscribe: () => () => undefined },
    readSession: async () => SESSION,
    countUnsent: async () => unsent,
    readSettings: async () => ({ backend: BACKEND, sites: [CRM, OTHER_CRM] }),
    onSettingsChanged: () => undefined,
    allowBackend: async (url) => (url.startsWith("https:") ? "granted" : "unsafe_address"),
    enableSite: async (url) => (url.startsWith("https:") ? "granted" : "unsafe_address"),
    disableSite: async () => undefined,
    reach: {
      hiddenHandles: async () => hidden,
      async showHandle(site) {
        hidden = hidden.filter((one) => one !== site);
        changed();
      },
      onPresenceChanged: (listener) => {
        changed = listener;
      },
      readShortcut: async () => "Alt+G",
      changeShortcut: async () => void told.push("shortcuts"),
    },
  });
  const directory = new DirectoryModel({
    ...directoryGateway(),
    readSession: async () => ({ ...SESSION, user: { ...SESSION.user, role: "user" } }),
  });
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const recipes = new RecipesModel(recipesGateway());
  const view = (
    <OptionsView
      model={model}
      recipes={recipes}
      directory={directory}
      version="1"
      returnAddress="x"
      onCopy={async () => undefined}
    />
  );
  await act(() => render(view, root));
  const drawn = reading(root);
  await vi.waitFor(() => expect(drawn.button("Sign out")).not.toBeNull());
  const save = async (address: string) => {
    await drawn.write(drawn.field("Backend address"), address);
    await drawn.click(drawn.button("Check and save"));
  };
  return { told, save, root, ...drawn };
}

describe("the options page", () => {
  it("signs out at once where nothing waits", async () => {
    const { told, click, button } = await drawOptions(0);
    await click(button("Sign out"));
    expect(told).toEqual(["sign_out"]);
  });

  it("asks before signing out drops what waits", async () => {
    const { told, click, button, root, text } = await drawOptions(2);
    await click(button("Sign out"));
    expect(told).toEqual([]);
    expect(text()).toContain("2 things you did have not reached the backend yet. Signing out drops them.");
    await click(button("Cancel"));
    expect(text()).not.toContain("Signing out drops them.");
    await click(button("Sign out"));
    await click(root.querySelector(".dialog-actions .button-primary"));
    expect(told).toEqual(["sign_out"]);
  });

  it("asks before another backend drops what waits", async () => {
    const { told, save, click, button, text } = await drawOptions(1);
    await save("other.example.com");
    expect(told).toEqual([]);
    expect(text()).toContain("1 thing you did has not reached the backend yet. Saving another one drops it.");
    await click(button("Change backend"));
    expect(told).toEqual(["https://other.example.com"]);
  });

  it("saves the same backend again without asking", async () => {
    const { told, save } = await drawOptions(1);
    await save(`${BACKEND}/`);
    expect(told).toEqual([`${BACKEND}/`]);
  });

  it("lists where the handle is hidden, and brings it back", async () => {
    const { list, click, button } = await drawOptions(0);
    expect(list("CRM sites")).toEqual([expect.stringContaining(`${CRM}Handle hidden`), OTHER_CRM]);
    await click(button("Show it"));
    await vi.waitFor(() => expect(list("CRM sites")).toEqual([CRM, OTHER_CRM]));
  });

  it("names the keys that open the panel, and leads to where they are changed", async () => {
    const { told, click, button, text } = await drawOptions(0);
    expect(text()).toContain("Alt+G opens and closes the panel.");
    await click(button("Change in the browser"));
    expect(told).toEqual(["shortcuts"]);
  });

  it("says which addresses there are, and can be asked again", async () => {
    const { told, save, text, button } = await drawOptions(0);
    await save("http://192.168.1.5:4310");
    await vi.waitFor(() => expect(text()).toContain("Only https:// addresses, or this machine."));
    expect(button("Check and save")).not.toBeNull();
    await save("xx yy");
    await vi.waitFor(() => expect(text()).toContain("That is not a web address."));
    expect(told).toEqual([]);
  });
});
