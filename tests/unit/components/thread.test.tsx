// @vitest-environment happy-dom
import type { Group, Participant } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import { describe, expect, it, vi } from "vitest";
import {
  DANA,
  delivery,
  GROUP,
  inbound,
  keepThread,
  LUIS,
  outbound,
  panelWorld,
  participant,
  selectionOf,
  TOM,
} from "../models/panel-world.ts";
import { drawPanel } from "./draw.tsx";

async function openThread(messages: readonly Message[] = [inbound(1, "Hi")], changed: Partial<Group> = {}) {
  const world = await panelWorld();
  await keepThread(world, { ...GROUP, ...changed }, messages);
  const drawn = await drawPanel(world);
  drawn.panel.navigation.openThread(GROUP.id);
  await vi.waitFor(() => expect(drawn.text()).toContain("The beginning of this group"));
  return { world, ...drawn };
}

/** Tom keeps the group from sending. */
const LOCKING = { participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "do_not_disturb" as const };

/** What the backend says to a text for a locked group. */
const LOCKED = {
  reason: "problem",
  code: "group_locked",
  detail: null,
  refusal: null,
  groupId: null,
  retryAfter: null,
} as const;

describe("the thread view", () => {
  it("names everybody, the business number, and how many will get a message", async () => {
    const { text, field } = await openThread();
    expect(text()).toContain("Dana, Luis, Tom");
    expect(text()).toContain("(415) 555-0100");
    expect(field("Message 3 people")).toBeDefined();
  });

  it("names all nine participants above the messages", async () => {
    const names = ["Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida"];
    const participants = names.map((name, index) =>
      participant({ ...DANA, id: `c-${index}`, name: `${name} Long-Surname` }, { phone: `+141555501${10 + index}` }),
    );
    const { root } = await openThread(
      [inbound(1, "Hi", { author: { kind: "participant", id: "p-c-0", name: "Ana" } })],
      {
        participants,
      },
    );
    const shown = [...root.querySelectorAll(".thread-people bdi")].map((one) => one.textContent);
    expect(shown).toEqual(names);
    expect(root.querySelector(".thread-people .ellipsis")).toBeNull();
  });

  it("sends with Enter and breaks the line with Shift and Enter", async () => {
    const { world, field, write, text } = await openThread();
    const composer = field("Message 3 people");
    await write(composer, "See you there");
    composer!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
    expect(world.commands.filter(({ kind }) => kind === "send_message")).toEqual([]);
    composer!.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(text()).toContain("Sending…"));
    expect(text()).toContain("See you there");
    expect(field("Message 3 people")?.value).toBe("");
  });

  it("sends what was written when it was pressed, and keeps what is written while that is looked at", async () => {
    const { world, field, write, button, click, text } = await openThread();
    const look = Promise.withResolvers<boolean>();
    world.gateway.wasInSight = () => look.promise;
    await write(field("Message 3 people"), "See you there");
    await click(button("Send"));
    await click(button("Send"));
    await write(field("Message 3 people"), "See you there. Bring the keys");
    look.resolve(true);
    await vi.waitFor(() => expect(text()).toContain("Sending…"));
    const sent = world.commands.filter(({ kind }) => kind === "send_message");
    expect(sent.map(({ body }) => body)).toMatchObject([{ text: "See you there" }]);
    await vi.waitFor(() => expect(field("Message 3 people")?.value).toBe(". Bring the keys"));
  });

  it("keeps a text that is too long and says by how much", async () => {
    const { world, field, write, button, click, text } = await openThread();
    await write(field("Message 3 people"), "x".repeat(1601));
    expect(text()).toContain("1 character too many");
    await click(button("Send"));
    await vi.waitFor(() => expect(text()).toContain("1 character too many: a text holds 1,600."));
    expect(field("Message 3 people")?.value).toHaveLength(1601);
    expect(world.commands.some(({ kind }) => kind === "send_message")).toBe(false);
  });

  it("counts the characters left only near the limit", async () => {
    const { field, write, text } = await openThread();
    await write(field("Message 3 people"), "x".repeat(1399));
    expect(text()).not.toContain("left");
    await write(field("Message 3 people"), "x".repeat(1400));
    expect(text()).toContain("200 characters left");
  });

  it("says who keeps the group locked, why and since when, and leads on without them", async () => {
    const lock: Group["lock"] = {
      since: "2026-03-04T17:12:00Z",
      causes: [
        { participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "do_not_disturb", since: "2026-03-04T17:14:00Z" },
      ],
    };
    const { panel, text, field, button, click } = await openThread([inbound(1, "Hi")], { lock });
    expect(text()).toMatch(/Locked: Tom Ray is on do-not-disturb since \d+:14/);
    expect(field("Message 3 people")).toBeUndefined();
    await click(button("New group without Tom"));
    await vi.waitFor(() => expect(text()).toContain("2 of 8"));
    expect(panel.navigation.route.value).toMatchObject({ view: "new_group", start: { name: "Oak Street closing" } });
    expect(field("Message 2 people")).toBeDefined();
  });

  it.each([
    [
      { id: "c-again", name: "Tom R." },
      /Locked: Tom Ray’s number is on do-not-disturb since \d+:14 [AP]M, by the contact Tom R\.\./,
    ],
    [null, /Locked: Tom Ray’s number is on do-not-disturb since \d+:14 [AP]M, by another contact\./],
  ])("names the contact whose do-not-disturb it is where that is not the participant's own", async (by, words) => {
    const since = "2026-03-04T17:14:00Z";
    const cause = { participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "do_not_disturb" as const, since, by };
    const { text, button } = await openThread([inbound(1, "Hi")], { lock: { since, causes: [cause] } });
    expect(text()).toMatch(words);
    expect(button("New group without Tom")).not.toBeNull();
  });

  it("names the one of two behind a number whose do-not-disturb it is, and both who are left out for it", async () => {
    const since = "2026-03-04T17:14:00Z";
    const [dana, luis, tom] = GROUP.participants as [Participant, Participant, Participant];
    const shared = { ...tom, contacts: [...tom.contacts, { id: "c-tess", name: "Tess Ray", ownerName: null }] };
    const by = { id: "c-tess", name: "Tess Ray" };
    const cause = { participantId: tom.id, name: "Tom Ray & Tess Ray", reason: "do_not_disturb" as const, since, by };
    const lock = { since, causes: [cause] };
    const { text, button } = await openThread([inbound(1, "Hi")], { lock, participants: [dana, luis, shared] });
    expect(text()).toMatch(/Locked: Tom Ray & Tess Ray’s number is on do-not-disturb .*, by the contact Tess Ray\./);
    expect(button("New group without Tom & Tess")).not.toBeNull();
  });

  it("ties a group without them to the one it follows", async () => {
    const { world, text, button, click, field, write } = await openThread();
    await click(button("People in this group, 3"));
    await vi.waitFor(() => expect(button("Change people (new group)")).not.toBeNull());
    await click(button("Change people (new group)"));
    await vi.waitFor(() => expect(text()).toContain("You already have this group."));
    await click(document.querySelector("input[type='checkbox']"));
    await vi.waitFor(() => expect(field("Message 2 people")).toBeDefined());
    await write(field("Message 2 people"), "Just us two");
    await click(button("Send"));
    await vi.waitFor(() =>
      expect(world.commands.find(({ kind }) => kind === "create_group")?.body).toMatchObject({
        successorOf: GROUP.id,
        name: "Oak Street closing",
      }),
    );
  });

  it("leads from a thread that nobody made to a group with the same people", async () => {
    const changed = { discovered: true, createdBy: null, name: null };
    const world = await panelWorld();
    await keepThread(world, { ...GROUP, ...changed }, [inbound(1, "All of us")]);
    const { panel, text, field, button, click } = await drawPanel(world);
    panel.navigation.openThread(GROUP.id);
    await vi.waitFor(() => expect(text()).toContain("These people wrote to you together"));
    expect(field("Message 3 people")).toBeUndefined();
    await click(button("Make it a group"));
    await vi.waitFor(() => expect(field("Message 3 people")).toBeDefined());
    expect(text()).not.toContain("You already have this group.");
  });

  it("opens a linked group from the people drawer", async () => {
    const links = [
      { groupId: "0190a000-0000-7000-8000-0000000000ff", title: "Oak Street", relation: "predecessor" as const },
    ];
    const { panel, button, click } = await openThread([inbound(1, "Hi")], { links });
    await click(button("People in this group, 3"));
    await vi.waitFor(() => expect(button("Group it came from: Oak Street")).not.toBeNull());
    await click(button("Group it came from: Oak Street"));
    expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: links[0]?.groupId });
  });

  it("lets somebody read who may not use the number, and says why they cannot write", async () => {
    const sendRefusal = { reason: "number_assigned_to_other", assignedTo: "u" } as const;
    const { text, field, button, click, root } = await openThread([inbound(1, "Hi")], { sendRefusal });
    expect(text()).toContain("You can read this group. Assigned to somebody else");
    expect(field("Message 3 people")).toBeUndefined();
    expect(button("Rename group")).toBeNull();
    const rename = button("You can read this group, not rename it. Assigned to somebody else");
    expect(rename?.getAttribute("aria-disabled")).toBe("true");
    await click(rename);
    expect(root.querySelector("[role='dialog']")).toBeNull();
  });

  it("opens the list of people behind the delivery line", async () => {
    const deliveries = [delivery(DANA), delivery(LUIS), delivery(TOM, { state: "failed", failure: "landline" })];
    const { button, click, list } = await openThread([outbound(1, "Hello", { deliveries })]);
    await click(button("2 of 3 delivered · Tom: landline"));
    expect(list("Delivery to each person").map((line) => line.replace(/\d+:.*/, ""))).toEqual([
      "Dana Wudelivered",
      "Luis Ortegadelivered",
      "Tom Raylandline",
    ]);
  });

  it("offers to try a refused text again or to discard it", async () => {
    const { world, text, field, write, button, click } = await openThread();
    await write(field("Message 3 people"), "Too late");
    await click(button("Send"));
    await vi.waitFor(async () => expect(await world.replica.count("outbox")).toBe(1));
    const [item] = await world.replica.getAll("outbox");
    const refused = { ...LOCKED, code: "rate_limited" };
    await world.replica.put("outbox", { ...item!, refused });
    world.change({ store: "outbox" });
    await vi.waitFor(() => expect(text()).toMatch(/Not sent\. ./));
    expect(button("Try again")).not.toBeNull();
    await click(button("Discard"));
    await vi.waitFor(() => expect(text()).not.toContain("Too late"));
  });

  it("keeps what was being written when a lock came, for when the group is open again", async () => {
    const { world, text, field, write } = await openThread();
    const words = "Not to be lost";
    await write(field("Message 3 people"), words);
    const lock: Group["lock"] = { since: "2026-03-04T17:12:00Z", causes: [LOCKING] };
    await keepThread(world, { ...GROUP, lock, revision: 8 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(text()).toContain("Nobody can write here while the group is locked."));
    expect(field("Message 3 people")).toBeUndefined();
    await keepThread(world, { ...GROUP, lock: null, revision: 9 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(field("Message 3 people")?.value).toBe(words));
  });

  it("leads whoever writes when a lock comes to what it says, and takes none of their letters for a key", async () => {
    const { world, text, field, write, press, root } = await openThread();
    field("Message 3 people")!.focus();
    await write(field("Message 3 people"), "Sto");
    const lock: Group["lock"] = { since: "2026-03-04T17:12:00Z", causes: [LOCKING] };
    await keepThread(world, { ...GROUP, lock, revision: 8 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(field("Message 3 people")).toBeUndefined());
    const banner = document.activeElement!;
    const said = root.ownerDocument.getElementById(banner.getAttribute("aria-labelledby") ?? "");
    expect([banner.getAttribute("role"), said?.textContent]).toEqual(["status", expect.stringMatching(/^Locked: Tom/)]);
    for (const letter of ["p", "?", "n"]) await press(letter);
    expect(root.querySelector("[role='dialog']")).toBeNull();
    await keepThread(world, { ...GROUP, lock: null, revision: 9 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(field("Message 3 people")?.value).toBe("Sto"));
    expect(document.activeElement).toBe(field("Message 3 people"));
    expect(text()).not.toContain("Locked");
  });

  it("leaves the focus where somebody went meanwhile when the group is open again", async () => {
    const { world, field, button } = await openThread();
    field("Message 3 people")!.focus();
    const lock: Group["lock"] = { since: "2026-03-04T17:12:00Z", causes: [LOCKING] };
    await keepThread(world, { ...GROUP, lock, revision: 8 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(field("Message 3 people")).toBeUndefined());
    button("Rename group")!.focus();
    await keepThread(world, { ...GROUP, lock: null, revision: 9 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(field("Message 3 people")).toBeDefined());
    expect(document.activeElement).toBe(button("Rename group"));
  });

  it("leads whoever writes when the number is taken from them to the reason", async () => {
    const { world, field, press, root } = await openThread();
    field("Message 3 people")!.focus();
    const sendRefusal = { reason: "number_not_connected" } as const;
    await keepThread(world, { ...GROUP, sendRefusal, revision: 8 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("You can read this group."));
    await press("p");
    expect(root.querySelector("[role='dialog']")).toBeNull();
  });

  it("holds what a lock refused, and offers it with one click once the group is open again", async () => {
    const lock: Group["lock"] = {
      since: "2026-03-04T17:12:00Z",
      causes: [{ participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "opted_out" }],
    };
    const { world, text, button, buttons, click } = await openThread([inbound(1, "Hi")], { lock });
    const retried: string[] = [];
    world.calls.retry_command = async (id) => void retried.push(id);
    for (const id of ["0190a000-0000-7000-9000-0000000000e1", "0190a000-0000-7000-9000-0000000000e2"]) {
      await world.calls.enqueue({
        id,
        groupId: GROUP.id,
        madeAt: "2026-03-04T17:30:00Z",
        kind: "send_message",
        body: { id, text: `Written meanwhile ${id.at(-1)}` },
      });
      const item = await world.replica.get("outbox", id);
      await world.replica.put("outbox", { ...item!, refused: LOCKED });
    }
    world.change({ store: "outbox" });
    await vi.waitFor(() => expect(text()).toContain("2 messages are held and were not sent."));
    expect([button("Send all 2"), button("Try again")]).toEqual([null, null]);
    await keepThread(world, { ...GROUP, lock: null, revision: 9 }, [inbound(1, "Hi")]);
    await vi.waitFor(() => expect(text()).toContain("The group is open again. 2 messages were held"));
    expect(retried).toEqual([]);
    world.gateway.wasInSight = async () => false;
    await click(button("Send all 2"));
    for (const retry of buttons("Try again")) await click(retry);
    await vi.waitFor(() => expect(text()).toContain("Something on this page hides Partyline"));
    expect(retried).toEqual([]);
    world.gateway.wasInSight = async () => true;
    await click(button("Send all 2"));
    await vi.waitFor(() => expect(retried.map((id) => id.at(-1))).toEqual(["1", "2"]));
  });

  it("says which accepted text a lock held back, and sends or discards it only when told to", async () => {
    const lock: Group["lock"] = {
      since: "2026-03-04T17:12:00Z",
      causes: [{ participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "opted_out" }],
    };
    const texts = [outbound(1, "At nine?", { held: true }), outbound(2, "Or ten?", { held: true })];
    const { world, text, button, click } = await openThread(texts, { lock });
    await vi.waitFor(() => expect(text()).toContain("2 messages are held and were not sent."));
    expect(text()).toContain("Held: the group was locked.");
    expect([button("Send all 2"), button("Try again")]).toEqual([null, null]);
    await click(button("Discard"));
    await vi.waitFor(() => expect(text()).toContain("Discarded, never sent"));
    await keepThread(world, { ...GROUP, revision: 9 }, texts);
    await vi.waitFor(() => expect(text()).toContain("The group is open again. 1 message was held"));
    world.gateway.wasInSight = async () => false;
    await click(button("Try again"));
    await vi.waitFor(() => expect(text()).toContain("Something on this page hides Partyline"));
    expect(text()).toContain("The group is open again. 1 message was held");
    world.gateway.wasInSight = async () => true;
    await click(button("Try again"));
    await vi.waitFor(() => expect(text()).not.toContain("held"));
    expect(
      world.commands.flatMap((one) => (one.kind === "settle_held" ? [[one.messageId, one.body.wish]] : [])),
    ).toEqual([
      [texts[0]!.id, "discard"],
      [texts[1]!.id, "send"],
    ]);
  });

  it("offers nobody to send what was held who may not use the group's number", async () => {
    const changed = { sendRefusal: { reason: "number_not_connected" as const } };
    const { text, button } = await openThread([outbound(1, "At nine?", { held: true })], changed);
    expect(text()).toContain("Held: the group was locked.");
    expect([button("Send it now"), button("Try again"), button("Discard")]).toEqual([null, null, null]);
  });

  it("leads from a locked group to the one that follows it", async () => {
    const lock: Group["lock"] = {
      since: "2026-03-04T17:12:00Z",
      causes: [{ participantId: `p-${TOM.id}`, name: "Tom Ray", reason: "do_not_disturb" }],
    };
    const next = {
      ...GROUP,
      id: "0190a000-0000-7000-8000-0000000000f9",
      participants: [DANA, LUIS].map((one) => participant(one)),
    };
    const links = [{ groupId: next.id, title: "Oak Street closing", relation: "successor" as const }];
    const { world, panel, button, click } = await openThread([inbound(1, "Hi")], { lock, links });
    expect(button("New group without Tom")).not.toBeNull();
    await keepThread(world, next, []);
    await vi.waitFor(() => expect(button("New group without Tom")).toBeNull());
    await click(button("Open Oak Street closing, which follows it"));
    expect(panel.navigation.route.value).toEqual({ view: "thread", groupId: next.id });
  });

  it.each([
    ["is locked as well", { lock: { since: "2026-03-04T17:12:00Z", causes: [LOCKING] } }],
    ["has them in it under another number", { participants: [participant(TOM, { phone: "+15105550134" })] }],
  ] satisfies [string, Partial<Group>][])("leads past a group that follows it and %s", async (_, changed) => {
    const other = { ...GROUP, id: "0190a000-0000-7000-8000-0000000000f9", ...changed };
    const links = [{ groupId: other.id, title: "Beta", relation: "successor" as const }];
    const lock = { since: "2026-03-04T17:12:00Z", causes: [LOCKING] };
    const world = await panelWorld();
    const asked: string[] = [];
    world.calls.load_group = async (groupId) => {
      asked.push(groupId);
      if (groupId === other.id) await keepThread(world, other, []);
      return { ok: true, value: null };
    };
    await keepThread(world, { ...GROUP, lock, links }, [inbound(1, "Hi")]);
    const { panel, button, text, click } = await drawPanel(world);
    panel.navigation.openThread(GROUP.id);
    await vi.waitFor(() => expect(asked).toContain(other.id));
    await vi.waitFor(() => expect(panel.groups.all.value).toHaveLength(2));
    expect(text()).not.toContain("which follows it");
    await click(button("New group without Tom"));
    await vi.waitFor(() => expect(text()).toContain("2 of 8"));
  });

  it("says of one who wrote alone that the CRM is where to answer, and leads there", async () => {
    const alone = { discovered: true, createdBy: null, name: null, participants: [participant(TOM)] };
    const world = await panelWorld();
    await keepThread(world, { ...GROUP, ...alone }, [inbound(1, "Just me")]);
    const opened: string[] = [];
    world.calls.open_record = async (url) => void opened.push(url);
    const { panel, text, button, click, root } = await drawPanel(world);
    world.events.push({ kind: "selection", selection: selectionOf([]) });
    await vi.waitFor(() => expect(text()).toContain("Wrote alone"));
    panel.navigation.openThread(GROUP.id);
    await vi.waitFor(() => expect(text()).toContain("Tom Ray wrote to you alone, outside of any group"));
    expect(text()).toContain("Partyline texts groups only. Answer Tom Ray in the CRM’s own conversation.");
    expect(text()).not.toMatch(/together|Discovered|Make it a group/);
    await click(root.querySelector(".thread-lone a"));
    expect(opened).toEqual(["https://crm.example.com/contacts/c-tom"]);
    await click(button("Make a group with others"));
    await vi.waitFor(() => expect(panel.navigation.route.value).toMatchObject({ view: "new_group" }));
  });

  it("offers nobody a group without the only one in it", async () => {
    const lock = { since: "2026-03-04T17:12:00Z", causes: [LOCKING] };
    const alone = { discovered: true, createdBy: null, name: null, participants: [participant(TOM)], lock };
    const world = await panelWorld();
    await keepThread(world, { ...GROUP, ...alone }, [inbound(1, "Just me")]);
    const { panel, text, button } = await drawPanel(world);
    panel.navigation.openThread(GROUP.id);
    await vi.waitFor(() => expect(text()).toContain("Locked: Tom Ray is on do-not-disturb"));
    expect(button("New group without Tom")).toBeNull();
    expect(text()).toContain("Answer Tom Ray in the CRM’s own conversation.");
  });

  it("announces a message that comes in, once", async () => {
    const { world, root } = await openThread();
    const voice = () => root.querySelector("[aria-live='polite']")?.textContent;
    expect(voice()).toBe("");
    await keepThread(world, GROUP, [inbound(1, "Hi"), inbound(2, "At noon?")]);
    await vi.waitFor(() => expect(voice()).toBe("Luis Ortega: At noon?"));
  });

  it("writes web addresses as links and nothing else as markup", async () => {
    const { root } = await openThread([inbound(1, "See https://example.com/a?b=1. <b>now</b>")]);
    await vi.waitFor(() =>
      expect(root.querySelector(".bubble a")?.getAttribute("href")).toBe("https://example.com/a?b=1"),
    );
    expect(root.querySelector(".bubble b")).toBeNull();
  });
});

describe("the people drawer", () => {
  it("tags who was updated, deleted or is on do-not-disturb, with what changed", async () => {
    const participants = [
      participant(DANA, {
        contacts: [{ ...DANA, tag: { kind: "updated", phone: "(628) 555-0199", name: null } }],
      }),
      participant(LUIS, { contacts: [{ ...LUIS, tag: { kind: "deleted" } }] }),
      participant(TOM, { doNotDisturb: true }),
    ];
    const { button, click, list } = await openThread([inbound(1, "Hi")], { participants });
    await click(button("People in this group, 3"));
    await vi.waitFor(() => expect(list("People")).toHaveLength(3));
    const [dana, luis, tom] = list("People");
    expect(dana).toContain("Updated");
    expect(dana).toContain("now (628) 555-0199");
    expect(luis).toContain("Deleted");
    expect(tom).toContain("DND");
    expect(tom).toContain("Owner: Ava Brooks");
  });

  it.each([
    ["lui", "Luis Ortega"],
    ["555-0133", "Tom Ray"],
  ])("finds somebody by %j", async (query, name) => {
    const { button, click, list, field, write } = await openThread();
    await click(button("People in this group, 3"));
    await vi.waitFor(() => expect(list("People")).toHaveLength(3));
    await write(field("Find by name or number"), query);
    expect(list("People")).toHaveLength(1);
    expect(list("People")[0]).toContain(name);
  });
});
