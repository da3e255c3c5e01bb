// @vitest-environment happy-dom
import type { Contact } from "@partyline/contract/contact";
import { describe, expect, it, vi } from "vitest";
import { selectionStart } from "../../../utils/models/selection-model.ts";
import {
  contact,
  DANA,
  GROUP,
  JO,
  keepThread,
  KIM,
  LUIS,
  panelWorld,
  selectionOf,
  TOM,
} from "../models/panel-world.ts";
import { drawPanel } from "./draw.tsx";

async function newGroup(selected: readonly Contact[], claimed: number | null = null) {
  const world = await panelWorld(selected);
  const drawn = await drawPanel(world);
  await vi.waitFor(() => expect(drawn.text()).toContain("No groups yet"));
  drawn.panel.navigation.openNewGroup(selectionStart(selectionOf(selected, { claimed })));
  await vi.waitFor(() => expect(drawn.text()).toContain("Everyone sees everyone’s number."));
  return { world, ...drawn };
}

describe("the new group view", () => {
  it("lists who joins with their phone, and who cannot with the reason", async () => {
    const { list, text, field } = await newGroup([DANA, LUIS, KIM, JO], 6);
    await vi.waitFor(() => expect(list("People in the new group")).toHaveLength(2));
    expect(list("People in the new group")[0]).toContain("Dana Wu(415) 555-0142");
    expect(list("People who cannot join")).toEqual(["Kim Leedo-not-disturb", "Jo BrownJamaica: US and Canada only"]);
    expect(text()).toContain("2 of 9");
    expect(text()).toContain("2 selected rows could not be read from the page.");
    expect(field("Message 2 people")).toBeDefined();
  });

  it("says that more than nine is too many until one is left out", async () => {
    const ten = Array.from({ length: 10 }, (_, index) => contact(`c-${index}`, `P ${index}`, `(415) 555-011${index}`));
    const { text, root, click } = await newGroup(ten);
    await vi.waitFor(() => expect(text()).toContain("A group holds 9 at most: leave 1 person out."));
    await click(root.querySelector("input[type='checkbox']"));
    await vi.waitFor(() => expect(text()).toContain("9 of 9"));
    expect(text()).not.toContain("at most");
    expect(text()).toContain("Your carrier carries 8 people as one group message; 9 are more than that.");
  });

  it("says who shares a number", async () => {
    const { text } = await newGroup([DANA, LUIS, contact("c-ana", "Ana Silva", "+14155550142")]);
    await vi.waitFor(() => expect(text()).toContain("Shares this number with Ana Silva: one participant"));
    expect(text()).toContain("2 of 9");
  });

  it("opens the group that exists already instead of making another", async () => {
    const { world, panel, text, button, click } = await newGroup([DANA, LUIS, TOM]);
    await keepThread(world, GROUP, []);
    await vi.waitFor(() => expect(text()).toContain("You already have this group."));
    expect((button("Send") as HTMLButtonElement).disabled).toBe(true);
    await click(button("Open it"));
    await vi.waitFor(() => expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: GROUP.id }));
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
