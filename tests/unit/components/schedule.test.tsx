// @vitest-environment happy-dom
import type { Group } from "@partyline/contract/group";
import type { ScheduledMessage } from "@partyline/contract/scheduled";
import { describe, expect, it, vi } from "vitest";
import type { Command } from "../../../utils/command.ts";
import { likelyTimes, toField } from "../../../utils/models/send-times.ts";
import { GROUP, inbound, keepThread, panelWorld, TOM } from "../models/panel-world.ts";
import { drawPanel } from "./draw.tsx";

async function openThread(changed: Partial<Group> = {}) {
  const world = await panelWorld();
  await keepThread(world, { ...GROUP, ...changed }, [inbound(1, "Hi")]);
  const drawn = await drawPanel(world);
  drawn.panel.navigation.openThread(GROUP.id);
  await vi.waitFor(() => expect(drawn.text()).toContain("The beginning of this group"));
  const now = new Date(world.gateway.now());
  const dialog = () => drawn.root.querySelector("[role='dialog']");
  const inDialog = (selector: string) => dialog()?.querySelector<HTMLInputElement>(selector) ?? undefined;
  const plans = () => world.commands.filter(({ kind }) => kind.includes("schedule"));
  return { world, now, dialog, inDialog, plans, ...drawn };
}

/** One that waits in the group. */
function waiting(now: number, changed: Partial<ScheduledMessage> = {}): ScheduledMessage {
  const sendAt = likelyTimes(new Date(now))[0]?.toISOString() ?? "";
  return { id: "s-1", author: { id: "u-ben", name: "Ben" }, text: "Doors at six", sendAt, held: null, ...changed };
}

async function openWith(changed: Partial<ScheduledMessage>, group: Partial<Group> = {}) {
  const now = (await panelWorld()).gateway.now();
  return openThread({ ...group, scheduled: [waiting(now, changed)] });
}

const LOCK: Group["lock"] = {
  since: "2026-03-04T17:12:00Z",
  causes: [{ participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "do_not_disturb" }],
};

