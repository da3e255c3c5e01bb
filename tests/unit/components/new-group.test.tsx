// @vitest-environment happy-dom
import type { Contact } from "@partyline/contract/contact";
import type { Group } from "@partyline/contract/group";
import { describe, expect, it, vi } from "vitest";
import { successorStart } from "../../../utils/models/lock-text.ts";
import { selectionStart } from "../../../utils/models/selection-model.ts";
import {
  contact,
  DANA,
  GROUP,
  JO,
  keepThread,
  KIM,
  LUIS,
  MAIN_LINE,
  panelWorld,
  participant,
  selectionOf,
  SESSION,
  TOM,
} from "../models/panel-world.ts";
import { drawPanel } from "./draw.tsx";

const ELSEWHERE = "This page belongs to another HighLevel account";

const OLD: Group = {
  ...GROUP,
  id: "0190a000-0000-7000-8000-0000000000f0",
  participants: [DANA, LUIS].map((person) => participant(person)),
};

function link(relation: Group["links"][number]["relation"], groupId: string): Group["links"][number] {
  return { groupId, title: "Oak Street closing", relation };
}

async function newGroup(selected: readonly Contact[], claimed: number | null = null) {
  const world = await panelWorld(selected);
  const drawn = await drawPanel(world);
  await vi.waitFor(() => expect(drawn.text()).toContain("No groups yet"));
  drawn.panel.navigation.openNewGroup(selectionStart(selectionOf(selected, { claimed })));
  await vi.waitFor(() => expect(drawn.text()).toContain("Everyone sees everyone’s number."));
  return { world, ...drawn };
}

