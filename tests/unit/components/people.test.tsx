// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import {
  DANA,
  GROUP,
  inbound,
  keepThread,
  LUIS,
  panelWorld,
  participant,
  selectionOf,
  TOM,
} from "../models/panel-world.ts";
import { drawPanel } from "./draw.tsx";

async function openPeople(participants = GROUP.participants) {
  const world = await panelWorld();
  await keepThread(world, { ...GROUP, participants }, [inbound(1, "Hi")]);
  const drawn = await drawPanel(world);
  world.events.push({ kind: "selection", selection: selectionOf([]) });
  drawn.panel.navigation.openThread(GROUP.id);
  const label = `People in this group, ${participants.length}`;
  await vi.waitFor(() => expect(drawn.button(label)).not.toBeNull());
  await drawn.click(drawn.button(label));
  await vi.waitFor(() => expect(drawn.button("Change people (new group)")).not.toBeNull());
  return { world, ...drawn };
}

describe("the people of a group", () => {
  it("lead to their pages in the CRM, and the panel is to come back with the thread", async () => {
    const { world, button, click } = await openPeople();
    const opened: unknown[] = [];
    world.calls.open_record = async (...asked) => void opened.push(asked);
    await click(button("Open Dana Wu in the CRM"));
    expect(opened).toEqual([["https://crm.example.com/contacts/c-dana", GROUP.id]]);
  });

  it("do not lead to a page that was deleted", async () => {
    const gone = participant(DANA, { contacts: [{ ...DANA, tag: { kind: "deleted" } }] });
    const { button } = await openPeople([gone, participant(LUIS)]);
    expect(button("Open Dana Wu in the CRM")).toBeNull();
    expect(button("Open Luis Ortega in the CRM")).not.toBeNull();
  });

  it("say who is behind a shared number, each with a page of their own, and who is not in the CRM", async () => {
    const both = { ...participant(DANA), contacts: [DANA, TOM] };
    const stranger = { ...participant(LUIS), contacts: [] };
    const { list, button } = await openPeople([both, stranger]);
    expect(list("People")[0]).toContain("Dana Wu & Tom Ray");
    expect(button("Open Tom Ray in the CRM")).not.toBeNull();
    expect(list("People")[1]).toContain("(628) 555-0110");
    expect(list("People")[1]).toContain("Not in the CRM");
  });

  it("say which of two behind a number was deleted, and lead to the other", async () => {
    const contacts = [{ ...DANA, tag: { kind: "deleted" as const } }, TOM];
    const { list, button } = await openPeople([participant(DANA, { contacts }), participant(LUIS)]);
    expect(list("People")[0]).toContain("Dana Wu Deleted deleted in the CRM");
    expect(list("People")[0]).not.toContain("Tom RayDeleted");
    expect(button("Open Dana Wu in the CRM")).toBeNull();
    expect(button("Open Tom Ray in the CRM")).not.toBeNull();
  });

  it("say which of two behind a number has another name now", async () => {
    const contacts = [DANA, { ...TOM, tag: { kind: "updated" as const, phone: null, name: "Tom Rayburn" } }];
    const { list } = await openPeople([participant(DANA, { contacts }), participant(LUIS)]);
    expect(list("People")[0]).toContain("Tom Ray Updated now Tom Rayburn");
  });

  it.each([
    [{ ownerId: null, ownerName: null }, "No owner"],
    [{ ownerId: "u-zoe", ownerName: null }, "Owner: somebody without an account here"],
  ])("say whose a contact of %j is", async (owner, words) => {
    const { list } = await openPeople([participant({ ...DANA, ...owner }), participant(LUIS)]);
    expect(list("People")[0]).toContain(words);
  });
});
