import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactsResolved } from "@partyline/contract/contact";
import { Group, type GroupPage } from "@partyline/contract/group";
import { databases } from "../testing/databases.ts";
import { bodyOf, freshNumbers, openOffice, personWith, type Office } from "../testing/office.ts";

type Pair = [string, string];

describe.each(databases)("do-not-disturb by number on $name", (engine) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(engine);
  });
  afterAll(() => office.close());

  const see = async (id: string, user = office.ava) => Group.parse(bodyOf(200, await user("GET", `/v1/groups/${id}`)));
  const put = async (id: string, number: string, more: object = {}) =>
    bodyOf(200, await office.crm("PUT", `/v1/contacts/${id}`, { ...personWith(number), ...more }));
  const remove = (id: string) => office.crm("DELETE", `/v1/contacts/${id}`);
  const write = (id: string) => office.ava("POST", `/v1/groups/${id}/messages`, { id: randomUUID(), text: "Hello?" });
  const lockedIds = async () =>
    bodyOf(200, await office.ava<GroupPage>("GET", "/v1/groups?filter=locked&limit=100")).groups.map(({ id }) => id);
  const contactOf = (group: Group, at = 0) => group.participants[at]!.contacts[0]!.id;

  test("a contact deleted and made anew with the number and do-not-disturb locks the group, and lifting it opens it", async () => {
    const [number, other] = freshNumbers(2) as Pair;
    const group = await office.openGroup([number, other]);
    const again = `c-${randomUUID()}`;
    await remove(contactOf(group));
    expect((await see(group.id)).lock).toBeNull();

    await put(again, number, { name: "Dana Again", doNotDisturb: true });
    const locked = await see(group.id);
    expect(locked.lock?.causes).toMatchObject([
      { participantId: group.participants[0]!.id, reason: "do_not_disturb", by: { id: again, name: "Dana Again" } },
    ]);
    expect(locked.participants[0]).toMatchObject({ doNotDisturb: true, contacts: [{ tag: { kind: "deleted" } }] });
    expect(await lockedIds()).toContain(group.id);
    const refused = await write(group.id);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: "group_locked", refusal: { who: [{ reason: "do_not_disturb", by: { name: "Dana Again" } }] } },
    });
    expect(refused.text).toContain("by the contact Dana Again");

    await put(again, number, { name: "Dana Again" });
    expect((await see(group.id)).lock).toBeNull();
    expect(await lockedIds()).not.toContain(group.id);
    expect((await write(group.id)).status).toBe(202);
  });

  test("a contact deleted on do-not-disturb keeps the lock until its successor with the number comes off it", async () => {
    const [number, other] = freshNumbers(2) as Pair;
    const group = await office.openGroup([number, other]);
    await put(contactOf(group), number, { doNotDisturb: true });
    await remove(contactOf(group));
    const again = `c-${randomUUID()}`;
    await put(again, number, { name: "Merged" });
    expect((await see(group.id)).lock?.causes).toHaveLength(1);
    await put(again, number, { name: "Merged", smsStatus: "active" });
    expect((await see(group.id)).lock?.causes).toMatchObject([{ by: { name: "Merged" } }]);
    await put(again, number, { name: "Merged" });
    expect((await see(group.id)).lock).toBeNull();
  });

  test("a second contact with the number, primary or additional, locks the group and hinders a new one through the first", async () => {
    const [number, other, third, own] = freshNumbers(4) as [string, string, string, string];
    const group = await office.openGroup([number, other]);
    const [extra] = (await office.addPeople([third])) as [string];
    const twin = `c-${randomUUID()}`;
    const phones = [
      { number: own, label: null, primary: true },
      { number: `(${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`, label: "work", primary: false },
    ];
    await put(twin, own, { name: "Twin", smsStatus: "permanent", phones });
    expect((await see(group.id)).lock?.causes).toMatchObject([{ by: { id: twin, name: "Twin" } }]);

    const wanted = office.groupRequest([contactOf(group), extra], [number, third]);
    const refused = await office.ava("POST", "/v1/groups", wanted);
    const refusal = { reason: "do_not_disturb", by: { id: twin, name: "Twin" } };
    expect(refused).toMatchObject({
      status: 422,
      body: { code: "roster_refused", refusal: { who: [{ contactId: contactOf(group), phone: number, refusal }] } },
    });
    const { contacts } = bodyOf(
      200,
      await office.ava<ContactsResolved>("POST", "/v1/contacts/resolve", { ids: [contactOf(group), extra] }),
    );
    const preview = new Map(contacts.map(({ id, doNotDisturbBy }) => [id, doNotDisturbBy]));
    expect(preview.get(extra)).toEqual([]);
    expect(preview.get(contactOf(group))).toEqual([{ phone: number, contact: { id: twin, name: "Twin" } }]);

    // Its phones move on: the number is somebody else's again.
    await put(twin, own, { name: "Twin", smsStatus: "permanent" });
    expect((await see(group.id)).lock).toBeNull();
    expect((await office.ava("POST", "/v1/groups", wanted)).status).toBe(201);
    await put(twin, number, { name: "Twin", smsStatus: "permanent" });
    await remove(twin);
    expect((await see(group.id)).lock).toBeNull();
  });

  test("an import of many locks every group with one of their numbers", async () => {
    const numbers = freshNumbers(4);
    const groups = [await office.openGroup(numbers.slice(0, 2)), await office.openGroup(numbers.slice(2))];
    const contacts = numbers.map((number) => ({
      id: `c-${randomUUID()}`,
      ...personWith(number),
      doNotDisturb: number === numbers[1] || number === numbers[3],
    }));
    bodyOf(200, await office.crm("POST", "/v1/contacts/import", { contacts }));
    const locks = await Promise.all(groups.map(async ({ id }) => (await see(id)).lock?.causes.length));
    expect(locks).toEqual([1, 1]);
  });

  test("one of two contacts behind a number on do-not-disturb locks the group by their own name", async () => {
    const [number, other] = freshNumbers(2) as Pair;
    const [dana, ana, luis] = (await office.addPeople([number, number, other])) as [string, string, string];
    await put(dana, number, { name: "Dana Wu" });
    await put(ana, number, { name: "Ana Silva" });
    const wanted = office.groupRequest([dana, ana, luis], [number, number, other]);
    const { id } = bodyOf(201, await office.ava<Group>("POST", "/v1/groups", wanted));
    await put(ana, number, { name: "Ana Silva", doNotDisturb: true });
    const { lock, participants } = await see(id);
    expect(participants).toHaveLength(2);
    expect(lock?.causes).toMatchObject([{ reason: "do_not_disturb", by: { id: ana, name: "Ana Silva" } }]);
    const refused = await write(id);
    expect(refused).toMatchObject({ status: 409, body: { refusal: { who: [{ by: { id: ana } }] } } });
    expect(refused.text).toContain("by the contact Ana Silva");
    await put(ana, number, { name: "Ana Silva" });
    await put(dana, number, { name: "Dana Wu", smsStatus: "active" });
    expect((await see(id)).lock?.causes).toMatchObject([{ by: { id: dana, name: "Dana Wu" } }]);
    await put(dana, number, { name: "Dana Wu" });
    expect((await see(id)).lock).toBeNull();
  });

  test("a text accepted before is held", async () => {
    const [number, other] = freshNumbers(2) as Pair;
    const group = await office.openGroup([number, other]);
    await office.carrier("PATCH", "/behaviour", { next: ["rate_limited"] });
    const message = await office.send(group.id, "Before the twin");
    const twin = `c-${randomUUID()}`;
    await put(twin, number, { doNotDisturb: true });
    const held = await office.outcome(message, (_, one) => one.held);
    expect(held.deliveries.map(({ state }) => state)).toEqual(["queued", "queued"]);
  });

  test("somebody with assigned data only is not told who a colleague's contact is", async () => {
    const [number, other] = freshNumbers(2) as Pair;
    const people = await office.addPeople([number, other], "u-cleo");
    const { id } = bodyOf(
      201,
      await office.cleo<Group>("POST", "/v1/groups", office.groupRequest(people, [number, other])),
    );
    await put(`c-${randomUUID()}`, number, { name: "Secret Name", doNotDisturb: true });
    expect((await see(id, office.cleo)).lock?.causes).toMatchObject([{ reason: "do_not_disturb", by: null }]);
    expect((await see(id)).lock?.causes).toMatchObject([{ by: { name: "Secret Name" } }]);
    const answers = [
      await office.cleo("POST", `/v1/groups/${id}/messages`, { id: randomUUID(), text: "Hello?" }),
      await office.cleo("POST", "/v1/contacts/resolve", { ids: people }),
      await office.cleo("POST", "/v1/groups", office.groupRequest(people.toReversed(), [other, number])),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 200, 422]);
    expect(answers.map(({ text }) => text).join()).not.toContain("Secret Name");
    expect(answers[1]!.text).toContain(`"doNotDisturbBy":[{"phone":"${number}","contact":null}]`);
  });

  test("a group made while a contact with its number comes up on do-not-disturb is locked or refused, never open", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [number, other] = freshNumbers(2) as Pair;
      const people = await office.addPeople([number, other]);
      const wanted = office.groupRequest(people, [number, other]) as { id: string };
      const [made] = await Promise.all([
        office.ava("POST", "/v1/groups", wanted),
        put(`c-${randomUUID()}`, number, { doNotDisturb: true }),
      ]);
      if (made.status === 201) expect(await lockedIds()).toContain(wanted.id);
      else expect(made).toMatchObject({ status: 422, body: { code: "roster_refused" } });
    }
  });
});
