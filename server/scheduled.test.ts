import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import { Group } from "@partyline/contract/group";
import { sendDue } from "./messages/send-due.ts";
import { eventually, WORKSPACE } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { bodyOf, freshNumbers, openOffice, personWith, type Office } from "./testing/office.ts";

const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();
const HOUR_MS = 3_600_000;
/** So soon that a test waits for it, and late enough to be ahead when a busy backend hears of it. */
const SOON_MS = 2_000;

describe.each(databases)("a message that is to be sent later, on $name", (engine) => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(engine);
  });
  afterAll(() => office.close());

  const read = async (id: string) => Group.parse(bodyOf(200, await office.ava("GET", `/v1/groups/${id}`)));
  const waiting = async (id: string) => (await read(id)).scheduled ?? [];
  const texts = async (id: string) => (await office.messages(id)).map(({ text }) => text);
  const settle = (groupId: string, id: string, wish: "send" | "discard") =>
    office.ava("POST", `/v1/groups/${groupId}/scheduled/${id}/settle`, { wish });

  async function schedule(groupId: string, text: string, aheadMs = HOUR_MS, user = office.ava) {
    const wanted = { id: newId(), text, sendAt: ahead(aheadMs) };
    return { wanted, answer: await user<Group>("POST", `/v1/groups/${groupId}/scheduled`, wanted) };
  }

  async function scheduled(text: string, aheadMs?: number) {
    const group = await office.openGroup(freshNumbers(2));
    const { wanted, answer } = await schedule(group.id, text, aheadMs);
    const { id, sendAt } = wanted;
    expect(bodyOf(201, answer).scheduled).toMatchObject([{ id, text, sendAt, held: null }]);
    return { group, id, sendAt };
  }

  /** Does what the job that was made for this time does, so much later. */
  function letItsTimeCome(groupId: string, id: string, sendAt: string, lateMs = 1_000): Promise<void> {
    const now = () => new Date(Date.parse(sendAt) + lateMs);
    const target = { workspaceId: WORKSPACE.id, groupId, scheduledId: id, sendAt };
    return sendDue({ ...office.backend.context, now }, target);
  }

  /** The directory's word on one of the group's people. */
  async function disturb({ participants }: Group, doNotDisturb: boolean) {
    const [{ phone, contacts } = { phone: "", contacts: [] }] = participants;
    const person = { ...personWith(phone), name: contacts[0]?.name, doNotDisturb };
    bodyOf(200, await office.crm("PUT", `/v1/contacts/${contacts[0]?.id ?? ""}`, person));
  }

  test("goes out at its time, once, as its author's, and waits no longer", async () => {
    const { group } = await scheduled("Doors open", SOON_MS);
    expect(await texts(group.id)).toEqual([]);
    const [sent] = await eventually(
      () => office.messages(group.id),
      (all) => all.length > 0,
    );
    expect(sent).toMatchObject({ text: "Doors open", direction: "outbound", author: { kind: "user" } });
    await office.outcome(sent!, (states) => states.every((state) => state === "delivered"));
    expect(await waiting(group.id)).toEqual([]);
    expect(await office.callsWith("Doors open")).toBe(1);
  });

  test("that meets a lock is held with the reason, and is not sent by the lock's end but by a person", async () => {
    const { group, id, sendAt } = await scheduled("Into a lock");
    await disturb(group, true);
    await letItsTimeCome(group.id, id, sendAt);
    expect(await waiting(group.id)).toMatchObject([{ id, held: "locked" }]);
    expect((await settle(group.id, id, "send")).body).toMatchObject({ code: "group_locked" });
    await disturb(group, false);
    expect(await waiting(group.id)).toMatchObject([{ id, held: "locked" }]);
    expect(await texts(group.id)).toEqual([]);
    expect(bodyOf(200, await settle(group.id, id, "send"))).toMatchObject({ scheduled: [] });
    expect(await texts(group.id)).toEqual(["Into a lock"]);
  });

  test("whose lock ends before its time goes out as planned", async () => {
    const { group, id, sendAt } = await scheduled("Just in time");
    await disturb(group, true);
    await disturb(group, false);
    await letItsTimeCome(group.id, id, sendAt);
    expect(await texts(group.id)).toEqual(["Just in time"]);
  });

  test("with another text and time goes out as it is now, and not at its first time", async () => {
    const { group, id, sendAt } = await scheduled("At two");
    const change = { text: "At three", sendAt: ahead(2 * HOUR_MS) };
    bodyOf(200, await office.ava("PATCH", `/v1/groups/${group.id}/scheduled/${id}`, change));
    await letItsTimeCome(group.id, id, sendAt);
    expect(await texts(group.id)).toEqual([]);
    await letItsTimeCome(group.id, id, change.sendAt);
    await letItsTimeCome(group.id, id, change.sendAt);
    expect(await texts(group.id)).toEqual(["At three"]);
  });

  test("that was held waits again when it is given another time", async () => {
    const { group, id, sendAt } = await scheduled("Good morning");
    await letItsTimeCome(group.id, id, sendAt, 2 * HOUR_MS);
    expect(await waiting(group.id)).toMatchObject([{ id, held: "missed" }]);
    expect(await texts(group.id)).toEqual([]);
    const change = { text: "Good evening", sendAt: ahead(SOON_MS) };
    bodyOf(200, await office.ava("PATCH", `/v1/groups/${group.id}/scheduled/${id}`, change));
    await eventually(
      () => texts(group.id),
      (all) => all.join() === "Good evening",
    );
  });

  test("can be discarded, and is sent neither then nor at its time", async () => {
    const { group, id, sendAt } = await scheduled("Never mind");
    expect(bodyOf(200, await settle(group.id, id, "discard"))).toMatchObject({ scheduled: [] });
    bodyOf(200, await settle(group.id, id, "discard"));
    await letItsTimeCome(group.id, id, sendAt);
    expect(await texts(group.id)).toEqual([]);
  });

  test("can be sent before its time, and by two at once no more than once", async () => {
    const { group, id, sendAt } = await scheduled("Now after all");
    const both = await Promise.all([settle(group.id, id, "send"), settle(group.id, id, "send")]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await letItsTimeCome(group.id, id, sendAt);
    expect(await texts(group.id)).toEqual(["Now after all"]);
  });

  test("is held when its author has lost sight of the group meanwhile", async () => {
    const numbers = freshNumbers(2);
    const people = await office.addPeople(numbers, "u-cleo");
    const made = await office.cleo("POST", "/v1/groups", office.groupRequest(people, numbers));
    const { id } = Group.parse(bodyOf(201, made));
    const { wanted, answer } = await schedule(id, "Not hers any more", HOUR_MS, office.cleo);
    expect(answer.status).toBe(201);
    bodyOf(200, await office.crm("PUT", `/v1/contacts/${people[0]!}`, personWith(numbers[0]!, "u-ben")));
    await letItsTimeCome(id, wanted.id, wanted.sendAt);
    expect(await waiting(id)).toMatchObject([{ id: wanted.id, held: "author_cannot_send" }]);
    expect(await texts(id)).toEqual([]);
  });

  test("survives a restart", async () => {
    const { group } = await scheduled("After the restart", SOON_MS);
    await office.backend.restart();
    await eventually(
      () => texts(group.id),
      (all) => all.join() === "After the restart",
    );
  });

  test.each([
    ["a time that has passed", { sendAt: ahead(-1_000) }, "time_passed"],
    ["a time years ahead", { sendAt: ahead(400 * 24 * HOUR_MS) }, "time_too_far"],
    ["no text", { text: " " }, "empty_message"],
  ])("is refused with %s", async (_, change, reason) => {
    const group = await office.openGroup(freshNumbers(2));
    const wanted = { id: newId(), text: "Later", sendAt: ahead(HOUR_MS), ...change };
    const { status, body } = await office.ava("POST", `/v1/groups/${group.id}/scheduled`, wanted);
    expect({ status, body }).toMatchObject({ status: 422, body: { refusal: { reason } } });
    expect(await waiting(group.id)).toEqual([]);
  });

  test("is refused in a locked group, and when twenty wait already", async () => {
    const group = await office.openGroup(freshNumbers(2));
    for (let count = 0; count < 20; count += 1) await schedule(group.id, `Number ${count}`);
    const { answer } = await schedule(group.id, "One too many");
    expect(answer).toMatchObject({ status: 422, body: { refusal: { reason: "too_many_scheduled", max: 20 } } });
    await disturb(group, true);
    const { answer: locked } = await schedule(group.id, "Locked");
    expect(locked).toMatchObject({ status: 409, body: { code: "group_locked" } });
  });

  test("cannot be changed once it is gone", async () => {
    const { group, id } = await scheduled("Gone");
    await settle(group.id, id, "discard");
    const change = { text: "Too late", sendAt: ahead(HOUR_MS) };
    const { status, body } = await office.ava("PATCH", `/v1/groups/${group.id}/scheduled/${id}`, change);
    expect({ status, body }).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await texts(group.id)).toEqual([]);
  });
});