describe("sending later", () => {
  it("takes what was written, says to how many, and leaves the composer empty", async () => {
    const { world, now, button, click, field, write, dialog, inDialog, plans, text } = await openThread();
    await write(field("Message 3 people"), "Doors at six");
    await click(button("Send later"));
    await vi.waitFor(() => expect(dialog()?.textContent).toContain("Goes to 3 people."));
    expect(inDialog("textarea")?.value).toBe("Doors at six");
    await click(button("Schedule"));
    await vi.waitFor(() => expect(plans()).toHaveLength(1));
    const sendAt = likelyTimes(now)[0]?.toISOString();
    expect(plans()[0]).toMatchObject({ kind: "schedule_message", body: { text: "Doors at six", sendAt } });
    await vi.waitFor(() => expect(text()).toMatch(/Scheduling for .*…/));
    expect(dialog()).toBeNull();
    await vi.waitFor(() => expect(field("Message 3 people")?.value).toBe(""));
    expect(world.commands.some(({ kind }) => kind === "send_message")).toBe(false);
  });

  it.each([
    ["without a text", " ", null, "Write something first."],
    ["at a time that has passed", "Hi", "2020-01-01T09:00", "This time has passed. Choose a later one."],
    ["at no time", "Hi", "", "Choose a day and a time."],
    [
      "years ahead",
      "Hi",
      "2099-01-01T09:00",
      "A message can be scheduled up to 365 days ahead. Choose an earlier time.",
    ],
  ])("is refused %s, and nothing is lost", async (_, written, time, words) => {
    const { button, click, write, dialog, inDialog, plans } = await openThread();
    await click(button("Send later"));
    await vi.waitFor(() => expect(dialog()).not.toBeNull());
    await write(inDialog("textarea"), written);
    if (time !== null) await write(inDialog("input"), time);
    await click(button("Schedule"));
    await vi.waitFor(() => expect(dialog()?.querySelector("[role='alert']")?.textContent).toBe(words));
    expect(inDialog("textarea")?.value).toBe(written);
    expect(plans()).toEqual([]);
    await write(inDialog(time === null ? "textarea" : "input"), time === null ? "Hi" : "2026-12-01T09:00");
    expect(dialog()?.querySelector("[role='alert']")).toBeNull();
  });

  it("keeps in the composer what was written in the dialog when it is closed", async () => {
    const { button, click, field, write, dialog, inDialog, plans } = await openThread();
    await write(field("Message 3 people"), "Doors at six");
    await click(button("Send later"));
    await vi.waitFor(() => expect(dialog()).not.toBeNull());
    await write(inDialog("textarea"), "Doors at seven");
    await click(button("Cancel"));
    await vi.waitFor(() => expect(dialog()).toBeNull());
    expect(field("Message 3 people")?.value).toBe("Doors at seven");
    await click(button("Send later"));
    await vi.waitFor(() => expect(inDialog("textarea")?.value).toBe("Doors at seven"));
    await write(inDialog("textarea"), "Doors at eight");
    await click(button("Schedule"));
    await vi.waitFor(() => expect(plans()).toMatchObject([{ body: { text: "Doors at eight" } }]));
    await vi.waitFor(() => expect(field("Message 3 people")?.value).toBe(""));
  });

  it("is taken for on its way at its time, and can be looked after when it is long past", async () => {
    const now = (await panelWorld()).gateway.now();
    const ago = (ms: number) => ({ sendAt: new Date(now - ms).toISOString() });
    const onItsWay = await openWith(ago(60_000));
    expect(onItsWay.text()).toContain("Sending…");
    expect(onItsWay.button("Send now")).toBeNull();
    const late = await openWith(ago(10 * 60_000));
    expect(late.button("Send now")).not.toBeNull();
  });

  it("says of a change that came too late what became of the message, and makes another one of it", async () => {
    const { world, button, click, plans, text, dialog } = await openThread();
    const body = { text: "Doors at seven", sendAt: new Date(world.gateway.now() + 3_600_000).toISOString() };
    const base = { id: "o-3", groupId: GROUP.id, madeAt: body.sendAt };
    const command: Command = { ...base, kind: "reschedule_message", scheduledId: "s-9", body };
    const nothing = { detail: null, refusal: null, groupId: null, retryAfter: null };
    const refused = { reason: "problem", code: "not_found", ...nothing } as const;
    await world.replica.put("outbox", { ...command, attempts: 1, notBefore: 0, refused });
    world.change({ store: "outbox" });
    await vi.waitFor(() => expect(text()).toContain("The message was sent or deleted before this change."));
    await click(button("Change"));
    await vi.waitFor(() => expect(dialog()).not.toBeNull());
    await click(button("Schedule"));
    await vi.waitFor(() =>
      expect(plans()).toMatchObject([{ kind: "schedule_message", body: { text: "Doors at seven" } }]),
    );
  });

  it("shows what waits, whose it is, and changes its text and time", async () => {
    const { now, button, click, write, inDialog, plans, text } = await openWith({});
    expect(text()).toMatch(/Doors at six.*, by Ben/);
    await click(button("Change"));
    await vi.waitFor(() => expect(inDialog("textarea")?.value).toBe("Doors at six"));
    await write(inDialog("textarea"), "Doors at seven");
    const later = likelyTimes(now).at(-1)!;
    await write(inDialog("input"), toField(later));
    await click(button("Schedule"));
    const body = { text: "Doors at seven", sendAt: later.toISOString() };
    await vi.waitFor(() => expect(plans()).toMatchObject([{ kind: "reschedule_message", scheduledId: "s-1", body }]));
    // The change stands for it.
    await vi.waitFor(() => expect(text()).not.toContain("Doors at six"));
    expect(text()).toContain("Doors at seven");
  });

  it.each([
    ["Send now", "send", "Sending…"],
    ["Delete", "discard", "Deleting…"],
  ])("offers: %s", async (name, wish, words) => {
    const { button, click, plans, text } = await openWith({});
    await click(button(name));
    await vi.waitFor(() =>
      expect(plans()).toMatchObject([{ kind: "settle_scheduled", scheduledId: "s-1", body: { wish } }]),
    );
    await vi.waitFor(() => expect(text()).toContain(words));
  });

  it.each([
    ["locked", "Held, nobody was texted: the group was locked at its time"],
    ["author_cannot_send", "Held, nobody was texted: Ben could not send here at its time"],
    ["missed", "Held, nobody was texted: it could not go out at its time"],
  ] as const)("says why it was held: %s", async (held, words) => {
    const { text, button } = await openWith({ held });
    expect(text()).toContain(words);
    expect(button("Send now")).not.toBeNull();
  });

  it("cannot be sent while the group is locked, only deleted, and says what will become of it", async () => {
    const { text, button } = await openWith({}, { lock: LOCK });
    expect(text()).toContain("If the group is still locked then, it is held.");
    expect(button("Send now")).toBeNull();
    expect(button("Change")).toBeNull();
    expect(button("Delete")).not.toBeNull();
    expect(button("Send later")).toBeNull();
  });

  it("is only shown to who may not use the number", async () => {
    const sendRefusal = { reason: "number_assigned_to_other", assignedTo: "u" } as const;
    const { text, button } = await openWith({}, { sendRefusal });
    expect(text()).toContain("Doors at six");
    for (const name of ["Send now", "Change", "Delete"]) expect(button(name)).toBeNull();
  });

  it("marks a group in the list as long as one was held", async () => {
    const { panel, text, world } = await openWith({ held: "missed" });
    panel.navigation.back();
    await vi.waitFor(() => expect(text()).toContain("Oak Street closingNot sent"));
    await keepThread(world, { ...GROUP, revision: GROUP.revision + 1, scheduled: [] }, []);
    world.change({ store: "groups", ids: [GROUP.id] });
    await vi.waitFor(() => expect(text()).not.toContain("Not sent"));
  });

  it("that the backend refused is corrected in its place", async () => {
    const { world, now, button, click, plans, text, dialog } = await openThread();
    const body = { id: "s-2", text: "Too late", sendAt: new Date(now.getTime() - 60_000).toISOString() };
    const command: Command = { id: "o-1", groupId: GROUP.id, madeAt: body.sendAt, kind: "schedule_message", body };
    const refused = {
      reason: "problem",
      code: "send_time_refused",
      detail: null,
      refusal: { reason: "time_passed" },
      groupId: null,
      retryAfter: null,
    } as const;
    await world.replica.put("outbox", { ...command, attempts: 1, notBefore: 0, refused });
    world.change({ store: "outbox" });
    await vi.waitFor(() => expect(text()).toContain("This time has passed. Choose a later one."));
    expect(button("Try again")).toBeNull();
    await click(button("Change"));
    await vi.waitFor(() => expect(dialog()).not.toBeNull());
    await click(button("Schedule"));
    const sendAt = likelyTimes(now)[0]?.toISOString();
    await vi.waitFor(() =>
      expect(plans()).toMatchObject([{ kind: "schedule_message", body: { text: "Too late", sendAt } }]),
    );
    await vi.waitFor(async () => expect(await world.replica.get("outbox", "o-1")).toBeUndefined());
  });

  it("that a lock kept back is not offered to be sent at once when the group opens", async () => {
    const { world, now, text, button } = await openThread();
    const body = { id: "s-3", text: "For tonight", sendAt: likelyTimes(now)[0]?.toISOString() ?? "" };
    const command: Command = { id: "o-2", groupId: GROUP.id, madeAt: body.sendAt, kind: "schedule_message", body };
    const nothing = { detail: null, refusal: null, groupId: null, retryAfter: null };
    const refused = { reason: "problem", code: "group_locked", ...nothing } as const;
    await world.replica.put("outbox", { ...command, attempts: 1, notBefore: 0, refused });
    world.change({ store: "outbox" });
    await vi.waitFor(() => expect(text()).toContain("Held: the group was locked."));
    expect(text()).not.toContain("still unsent");
    expect(button("Send it now")).toBeNull();
    expect(button("Change")).not.toBeNull();
  });
});
