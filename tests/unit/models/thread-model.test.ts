import { describe, expect, it, vi } from "vitest";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import { ThreadModel } from "../../../utils/models/thread-model.ts";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import { GROUP, inbound, keepThread, outbound, panelWorld } from "./panel-world.ts";

async function openThread(messages: readonly Message[], changed: Partial<Group> = {}, attentive = true) {
  const world = await panelWorld();
  world.attentive.value = attentive;
  await keepThread(world, { ...GROUP, ...changed }, messages);
  const panel = new PanelModel(world.gateway);
  const model = new ThreadModel(world.gateway, panel, GROUP.id);
  await vi.waitFor(() => {
    expect(model.group.value).not.toBeNull();
    expect(model.thread.messages.value).not.toBeNull();
  });
  return { world, panel, model };
}

const kinds = (model: ThreadModel) => model.items.value.map((item) => item.kind);

describe("a thread", () => {
  it("shows days, the line above what is new, and messages in order", async () => {
    const { model } = await openThread(
      [
        outbound(1, "Hello", { createdAt: "2026-03-03T17:00:00Z" }),
        inbound(2, "Hi", { createdAt: "2026-03-04T17:00:00Z" }),
      ],
      { unread: 1, readSeq: 1 },
    );
    await vi.waitFor(() => expect(kinds(model)).toEqual(["day", "message", "day", "new", "message"]));
  });

  it("shows nothing from before a hole, and fetches", async () => {
    const { world, model } = await openThread([inbound(1, "long ago"), inbound(40, "now"), inbound(41, "later")]);
    expect(model.thread.messages.value?.map(({ seq }) => seq)).toEqual([40, 41]);
    expect(model.thread.hasOlder.value).toBe(true);
    world.calls.load_older = async (_, before) => {
      for (let seq = before - 5; seq < before; seq += 1) await world.replica.put("messages", inbound(seq, `m${seq}`));
      return { ok: true, value: { more: true } };
    };
    await model.thread.loadOlder();
    expect(model.thread.messages.value?.[0]?.seq).toBe(35);
  });

  it("makes the backend look at its people when it is opened and come back to, but not all the time", async () => {
    const world = await panelWorld();
    const asked: string[] = [];
    let now = 0;
    world.gateway.now = () => now;
    world.calls.look_at_group = async (groupId) => {
      asked.push(groupId);
      return { ok: true, value: null };
    };
    await keepThread(world, GROUP, []);
    const model = new ThreadModel(world.gateway, new PanelModel(world.gateway), GROUP.id);
    await vi.waitFor(() => expect(asked).toEqual([GROUP.id]));
    expect(model.group.value).not.toBeNull();
    const leaveAndReturn = () => {
      world.attentive.value = false;
      world.attentive.value = true;
    };
    leaveAndReturn();
    expect(asked).toHaveLength(1);
    now = 31_000;
    leaveAndReturn();
    expect(asked).toHaveLength(2);
  });

  it("is fetched whole where sync brought only its latest message", async () => {
    const world = await panelWorld();
    const asked: string[] = [];
    world.calls.load_group = async (groupId) => {
      asked.push(groupId);
      return { ok: true, value: null };
    };
    await keepThread(world, GROUP, [inbound(9, "latest")]);
    const model = new ThreadModel(world.gateway, new PanelModel(world.gateway), GROUP.id);
    await vi.waitFor(() => expect(asked).toEqual([GROUP.id]));
    model[Symbol.dispose]();
  });

  it("is fetched whole again after everything known was dropped", async () => {
    const world = await panelWorld();
    const asked: string[] = [];
    world.calls.load_group = async (groupId) => {
      asked.push(groupId);
      return { ok: true, value: null };
    };
    const whole = Array.from({ length: 20 }, (_, index) => inbound(index + 1, `m${index + 1}`));
    await keepThread(world, GROUP, whole);
    const model = new ThreadModel(world.gateway, new PanelModel(world.gateway), GROUP.id);
    await vi.waitFor(() => expect(model.thread.messages.value).toHaveLength(20));
    expect(asked).toEqual([]);
    await world.replica.clear("messages");
    await keepThread(world, GROUP, whole.slice(-1));
    world.change({ store: "everything" });
    await vi.waitFor(() => expect(asked).toEqual([GROUP.id]));
    model[Symbol.dispose]();
  });

  it("says why a group cannot be shown", async () => {
    const world = await panelWorld();
    const refusal = { reason: "unreachable", backend: "http://127.0.0.1:4310" } as const;
    world.calls.load_group = async () => ({ ok: false, refusal });
    const model = new ThreadModel(world.gateway, new PanelModel(world.gateway), GROUP.id);
    await vi.waitFor(() => expect(model.refusal.value).toEqual(refusal));
  });

  it("shows a sent text at once, and once only when the backend has it", async () => {
    const { world, model } = await openThread([inbound(1, "Hi")]);
    model.writing.write("On my way");
    await model.send();
    await vi.waitFor(() => expect(kinds(model)).toEqual(["day", "message", "pending"]));
    expect(model.writing.draft.text.value).toBe("");
    const command = world.commands.find(({ kind }) => kind === "send_message")!;
    const answered = outbound(2, "On my way", { id: command.kind === "send_message" ? command.body.id : "" });
    await keepThread(world, GROUP, [inbound(1, "Hi"), answered]);
    await vi.waitFor(() => expect(kinds(model)).toEqual(["day", "message", "message"]));
  });

  it("keeps a refused text in place with its reason", async () => {
    const { world, model } = await openThread([inbound(1, "Hi")]);
    model.writing.write("Too late");
    await model.send();
    const [item] = await world.replica.getAll("outbox");
    const refused = {
      reason: "problem",
      code: "group_locked",
      detail: null,
      refusal: null,
      groupId: null,
      retryAfter: null,
    } as const;
    await world.replica.put("outbox", { ...item!, refused });
    world.change({ store: "outbox" });
    await vi.waitFor(() =>
      expect(model.items.value.at(-1)).toMatchObject({ kind: "pending", pending: { text: "Too late", refused } }),
    );
  });

  it("keeps what is being written for each group", async () => {
    const { world, model } = await openThread([]);
    model.writing.write("half a sen");
    await vi.waitFor(async () =>
      expect(await world.replica.get("drafts", GROUP.id)).toEqual({ groupId: GROUP.id, text: "half a sen" }),
    );
    const again = new ThreadModel(world.gateway, new PanelModel(world.gateway), GROUP.id);
    await vi.waitFor(() => expect(again.writing.draft.text.value).toBe("half a sen"));
  });

  it("saves a draft that is left before the pause is over", async () => {
    const { world, model } = await openThread([]);
    model.writing.write("in a hurry");
    model[Symbol.dispose]();
    await vi.waitFor(async () => expect(await world.replica.get("drafts", GROUP.id)).toBeDefined());
  });

  it("shows a new name before the backend has it", async () => {
    const { model } = await openThread([]);
    await model.rename("Elm Street");
    await vi.waitFor(() => expect(model.group.value?.name).toBe("Elm Street"));
  });
});

