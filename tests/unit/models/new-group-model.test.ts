import { describe, expect, it, vi } from "vitest";
import { NewGroupModel } from "../../../utils/models/new-group-model.ts";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import { selectionStart } from "../../../utils/models/selection-model.ts";
import { successorStart } from "../../../utils/models/lock-text.ts";
import { goOn } from "../../../utils/models/unfinished-group.ts";
import type { Contact } from "@partyline/contract/contact";
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
  type PanelWorld,
} from "./panel-world.ts";

async function begin(selected: readonly Contact[], prepare?: (world: PanelWorld) => unknown) {
  const world = await panelWorld(selected);
  await prepare?.(world);
  const panel = new PanelModel(world.gateway);
  await vi.waitFor(() => expect(panel.usualNumber.value).not.toBeNull());
  const model = new NewGroupModel(world.gateway, panel, selectionStart(selectionOf(selected)));
  await vi.waitFor(() => expect(model.roster.people.people.value).not.toBeNull());
  return { world, panel, model };
}

/** More than those who are selected. */
function directoryOf(...contacts: Contact[]) {
  return async (world: PanelWorld) => {
    const { calls } = await panelWorld(contacts);
    world.calls.resolve_contacts = (asked) => calls.resolve_contacts(asked);
  };
}

describe("a new group", () => {
  it("picks everybody who can join and names why the others cannot", async () => {
    const { model } = await begin([DANA, LUIS, KIM, JO]);
    expect(model.roster.rows.value.map((row) => [row.contact.name, row.picked.length, row.refusal?.reason])).toEqual([
      ["Dana Wu", 1, undefined],
      ["Luis Ortega", 1, undefined],
      ["Kim Lee", 0, "do_not_disturb"],
      ["Jo Brown", 0, "not_us_ca"],
    ]);
    expect(model.roster.judged.value.ok).toBe(true);
  });

  it("keeps who is added while the directory is slow, and takes its latest answer only", async () => {
    const { model, world } = await begin([DANA, LUIS]);
    const { people } = model.roster;
    const directory = await panelWorld([DANA, LUIS, TOM]);
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = 0;
    world.calls.resolve_contacts = async (which) => {
      const gate = gates[asked];
      asked += 1;
      await gate?.promise;
      return directory.calls.resolve_contacts(which);
    };
    const first = people.lookUp();
    people.add(TOM);
    const second = people.lookUp();
    gates[1]?.resolve();
    await second;
    gates[0]?.resolve();
    await first;
    expect(people.candidates.value.map((one) => one.contact.name)).toEqual(["Dana Wu", "Luis Ortega", "Tom Ray"]);
  });

  it("is refused with one person", async () => {
    const { model } = await begin([DANA, KIM]);
    expect(model.roster.judged.value).toEqual({
      ok: false,
      refusal: { reason: "too_few_participants", count: 1, min: 2 },
    });
  });

  it("is refused with ten and allowed again when two are left out", async () => {
    const ten = Array.from({ length: 10 }, (_, index) => contact(`c-${index}`, `P ${index}`, `(415) 555-011${index}`));
    const { model } = await begin(ten);
    expect(model.roster.judged.value).toMatchObject({ ok: false, refusal: { reason: "too_many_participants" } });
    model.roster.pick("c-3", []);
    model.roster.pick("c-4", []);
    expect(model.roster.judged.value.ok).toBe(true);
  });

  it("takes both phones of one contact", async () => {
    const both = contact("c-both", "Bo Two", "(415) 555-0150", {
      phones: [
        { number: "(415) 555-0150", label: "mobile", primary: true },
        { number: "(415) 555-0151", label: "work", primary: false },
      ],
    });
    const { model } = await begin([both]);
    model.roster.pick("c-both", ["(415) 555-0150", "(415) 555-0151"]);
    expect(model.roster.participants.value).toBe(2);
    expect(model.roster.judged.value.ok).toBe(true);
  });

  it("offers an additional phone where the primary one cannot be texted, and takes it only when asked", async () => {
    const abroad = contact("c-abroad", "Al Road", "+44 20 7946 0958", {
      phones: [
        { number: "+44 20 7946 0958", label: null, primary: true },
        { number: "(415) 555-0160", label: null, primary: false },
      ],
    });
    const { model } = await begin([abroad, DANA]);
    const [row] = model.roster.rows.value;
    expect(row).toMatchObject({ picked: [], refusal: { reason: "not_us_ca", country: "GB" } });
    expect(row?.waysOut.map(({ number }) => number)).toEqual(["+14155550160"]);
    model.roster.pick("c-abroad", ["(415) 555-0160"]);
    expect(model.roster.rows.value[0]).toMatchObject({ picked: ["(415) 555-0160"], refusal: null, waysOut: [] });
  });

  it("offers no other phone of somebody who opted out", async () => {
    const out = contact("c-out", "Opal Out", "(415) 555-0161", {
      phones: [
        { number: "(415) 555-0161", label: null, primary: true },
        { number: "(415) 555-0162", label: null, primary: false },
      ],
      optedOutOf: [{ businessNumber: MAIN_LINE.number, phone: "+14155550161" }],
    });
    const { model } = await begin([out, DANA]);
    expect(model.roster.rows.value[0]).toMatchObject({ refusal: { reason: "opted_out" }, waysOut: [] });
  });

  it("refuses somebody whose number another contact on do-not-disturb has, names that one and offers no other phone", async () => {
    const by = { id: "c-again", name: "Ned Again" };
    const ned = contact("c-ned", "Ned Hart", "(415) 555-0163", {
      phones: [
        { number: "(415) 555-0163", label: null, primary: true },
        { number: "(415) 555-0164", label: null, primary: false },
      ],
      doNotDisturbBy: [{ phone: "+14155550163", contact: by }],
    });
    const { model } = await begin([ned, DANA]);
    expect(model.roster.rows.value[0]).toMatchObject({ refusal: { reason: "do_not_disturb", by }, waysOut: [] });
    expect(model.roster.judged.value.ok).toBe(false);
  });

  it("says before sending that nine are more than the carrier takes as one message", async () => {
    const nine = Array.from({ length: 9 }, (_, index) => contact(`c-${index}`, `P ${index}`, `(415) 555-011${index}`));
    const { model } = await begin(nine);
    expect(model.roster.judged.value).toEqual({
      ok: false,
      refusal: { reason: "too_many_participants", count: 9, max: SESSION.limits.nativeMaxParticipants },
    });
    model.roster.pick("c-3", []);
    expect(model.roster.judged.value.ok).toBe(true);
  });

  it("says who shares a number", async () => {
    const { model } = await begin([DANA, LUIS, contact("c-ana", "Ana Silva", "+14155550142")]);
    expect(model.roster.shared.value.get("+14155550142")).toEqual(["Dana Wu", "Ana Silva"]);
    expect(model.roster.participants.value).toBe(2);
  });

  it("does not let an opt-out towards one business number count for another", async () => {
    const out = { businessNumber: "+14155550102", phone: "+14155550142" };
    const team = {
      ...MAIN_LINE,
      id: "0190a000-0000-7000-8000-0000000000b2",
      number: out.businessNumber,
      isDefault: false,
    };
    const { model } = await begin([{ ...DANA, optedOutOf: [out] }, LUIS, TOM], ({ replica }) =>
      replica.put("facts", { name: "numbers", value: [MAIN_LINE, team] }),
    );
    expect(model.roster.participants.value).toBe(3);
    // What was picked by hand counts no more either.
    model.roster.pick(DANA.id, ["(415) 555-0142"]);
    model.chosenNumberId.value = team.id;
    expect(model.roster.rows.value[0]?.refusal).toEqual({ reason: "opted_out" });
    expect(model.roster.participants.value).toBe(2);
  });

  it("goes to the outbox with its first message and opens its thread", async () => {
    const { world, panel, model } = await begin([DANA, LUIS]);
    model.name.value = "  Elm  ";
    model.write("Hello both");
    await model.send();
    expect(world.commands).toHaveLength(1);
    const [command] = world.commands;
    expect(command).toMatchObject({
      kind: "create_group",
      body: {
        businessNumberId: MAIN_LINE.id,
        name: "Elm",
        participants: [
          { contactId: DANA.id, phone: "(415) 555-0142" },
          { contactId: LUIS.id, phone: "(628) 555-0110" },
        ],
        firstMessage: { text: "Hello both" },
      },
    });
    expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: command?.groupId });
    expect(model.draft.text.value).toBe("");
  });

  it.each([
    ["", "empty_message"],
    [" \n ", "empty_message"],
    ["x".repeat(1601), "text_too_long"],
  ])("keeps a text that cannot be sent", async (text, reason) => {
    const { world, model } = await begin([DANA, LUIS]);
    model.write(text);
    await model.send();
    expect(model.textRefusal.value).toMatchObject({ reason });
    expect(model.draft.text.value).toBe(text);
    expect(world.commands).toEqual([]);
  });

  it("finds the group that has these people already, in whatever order, and opens it with the text", async () => {
    const { world, panel, model } = await begin([TOM, LUIS, DANA], (world) => keepThread(world, GROUP, []));
    await vi.waitFor(() => expect(model.existing.value?.id).toBe(GROUP.id));
    model.write("For all three");
    await model.openExisting();
    expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: GROUP.id });
    expect(await world.replica.get("drafts", GROUP.id)).toEqual({ groupId: GROUP.id, text: "For all three" });
    model.roster.pick(TOM.id, []);
    expect(model.existing.value).toBeNull();
  });

  it("follows the carrier's limit that the backend tells", async () => {
    const three = { ...SESSION, limits: { ...SESSION.limits, maxParticipants: 3 } };
    const { model } = await begin([DANA, LUIS, TOM, contact("c-4", "Four", "(415) 555-0190")], ({ replica }) =>
      replica.put("facts", { name: "session", value: three }),
    );
    await vi.waitFor(() =>
      expect(model.roster.judged.value).toMatchObject({
        ok: false,
        refusal: { reason: "too_many_participants", max: 3 },
      }),
    );
  });

  it("begins a successor with every phone that a contact had in the group", async () => {
    const [one, other] = ["(415) 555-0150", "(415) 555-0151"] as const;
    const bo = contact("c-bo", "Bo Two", one, {
      phones: [
        { number: one, label: "mobile", primary: true },
        { number: other, label: "work", primary: false },
      ],
    });
    const world = await panelWorld([bo, DANA]);
    const panel = new PanelModel(world.gateway);
    const participants = [participant(bo), { ...participant(bo), phone: "+14155550151" }, participant(DANA)];
    const model = new NewGroupModel(world.gateway, panel, successorStart({ ...GROUP, participants }));
    await vi.waitFor(() => expect(model.roster.picks.value).toHaveLength(3));
    expect(model.roster.picks.value.map(({ phone }) => phone)).toEqual([one, other, "(415) 555-0142"]);
  });

  it("tells of a successor's people who stood differently in the group before, and of nobody else", async () => {
    const before = async (now: Contact[], start = successorStart(GROUP)) => {
      const world = await panelWorld(now);
      const model = new NewGroupModel(world.gateway, new PanelModel(world.gateway), start);
      await vi.waitFor(() => expect(model.roster.people.people.value).not.toBeNull());
      return model.roster.rows.value.map((row) => row.before);
    };
    const phones = (...numbers: string[]) => ({
      phones: numbers.map((number, index) => ({ number, label: null, primary: index === 0 })),
    });
    expect(await before([DANA, LUIS, TOM])).toEqual([null, null, null]);
    const kept = { ...DANA, name: "dana  wu", ...phones("(415) 555-0199", "415-555-0142") };
    const both = { ...LUIS, name: "Lou Ortega", ...phones("(628) 555-0111") };
    const abroad = { ...TOM, ...phones("+1 876 555 0123") };
    expect(await before([kept, both, abroad])).toEqual([
      null,
      { name: "Luis Ortega", phones: ["+16285550110"] },
      { name: null, phones: ["+15105550133"] },
    ]);
    // Still theirs, but they opted out with it: they would be texted at the other one.
    const optedOut = {
      ...DANA,
      ...phones("(415) 555-0199", "(415) 555-0142"),
      optedOutOf: [{ businessNumber: MAIN_LINE.number, phone: "+14155550142" }],
    };
    const silent = { ...LUIS, doNotDisturb: true };
    expect(await before([optedOut, silent])).toEqual([{ name: null, phones: ["+14155550142"] }, null]);
    // A page that shows another name of theirs is no group before.
    const page = selectionStart(selectionOf([{ ...DANA, name: "Another Name" }]));
    expect(await before([DANA], page)).toEqual([null]);
  });

  it("offers whom the page has ticked since, and leaves out whom the user left out", async () => {
    const { world, panel, model } = await begin([DANA, LUIS], directoryOf(DANA, LUIS, TOM));
    await panel.selection.take(selectionOf([DANA, LUIS]));
    expect(model.newlyTicked.people.value).toEqual([]);
    await panel.selection.take(selectionOf([DANA, TOM]));
    expect(model.newlyTicked.people.value.map(({ contact }) => contact.name)).toEqual(["Tom Ray"]);
    model.newlyTicked.add();
    expect(model.newlyTicked.people.value).toEqual([]);
    expect(model.roster.rows.value.map(({ contact }) => contact.name)).toEqual(["Dana Wu", "Luis Ortega", "Tom Ray"]);
    const successor = new NewGroupModel(world.gateway, panel, successorStart(GROUP));
    await vi.waitFor(() => expect(successor.roster.people.people.value).not.toBeNull());
    successor.roster.pick(TOM.id, []);
    expect(successor.newlyTicked.people.value).toEqual([]);
  });

  it("goes on with what was chosen when it was left, but not for other people or another user", async () => {
    const { world, panel, model } = await begin([DANA, LUIS], directoryOf(DANA, LUIS, TOM));
    model.name.value = "Elm";
    model.roster.people.add(TOM);
    model.roster.pick(LUIS.id, []);
    const again = async (selected: readonly Contact[]) => {
      const next = new NewGroupModel(world.gateway, panel, selectionStart(selectionOf(selected)));
      await vi.waitFor(() => expect(next.roster.people.people.value).not.toBeNull());
      return [
        next.name.value,
        ...next.roster.rows.value.map(({ contact, picked }) => `${contact.name} ${picked.length}`),
      ];
    };
    expect(await again([DANA, LUIS, TOM])).toEqual(["Elm", "Dana Wu 1", "Luis Ortega 0", "Tom Ray 1"]);
    expect(await again([DANA, TOM])).toEqual(["", "Dana Wu 1", "Tom Ray 1"]);
    panel.navigation.unfinished.value = {
      ...goOn(null, "somebody-else", selectionStart(selectionOf([DANA]))),
      name: "Theirs",
    };
    expect(await again([DANA, LUIS])).toEqual(["", "Dana Wu 1", "Luis Ortega 1"]);
  });
});
