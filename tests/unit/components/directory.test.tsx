// @vitest-environment happy-dom
import type { DirectoryState } from "@partyline/contract/directory";
import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { DirectoryNotice } from "../../../components/home/directory-notice.tsx";
import { DirectorySection } from "../../../components/options/directory-section.tsx";
import { DirectoryModel } from "../../../utils/models/directory-model.ts";
import { CONNECTED, directoryGateway } from "../models/directory-world.ts";
import { SESSION } from "../models/panel-world.ts";
import { reading } from "./draw.tsx";

async function drawSection(start: DirectoryState, change: Partial<ReturnType<typeof directoryGateway>> = {}) {
  const now = { state: start };
  const gateway = Object.assign(
    directoryGateway(() => now.state),
    change,
  );
  const model = new DirectoryModel(gateway);
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  await act(() => render(<DirectorySection model={model} />, root));
  await vi.waitFor(() => expect(!model.isAdmin.value || model.state.value !== null).toBe(true));
  return { now, gateway, model, root, ...reading(root) };
}

describe("the settings of the directory", () => {
  it("say that contacts are kept here where no CRM is named, with nothing to connect", async () => {
    const { text, button } = await drawSection({ ...CONNECTED, kind: "built_in", locationId: null, connection: null });
    expect(text()).toContain("Contacts are kept in Partyline’s own directory.");
    expect(button("Disconnect")).toBeNull();
  });

  it("are for admins alone", async () => {
    const readSession = async () => ({ ...SESSION, user: { ...SESSION.user, role: "user" as const } });
    const { text } = await drawSection(CONNECTED, { readSession });
    expect(text()).toBe("");
  });

  it("name the location and how it is connected, and end it once that is confirmed", async () => {
    const { text, click, button, gateway, now, root } = await drawSection(CONNECTED);
    expect(text()).toContain("location0000000000001");
    expect(text()).toContain("Connected through HighLevel’s consent page since");
    now.state = { ...CONNECTED, connection: null };
    await click(button("Disconnect"));
    expect(text()).toContain("Disconnect your CRM?");
    await click(button("Cancel"));
    expect(text()).not.toContain("Disconnect your CRM?");
    expect(gateway.asked).toEqual([]);
    await click(button("Disconnect"));
    await click(root.querySelector(".dialog-actions .button-primary"));
    expect(gateway.asked).toEqual(["disconnect"]);
    await vi.waitFor(() => expect(text()).toContain("Your CRM is not connected"));
    expect(button("Disconnect")).toBeNull();
  });

  it("say when the CRM takes the access no longer, and lead to its consent page", async () => {
    const broken = { ...CONNECTED, connection: { ...CONNECTED.connection!, state: "broken" as const } };
    const { text, click, button, gateway, now } = await drawSection(broken);
    expect(text()).toContain("Connect it again.");
    await click(button("Connect again"));
    await vi.waitFor(() => expect(gateway.asked).toEqual(["connect", "open https://marketplace.example/allow"]));
    now.state = CONNECTED;
    gateway.comeBack();
    await vi.waitFor(() => expect(text()).not.toContain("Connect it again."));
  });

  it("take a private token where no app is configured, and drop it once it is taken", async () => {
    const { write, field, click, button, gateway } = await drawSection({
      ...CONNECTED,
      connection: null,
      canAuthorize: false,
    });
    expect(button("Connect with HighLevel")).toBeNull();
    await write(field("Private integration token"), " pit-12345678 ");
    await click(button("Connect with token"));
    await vi.waitFor(() => expect(gateway.asked).toEqual(["token pit-12345678"]));
    await vi.waitFor(() => expect((field("Private integration token") as HTMLInputElement).value).toBe(""));
  });

  it("say why a token was refused, in the backend's words, and keep it to be corrected", async () => {
    const { text, write, field, click, button, gateway } = await drawSection(CONNECTED);
    gateway.calls.put_directory_token = async () => ({
      ok: false,
      refusal: {
        reason: "problem",
        code: "directory_refused",
        detail: "This token is of a whole agency.",
        refusal: null,
        groupId: null,
        retryAfter: null,
      },
    });
    await write(field("Private integration token"), "eyJ-of-an-agency");
    await click(button("Connect with token"));
    await vi.waitFor(() => expect(text()).toContain("This token is of a whole agency."));
    expect((field("Private integration token") as HTMLInputElement).value).toBe("eyJ-of-an-agency");
  });
});

describe("the panel's word on the directory", () => {
  it.each([
    ["broken", "no longer accepts"],
    ["not_connected", "is not connected"],
    ["app_refused", "HIGHLEVEL_CLIENT_SECRET"],
    [undefined, ""],
  ] as const)("for %j is %j", async (trouble, words) => {
    const root = document.createElement("div");
    await act(() => render(<DirectoryNotice trouble={trouble} />, root));
    expect(root.textContent).toContain(words);
    expect(root.querySelector("a") === null).toBe(trouble === undefined);
  });
});