describe("reading", () => {
  const reads = (world: Awaited<ReturnType<typeof panelWorld>>) =>
    world.commands.flatMap((command) => (command.kind === "mark_read" ? [command.body.seq] : []));

  it("does not happen by opening a thread in a panel nobody looks at", async () => {
    const { world } = await openThread([inbound(1, "Hi")], { unread: 1 }, false);
    expect(reads(world)).toEqual([]);
    expect(world.watched).toEqual([null]);
  });

  it("happens when the panel gets the focus, once", async () => {
    const { world } = await openThread([inbound(1, "Hi"), inbound(2, "There?")], { unread: 2 }, false);
    world.attentive.value = true;
    world.attentive.value = false;
    world.attentive.value = true;
    expect(reads(world)).toEqual([2]);
    expect(world.watched).toEqual([null, GROUP.id, null, GROUP.id]);
  });

  it("stops being watched when the thread is left", async () => {
    const { world, model } = await openThread([inbound(1, "Hi")]);
    model[Symbol.dispose]();
    expect(world.watched).toEqual([GROUP.id, null]);
  });

  it("announces a message that comes in while the thread is open, and none that was there before", async () => {
    const { world, model } = await openThread([inbound(1, "Old")]);
    expect(model.announced.value).toBeNull();
    await keepThread(world, GROUP, [inbound(1, "Old"), inbound(2, "New")]);
    await vi.waitFor(() => expect(model.announced.value?.text).toBe("New"));
  });

  it("draws no line above what comes in before the reader's eyes", async () => {
    const { world, model } = await openThread([inbound(1, "Old")], { readSeq: 1 });
    await keepThread(world, { ...GROUP, readSeq: 1, unread: 1 }, [inbound(1, "Old"), inbound(2, "New")]);
    await vi.waitFor(() => expect(model.items.value).toHaveLength(3));
    expect(kinds(model)).toEqual(["day", "message", "message"]);
  });
});
