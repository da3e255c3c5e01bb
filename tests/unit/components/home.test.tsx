// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import {
  contact,
  DANA,
  GROUP,
  inbound,
  JO,
  keepThread,
  KIM,
  LUIS,
  panelWorld,
  selectionOf,
  SESSION,
  TOM,
} from "../models/panel-world.ts";
import type { Presence } from "../../../utils/presence.ts";
import type { StructureReport } from "../../../utils/structure-report.ts";
import { drawPanel } from "./draw.tsx";

const PRESENCE: Presence = { side: "right", at: 0.42, width: 360, push: false, handle: false };
const REPORT: StructureReport = {
  at: "2026-03-04T18:00:00.000Z",
  version: "0.1.0",
  browser: "A browser",
  recipe: { id: "sample-crm", version: 1 },
  address: "/contacts",
  region: "list",
  within: [],
  structure: { tag: "table" },
};

async function home() {
  const world = await panelWorld();
  const drawn = await drawPanel(world);
  await vi.waitFor(() => expect(drawn.text()).toContain("No groups yet"));
  return { world, ...drawn };
}

describe("the home view", () => {
  it("says what to do when nothing is selected", async () => {
    const { world, text } = await home();
    expect(text()).toContain("Open a contact list in your CRM");
    world.events.push({ kind: "selection", selection: selectionOf([]) });
    await vi.waitFor(() => expect(text()).toContain("Tick 2 to 8 people"));
  });

  it("shows how many are selected, who can join, and why the others cannot", async () => {
    const { world, text, list, button } = await home();
    world.events.push({ kind: "selection", selection: selectionOf([DANA, LUIS, TOM, KIM, JO]) });
    await vi.waitFor(() => expect(button("Text 3 people")).not.toBeNull());
    expect(text()).toContain("5 selected on this page");
    expect(text()).toContain("3 can join · 2 cannot");
    expect(list("People who cannot join")).toEqual(["Kim Leedo-not-disturb", "Jo BrownJamaica: US and Canada only"]);
  });

  it("says where a page belongs to another account than the workspace, and selects nobody", async () => {
    const own = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
    const { world, text, button } = await home();
    const elsewhere = selectionOf([DANA, LUIS], { account: { ...own, id: "Kq2mTz81LwYvNcRb5XhD" } });
    world.events.push({ kind: "selection", selection: elsewhere });
    // As long as nobody knows whose contacts these are, the page is read as any other.
    await vi.waitFor(() => expect(button("Text 2 people")).not.toBeNull());
    await world.replica.put("facts", { name: "session", value: { ...SESSION, crmAccount: own } });
    world.change({ store: "facts", name: "session" });
    await vi.waitFor(() => expect(text()).toContain("This page belongs to another HighLevel account"));
    expect(text()).toContain("You are signed in to Harbor & Pine Realty: nobody on this page is looked up or added.");
    expect(text()).not.toContain("selected on this page");
    expect(button("Text 2 people")).toBeNull();
    world.events.push({ kind: "selection", selection: selectionOf([DANA, LUIS], { account: own }) });
    await vi.waitFor(() => expect(button("Text 2 people")).not.toBeNull());
    world.events.push({ kind: "text_number", text: "(415) 555-0142", account: elsewhere.account });
    await vi.waitFor(() =>
      expect(text()).toContain("“(415) 555-0142”: This page belongs to another HighLevel account."),
    );
  });

  it("says that nine selected are more than the carrier takes", async () => {
    const nine = Array.from({ length: 9 }, (_, index) => contact(`c-${index}`, `P ${index}`, `(415) 555-011${index}`));
    const world = await panelWorld(nine);
    const { text, button } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    world.events.push({ kind: "selection", selection: selectionOf(nine) });
    await vi.waitFor(() => expect(button("Review 9 people")).not.toBeNull());
    expect(text()).toContain("A group holds 8 at most: leave some out in the next step.");
  });

  it("says when a search went through much without finding anything, and looks on at a click", async () => {
    const { world, panel, text, button, click } = await home();
    let asked = 0;
    world.calls.load_groups = async () => {
      asked += 1;
      return { ok: true, value: { groupIds: [], said: [], next: asked < 10 ? `after ${asked}` : null } };
    };
    panel.groups.search("escrow");
    await vi.waitFor(() => expect(text()).toContain("Nothing found so far"));
    expect(asked).toBe(8);
    await click(button("Look further back"));
    await vi.waitFor(() => expect(text()).toContain("No group matches"));
    expect(asked).toBe(10);
  });

  it("says how many of the selected could be read", async () => {
    const { world, text } = await home();
    world.events.push({ kind: "selection", selection: selectionOf([DANA, LUIS], { claimed: 12 }) });
    await vi.waitFor(() => expect(text()).toContain("2 of 12 could be read"));
  });

  it("says that the page selected more than it has shown", async () => {
    const { world, text } = await home();
    const selection = selectionOf([DANA, LUIS], { claimed: 1240, everything: true });
    world.events.push({ kind: "selection", selection });
    await vi.waitFor(() => expect(text()).toContain("only the 2 rows it has shown can be read"));
    expect(text()).toContain("2 of 1,240 could be read");
  });

  it("lists the rows that could not be read by what they say, the first few at once", async () => {
    const { world, list, button, click } = await home();
    const unreadable = ["Pat Doe Acme", null, "Sam", "Kit"];
    world.events.push({ kind: "selection", selection: selectionOf([DANA], { unreadable }) });
    const why = "no contact and no phone found";
    const first = [`Pat Doe Acme${why}`, `A row without words${why}`, `Sam${why}`];
    await vi.waitFor(() => expect(list("Rows that could not be read")).toEqual([...first, "and 1 more"]));
    await click(button("and 1 more"));
    expect(list("Rows that could not be read")).toEqual([...first, `Kit${why}`]);
  });

  it("says that the page changed, and takes a report of what it is built of", async () => {
    const { world, text, button, click } = await home();
    world.events.push({ kind: "selection", selection: selectionOf([], { changed: true, unreadable: ["Pat"] }) });
    await vi.waitFor(() => expect(text()).toContain("This page changed"));
    await click(button("Report"));
    await vi.waitFor(() => expect(text()).toContain("The page could not be looked at."));
    world.calls.report_page = async () => REPORT;
    await click(button("Report"));
    await vi.waitFor(() => expect(button("Download")).not.toBeNull());
    await click(button("Copy"));
    await vi.waitFor(async () => expect(JSON.parse(await navigator.clipboard.readText())).toEqual(REPORT));
    world.events.push({ kind: "selection", selection: selectionOf([DANA]) });
    await vi.waitFor(() => expect(button("Download")).toBeNull());
  });

  it.each([
    ["a page that nobody described", { recipeId: "generic", changed: true }, "This page cannot be read"],
    ["a browser that is too old for the recipe", { unusable: true }, "This browser does not understand"],
  ])("calls %s by its name", async (_, changed, words) => {
    const { world, text } = await home();
    world.events.push({ kind: "selection", selection: selectionOf([], changed) });
    await vi.waitFor(() => expect(text()).toContain(words));
    expect(text()).not.toContain("This page changed");
  });

  it("changes when somebody shown is switched to do-not-disturb", async () => {
    const { world, text } = await home();
    world.events.push({ kind: "selection", selection: selectionOf([DANA, LUIS]) });
    await vi.waitFor(() => expect(text()).toContain("2 can join"));
    const usual = { ...world.calls };
    world.calls.resolve_contacts = async (query) => {
      const answer = await usual.resolve_contacts(query);
      const contacts = answer.ok
        ? answer.value.contacts.map((one) => ({ ...one, doNotDisturb: one.id === DANA.id }))
        : [];
      return answer.ok ? { ok: true, value: { ...answer.value, contacts } } : answer;
    };
    world.events.push({ kind: "contacts_changed", ids: [DANA.id] });
    await vi.waitFor(() => expect(text()).toContain("1 can join · 1 cannot"));
  });

  it("lists groups with what was said last, and opens one", async () => {
    const { world, text, panel, root, click } = await home();
    await keepThread(world, { ...GROUP, unread: 2 }, [inbound(1, "Works for me, 3 pm?")]);
    await vi.waitFor(() => expect(text()).toContain("Oak Street closing"));
    expect(text()).toContain("Luis: Works for me, 3 pm?");
    expect(text()).toContain("2 unread messages");
    await click(root.querySelector(".group-row"));
    expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: GROUP.id });
  });

  it("says that the backend does not answer, and keeps what is known", async () => {
    const { world, text } = await home();
    const refusal = { reason: "unreachable", backend: "http://127.0.0.1:4310" } as const;
    world.events.push({ kind: "connection", connection: { state: "offline", refusal } });
    await vi.waitFor(() => expect(text()).toContain("The backend at http://127.0.0.1:4310 does not answer."));
    expect(text()).toContain("No groups yet");
  });

  it("asks to sign in, and says why that failed", async () => {
    const { world, text, button, click } = await home();
    world.calls.sign_in = async () => ({
      ok: false,
      refusal: { reason: "not_a_backend", backend: "https://x.example" },
    });
    world.events.push({ kind: "connection", connection: { state: "signed_out" } });
    await vi.waitFor(() => expect(button("Sign in")).not.toBeNull());
    await click(button("Sign in"));
    await vi.waitFor(() => expect(text()).toContain("What answers at https://x.example is not a Partyline backend."));
  });

  it("closes from its menu, and signed out from its header, where a page is around it", async () => {
    const world = await panelWorld();
    world.calls.read_presence = async () => ({ site: "https://crm.example.com", presence: PRESENCE });
    const { root, button, click, closed, text } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    await click(button("More"));
    const item = () => root.querySelector("[role='menuitem'][data-value='close']");
    await vi.waitFor(() => expect(item()?.textContent).toBe("Close"));
    await click(item());
    await vi.waitFor(() => expect(closed()).toBe(1));
    world.events.push({ kind: "connection", connection: { state: "signed_out" } });
    await vi.waitFor(() => expect(button("Sign in")).not.toBeNull());
    await click(button("Close"));
    expect(closed()).toBe(2);
  });

  it("offers no closing where no page is around it", async () => {
    const { world, root, button, click } = await home();
    await click(button("More"));
    await vi.waitFor(() => expect(root.querySelector("[role='menuitem'][data-value='menu_keys']")).not.toBeNull());
    expect(root.querySelector("[data-value='close']")).toBeNull();
    world.events.push({ kind: "connection", connection: { state: "signed_out" } });
    await vi.waitFor(() => expect(button("Sign in")).not.toBeNull());
    expect(button("Close")).toBeNull();
  });
});
