import { describe, expect, it, vi } from "vitest";
import { PanelModel } from "../../../utils/models/panel-model.ts";
import { ThreadModel } from "../../../utils/models/thread-model.ts";
import { GROUP, inbound, keepThread, panelWorld } from "./panel-world.ts";

/** The same thread before the user in two tabs, or in a page and in the browser's side panel. */
async function openTwice(draft?: string) {
  const world = await panelWorld();
  await keepThread(world, GROUP, [inbound(1, "Hi")]);
  if (draft !== undefined) await world.replica.put("drafts", { groupId: GROUP.id, text: draft });
  const open = () => new ThreadModel(world.gateway, new PanelModel(world.gateway), GROUP.id);
  const [one, other] = [open(), open()];
  await vi.waitFor(() => expect([text(one), text(other)]).toEqual([draft ?? "", draft ?? ""]));
  const kept = async () => (await world.replica.get("drafts", GROUP.id))?.text;
  const sent = () => world.commands.flatMap((command) => (command.kind === "send_message" ? [command.body.text] : []));
  return { world, one, other, kept, sent };
}

const text = (model: ThreadModel) => model.writing.draft.text.value;

describe("a draft that two panels show", () => {
  it("is sent once: sent in one, it is gone in the other", async () => {
    const { one, other, kept, sent } = await openTwice("See you at nine");
    await other.send();
    await vi.waitFor(() => expect(text(one)).toBe(""));
    expect(text(other)).toBe("");
    await one.send();
    expect(sent()).toEqual(["See you at nine"]);
    expect(await kept()).toBeUndefined();
  });

  it("is gone in the other too when its last words were sent before they were kept", async () => {
    const { one, other, sent } = await openTwice("See you");
    other.writing.write("See you at nine");
    await other.send();
    await vi.waitFor(() => expect(text(one)).toBe(""));
    expect(sent()).toEqual(["See you at nine"]);
  });

  it("is as long in one as in the other, while it is written and when it is taken back", async () => {
    const { one, other, kept } = await openTwice();
    one.writing.write("See you");
    await vi.waitFor(() => expect(text(other)).toBe("See you"));
    other.writing.write("See you at nine");
    await vi.waitFor(() => expect(text(one)).toBe("See you at nine"));
    one.writing.write("");
    await vi.waitFor(() => expect(text(other)).toBe(""));
    expect(await kept()).toBeUndefined();
  });

  it("stays with whoever went on writing, though it was sent from the other", async () => {
    const { one, other, kept, sent } = await openTwice("See you");
    one.writing.write("See you tomorrow");
    await other.send();
    await vi.waitFor(async () => expect(await kept()).toBe("See you tomorrow"));
    expect(text(one)).toBe("See you tomorrow");
    await vi.waitFor(() => expect(text(other)).toBe("See you tomorrow"));
    expect(sent()).toEqual(["See you"]);
  });

  it("keeps what was added to it in one while it was on its way out from the other", async () => {
    const { world, one, other, kept, sent } = await openTwice("See you");
    const enqueue = world.calls.enqueue.bind(world.calls);
    world.calls.enqueue = async (command) => {
      one.writing.write("See you tomorrow");
      await vi.waitFor(() => expect(text(other)).toBe("See you tomorrow"));
      await enqueue(command);
    };
    await other.send();
    await vi.waitFor(() => expect([text(one), text(other)]).toEqual([" tomorrow", " tomorrow"]));
    expect([sent(), await kept()]).toEqual([["See you"], " tomorrow"]);
  });
});

describe("a text on its way to the outbox", () => {
  it("goes once, however often Enter is pressed before the background has it", async () => {
    const { world, one, sent } = await openTwice("See you");
    const enqueue = world.calls.enqueue.bind(world.calls);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    world.calls.enqueue = (command) => promise.then(() => enqueue(command));
    const presses = [one.send(), one.send()];
    resolve(undefined);
    await Promise.all(presses);
    expect(sent()).toEqual(["See you"]);
  });

  it("leaves alone what is written after it", async () => {
    const { world, one, kept } = await openTwice("See you");
    const enqueue = world.calls.enqueue.bind(world.calls);
    world.calls.enqueue = (command) => {
      one.writing.write("Bring the keys");
      return enqueue(command);
    };
    await one.send();
    expect(text(one)).toBe("Bring the keys");
    await vi.waitFor(async () => expect(await kept()).toBe("Bring the keys"));
  });

  it("stays when the background could not be reached, and can be sent again", async () => {
    const { world, one, sent } = await openTwice("See you");
    const enqueue = world.calls.enqueue.bind(world.calls);
    world.calls.enqueue = () => Promise.reject(new Error("no background"));
    await expect(one.send()).rejects.toThrow("no background");
    expect(text(one)).toBe("See you");
    world.calls.enqueue = enqueue;
    await one.send();
    expect(sent()).toEqual(["See you"]);
  });
});