describe("the new group view", () => {
  it("takes no other number silently where the default one is gone, and says why", async () => {
    const { world, root, text, button, click } = await newGroup([DANA, LUIS]);
    const gone = { ...MAIN_LINE, refusal: { reason: "number_released" as const } };
    const other = { ...MAIN_LINE, id: "0190a000-0000-7000-8000-0000000000b9", number: "+14155550109", label: null };
    await world.gateway.replica.put("facts", { name: "numbers", value: [gone, { ...other, isDefault: false }] });
    world.change({ store: "facts", name: "numbers" });
    await vi.waitFor(() => expect(text()).toContain("Your default number (415) 555-0100 cannot be used: No longer in"));
    expect(button("From Choose a number")).not.toBeNull();
    expect(text()).not.toContain("(415) 555-0109");
    await click(button("From Choose a number"));
    const item = () => root.querySelector(`[data-value="${other.id}"]`);
    await vi.waitFor(() => expect(item()).not.toBeNull());
    await click(item());
    await vi.waitFor(() => expect(text()).not.toContain("cannot be used"));
    expect(text()).toContain("(415) 555-0109");
  });

  it("chooses none of several numbers where none is the default, asks, and sends nothing until one is chosen", async () => {
    const { world, root, text, button, click, field, write } = await newGroup([DANA, LUIS]);
    const [released, first, second] = ["07", "08", "09"].map((end) => ({
      ...MAIN_LINE,
      id: `0190a000-0000-7000-8000-0000000000${end}`,
      number: `+141555501${end}`,
      label: null,
      isDefault: false,
    }));
    const value = [{ ...released, refusal: { reason: "number_released" as const } }, first, second];
    await world.gateway.replica.put("facts", { name: "numbers", value });
    world.change({ store: "facts", name: "numbers" });
    await vi.waitFor(() => expect(button("From Choose a number")).not.toBeNull());
    expect(text()).toContain("No default number is set and several can be used");
    await vi.waitFor(() => expect(text()).toContain("No number to send from is chosen yet"));
    await write(field("Message 2 people"), "Hello both");
    const send = button("Send") as HTMLButtonElement | null;
    expect(send?.disabled).toBe(true);
    field("Message 2 people")!.form!.requestSubmit();
    expect(world.commands).toEqual([]);
    await click(button("From Choose a number"));
    const item = () => root.querySelector(`[data-value="${second?.id}"]`);
    await vi.waitFor(() => expect(item()).not.toBeNull());
    await click(item());
    await vi.waitFor(() => expect(button("From (415) 555-0109")).not.toBeNull());
    expect(text()).not.toMatch(/No default number|Choose a number|is chosen yet/);
    await click(button("Send"));
    await vi.waitFor(() => expect(world.commands).toMatchObject([{ body: { businessNumberId: second?.id } }]));
  });

  it("takes the only number that may be used where none is the default", async () => {
    const { world, text, button } = await newGroup([DANA, LUIS]);
    const only = { ...MAIN_LINE, isDefault: false, label: null };
    const gone = { ...only, id: `${MAIN_LINE.id.slice(0, -1)}9`, number: "+14155550109" };
    const value = [{ ...gone, refusal: { reason: "number_released" as const } }, only];
    await world.gateway.replica.put("facts", { name: "numbers", value });
    world.change({ store: "facts", name: "numbers" });
    await vi.waitFor(() => expect(button("From (415) 555-0100")).not.toBeNull());
    expect(text()).not.toMatch(/No default number|Choose a number|is chosen yet/);
  });

  it("lists who joins with their phone, and who cannot with the reason", async () => {
    const { list, text, field } = await newGroup([DANA, LUIS, KIM, JO], 6);
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    expect(list("People in the new group")[0]).toContain("Dana Wu(415) 555-0142");
    expect(list("People who cannot join")).toEqual([
      "Kim Leedo-not-disturbAsk for their opt-in, then switch do-not-disturb off in the CRM.Ask for opt-in",
      "Jo BrownJamaica: US and Canada only",
    ]);
    expect(text()).toContain("2 of 8");
    expect(text()).toContain("2 selected rows could not be read from the page.");
    expect(field("Message 2 people")).toBeDefined();
  });

  it("shows the number of who cannot join, and of a row that is nobody's, as everywhere", async () => {
    const kim = { ...KIM, phones: [{ number: "+14155550177", label: null, primary: true }] };
    const { panel, list } = await newGroup([DANA, kim]);
    const rows = [...selectionOf([kim]).rows, { contactId: null, name: null, phone: "+16505550154" }];
    panel.navigation.openNewGroup(selectionStart(selectionOf([], { rows })));
    await vi.waitFor(() => expect(list("People who cannot join").join()).toContain("(650) 555-0154"));
    expect(document.querySelector(".roster-row-refused")?.getAttribute("title")).toBe("(415) 555-0177");
  });

  it("tells who was ticked meanwhile and takes them in, and keeps the choices when it is left", async () => {
    const world = await panelWorld([DANA, LUIS, TOM, KIM]);
    const { panel, text, button, click, list } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    const two = selectionOf([DANA, LUIS]);
    world.events.push({ kind: "selection", selection: two });
    panel.navigation.openNewGroup(selectionStart(two));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    world.events.push({ kind: "selection", selection: selectionOf([DANA, LUIS, TOM]) });
    await vi.waitFor(() => expect(text()).toContain("Tom Ray was selected in the page since."));
    await click(button("Add"));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(3));
    expect(text()).not.toContain("in the page since");
    await click(button("Back"));
    panel.navigation.openNewGroup(selectionStart(two));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(3));
  });

  it("keeps who was chosen while a tab of another account is looked at, and takes nobody from there", async () => {
    const own = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
    const world = await panelWorld([DANA, LUIS, TOM]);
    await world.replica.put("facts", { name: "session", value: { ...SESSION, crmAccount: own } });
    const { panel, text, button, click, list } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    const ours = selectionOf([DANA, LUIS], { account: own });
    const theirs = selectionOf([TOM, LUIS], { account: { ...own, id: "Kq2mTz81LwYvNcRb5XhD" } });
    world.events.push({ kind: "selection", selection: ours });
    await vi.waitFor(() => expect(button("Text 2 people")).not.toBeNull());
    await click(button("Text 2 people"));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    world.events.push({ kind: "selection", selection: theirs });
    await vi.waitFor(() => expect(text()).toContain(ELSEWHERE));
    expect(text()).toContain("You are signed in to Harbor & Pine Realty");
    expect(text()).not.toContain("in the page since");
    expect(list("People in the new group").join()).toMatch(/Dana.*Luis/);
    await click(button("Back"));
    expect(text()).toContain(ELSEWHERE);
    // Begun anew there, it is the same group, and still nobody of that page.
    await click(button("New group"));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    world.events.push({ kind: "selection", selection: ours });
    await vi.waitFor(() => expect(text()).not.toContain(ELSEWHERE));
    expect(list("People in the new group").join()).toMatch(/Dana.*Luis/);
    expect(panel.navigation.unfinished.value?.start.account).toEqual(own);
  });

  it("takes nobody of another account's page into a group whose people are changed", async () => {
    const own = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
    const world = await panelWorld([DANA, LUIS, TOM, KIM]);
    await world.replica.put("facts", { name: "session", value: { ...SESSION, crmAccount: own } });
    const { panel, text, list } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    panel.navigation.openNewGroup(successorStart(GROUP));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(3));
    const account = { ...own, id: "Kq2mTz81LwYvNcRb5XhD" };
    world.events.push({ kind: "selection", selection: selectionOf([KIM], { account }) });
    await vi.waitFor(() => expect(text()).toContain(ELSEWHERE));
    expect(list("People in the new group")).toHaveLength(3);
    expect(text()).not.toContain("Kim Lee");
  });

  it("says whose number or name is another one than in the group that is followed, and who was deleted since", async () => {
    const dana = { ...DANA, phones: [{ number: "(415) 555-0199", label: null, primary: true }] };
    const luis = { ...LUIS, name: "Luis Ortega Vega" };
    const tom = { ...TOM, deletedAt: "2026-03-04T17:30:00Z" };
    const world = await panelWorld([dana, luis, tom]);
    const { panel, text, list } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    panel.navigation.openNewGroup(successorStart(GROUP));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    expect(list("People in the new group")).toEqual([
      "Dana Wu(415) 555-0199was (415) 555-0142 in the old group",
      "Luis Ortega Vega(628) 555-0110was Luis Ortega in the old group",
    ]);
    expect(list("People who cannot join")).toEqual([
      "Tom Raydeleted in the CRMAdd their new contact, if the CRM has one.",
    ]);
  });

  it("says why nothing can be sent from somebody else's number, instead of doing nothing", async () => {
    const world = await panelWorld([DANA, LUIS]);
    const assignedTo = { id: "0190a000-0000-7000-8000-00000000000c", name: "Cleo Diaz" };
    const refusal = { reason: "number_assigned_to_other" as const };
    const hers = { ...MAIN_LINE, id: "0190a000-0000-7000-8000-0000000000b9", isDefault: false, assignedTo, refusal };
    await world.gateway.replica.put("facts", { name: "numbers", value: [MAIN_LINE, hers] });
    const { panel, text, field } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    panel.navigation.openNewGroup({ ...selectionStart(selectionOf([DANA, LUIS])), businessNumberId: hers.id });
    await vi.waitFor(() => expect(field("Message 2 people")).toBeDefined());
    expect(text()).toContain("Cleo Diaz");
    expect(text()).not.toContain("Goes out as one group message");
  });

  it("has a text ready that asks for an opt-in, to be sent another way, and sends nothing", async () => {
    const copied: string[] = [];
    vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => void copied.push(text));
    const optedOut = { ...TOM, optedOutOf: [{ businessNumber: "+14155550100", phone: "+15105550133" }] };
    const { world, text, button, click, list } = await newGroup([DANA, KIM, optedOut]);
    await vi.waitFor(() => expect(list("People who cannot join")).toHaveLength(2));
    await click(button("Ask Kim Lee for opt-in"));
    expect(text()).toContain("Hi Kim, may we text you from (415) 555-0100?");
    expect(text()).toContain("Nothing is texted to them.");
    await click(button("Copy"));
    await vi.waitFor(() => expect(text()).toContain("Copied."));
    expect(copied).toEqual([
      "Hi Kim, may we text you from (415) 555-0100? A short yes is enough, and you can text STOP at any time.",
    ]);
    await click(button("Ask Tom Ray for opt-in"));
    expect(text()).toContain("please text START to (415) 555-0100 from your phone");
    expect(world.commands).toEqual([]);
  });

  it("says how many the carrier takes until enough are left out", async () => {
    const ten = Array.from({ length: 10 }, (_, index) => contact(`c-${index}`, `P ${index}`, `(415) 555-011${index}`));
    const { text, root, click } = await newGroup(ten);
    await vi.waitFor(() => expect(text()).toContain("A group holds 8 at most: leave 2 people out."));
    const boxes = root.querySelectorAll("input[type='checkbox']");
    await click(boxes[0]);
    await vi.waitFor(() => expect(text()).toContain("9 of 8"));
    expect(text()).toContain("Your carrier takes at most 8 people in one group message; these are 9.");
    await click(boxes[1]);
    await vi.waitFor(() => expect(text()).toContain("8 of 8"));
    expect(text()).not.toContain("at most");
  });

  it("offers another phone of somebody whose first one cannot be texted", async () => {
    const valentina = contact("c-val", "Valentina Cruz", "+52 55 5555 0134", {
      phones: [
        { number: "+52 55 5555 0134", label: null, primary: true },
        { number: "(213) 555-0156", label: "work", primary: false },
      ],
    });
    const { list, button, click, field } = await newGroup([DANA, valentina]);
    await vi.waitFor(() => expect(list("People who cannot join")[0]).toContain("Mexico"));
    await click(button("Use (213) 555-0156 work instead"));
    await vi.waitFor(() => expect(field("Message 2 people")).toBeDefined());
    expect(list("People who cannot join")).toEqual([]);
  });

  it("begins with the search where nobody is selected", async () => {
    const world = await panelWorld([]);
    const { button, click, root } = await drawPanel(world);
    await vi.waitFor(() => expect(button("New group")).not.toBeNull());
    await click(button("New group"));
    await vi.waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Add people"));
    expect(root.textContent).toContain("0 of 8");
  });

  it("says of a number with an extension that texts do not get there, where it is picked", async () => {
    const desk = contact("c-desk", "Des Kay", "(415) 555-0150 ext. 7");
    const other = contact("c-two", "Ty Two", "(415) 555-0151", {
      phones: [
        { number: "(415) 555-0151", label: null, primary: true },
        { number: "(415) 555-0152 #12", label: "work", primary: false },
      ],
    });
    const { list, text, root, click } = await newGroup([desk, other]);
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    const note = "Texts go to (415) 555-0150: they cannot reach extension 7";
    expect(list("People in the new group")).toEqual([
      `Des Kay(415) 555-0150${note}`,
      expect.not.stringContaining("extension"),
    ]);
    await click(root.querySelector("[aria-label='People in the new group'] input[type='checkbox']"));
    expect(text()).not.toContain("extension");
  });

  it("says who shares a number", async () => {
    const { text } = await newGroup([DANA, LUIS, contact("c-ana", "Ana Silva", "+14155550142")]);
    await vi.waitFor(() =>
      expect(text()).toContain("Shares this number with Ana Silva: one participant, with both names"),
    );
    expect(text()).toContain("2 of 8");
  });

  it("opens the group that exists already instead of making another", async () => {
    const { world, panel, text, button, click } = await newGroup([DANA, LUIS, TOM]);
    await keepThread(world, GROUP, []);
    await vi.waitFor(() => expect(text()).toContain("You already have this group."));
    expect((button("Send") as HTMLButtonElement).disabled).toBe(true);
    await click(button("Open it"));
    await vi.waitFor(() => expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: GROUP.id }));
  });

  it.each([
    ["follows none", {}, true],
    ["follows another", { links: [link("predecessor", "0190a000-0000-7000-8000-0000000000f1")] }, false],
    ["goes before the old one", { links: [link("successor", OLD.id)] }, false],
    ["may only be read", { sendRefusal: { reason: "number_not_connected" as const } }, false],
  ])("opens a successor that exists already and %s, and ties it to the old one where it can", async (_, now, tied) => {
    const world = await panelWorld([DANA, LUIS, TOM]);
    const existing = { ...GROUP, ...now };
    const backLinks = existing.links.some(({ groupId }) => groupId === OLD.id) ? [link("predecessor", GROUP.id)] : [];
    await keepThread(world, { ...OLD, links: backLinks }, []);
    await keepThread(world, existing, []);
    const { panel, text, button, click } = await drawPanel(world);
    await vi.waitFor(() => expect(button("New group")).not.toBeNull());
    panel.navigation.openNewGroup({ ...successorStart(GROUP), successorOf: OLD.id });
    await vi.waitFor(() => expect(text()).toContain("You already have this group."));
    expect(text().includes("Opening it links it to the old one.")).toBe(tied);
    await click(button("Open it"));
    await vi.waitFor(() => expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: GROUP.id }));
    const follows = world.commands.filter(({ kind }) => kind === "follow_group");
    expect(follows).toMatchObject(tied ? [{ groupId: GROUP.id, body: { groupId: OLD.id } }] : []);
  });

  it("says that the directory cannot be asked, and asks again", async () => {
    const world = await panelWorld([DANA, LUIS]);
    const usual = { ...world.calls };
    world.calls.resolve_contacts = async () => ({
      ok: false,
      refusal: { reason: "unreachable", backend: "http://127.0.0.1:4310" },
    });
    const { panel, text, list, button, click } = await drawPanel(world);
    await vi.waitFor(() => expect(text()).toContain("No groups yet"));
    panel.navigation.openNewGroup(selectionStart(selectionOf([DANA, LUIS])));
    await vi.waitFor(() => expect(text()).toContain("does not answer"));
    Object.assign(world.calls, usual);
    await click(button("Try again"));
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
  });
});
