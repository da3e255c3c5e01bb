import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as newId } from "uuid";
import type { Group } from "@partyline/contract/group";
import type { MessagePage } from "@partyline/contract/message";
import { DANA, LUIS, TOM } from "@partyline/sandbox/highlevel/highlevel-bench";
import { eventually, MAIN_LINE, WORKSPACE } from "../../testing/backend.ts";
import { openCrmOffice, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf } from "../../testing/office.ts";
import { copyTimelines } from "./copy-timelines.ts";

describe.each(databases)("copies on the CRM's timelines on $name", (engine) => {
  let office: CrmOffice;
  let group: Group;
  const copy = () => copyTimelines(office.backend.context, WORKSPACE.id);
  const notes = () => office.crm.control<{ contactId: string; body: string }[]>("GET", "/notes");
  const notesWith = async (text: string) => (await notes()).filter(({ body }) => body.includes(text));
  const messages = async () =>
    bodyOf(200, await office.ava<MessagePage>("GET", `/v1/groups/${group.id}/messages`)).messages;
  const send = async (text: string) => {
    const id = newId();
    bodyOf(202, await office.ava("POST", `/v1/groups/${group.id}/messages`, { id, text }));
    await eventually(messages, (all) =>
      all.some((one) => one.id === id && one.deliveries.every(({ state }) => state === "delivered")),
    );
  };

  beforeAll(async () => {
    office = await openCrmOffice(engine, { timelineCopies: true });
    await office.connect();
    group = await office.openGroup();
  });
  afterAll(() => office.close());

  test("a sent message stands on each contact's timeline once, with its author and marked as a copy", async () => {
    await send("Closing at 3 pm");
    await copy();
    await copy();
    const copies = await notesWith("Closing at 3 pm");
    expect(copies.map(({ contactId }) => contactId).toSorted()).toEqual([DANA.id, LUIS.id, TOM.id]);
    expect(copies[0]?.body).toBe(
      "Group text from Ava Brooks to Dana Wu, Luis Ortega, Tom Ray:\nClosing at 3 pm\nCopied by Partyline",
    );
  });

  test("a reply is copied too, and no copy becomes a message", async () => {
    const before = (await messages()).length;
    await fetch(`${office.backend.carrier.url}/control/handsets/${encodeURIComponent(LUIS.phone ?? "")}/texts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: [MAIN_LINE, DANA.phone, TOM.phone], text: "Works for me" }),
    });
    await eventually(messages, (all) => all.length === before + 1);
    await copy();
    const [one] = await notesWith("Works for me");
    expect(one?.body).toContain("Group text from Luis Ortega to Dana Wu, Tom Ray:");
    await copy();
    expect(await messages()).toHaveLength(before + 1);
    expect(await notesWith("Works for me")).toHaveLength(3);
  });

  test("what the CRM did not take is written at the next run, and keeps the others from nothing", async () => {
    await send("Keys are with the agent");
    await office.crm.behave({ next: ["server_error"] });
    await copy();
    expect(await notesWith("Keys are with the agent")).toHaveLength(2);
    await copy();
    expect(await notesWith("Keys are with the agent")).toHaveLength(3);
  });

  test.each(["done_then_reset", "done_then_garbage", "done_then_gateway_timeout"])(
    "what the CRM may have taken is never written twice (%s), and the others get theirs",
    async (fault) => {
      const text = `Bring the papers: ${fault}`;
      await send(text);
      await office.crm.behave({ next: [fault] });
      await copy();
      await copy();
      const contacts = (await notesWith(text)).map(({ contactId }) => contactId);
      expect(contacts.toSorted()).toEqual([DANA.id, LUIS.id, TOM.id]);
    },
  );

  test("after a second failure the CRM is left alone until the next run", async () => {
    await send("The gate is open");
    const before = await office.crm.callsTo("/contacts/");
    await office.crm.behave({ next: ["server_error", "reset"] });
    await copy();
    expect((await office.crm.callsTo("/contacts/")) - before).toBe(2);
    await copy();
    // Whether the one that was cut off is there is not known: here it is not, and it stays so.
    expect(await notesWith("The gate is open")).toHaveLength(2);
  });
});

test("without the setting nothing is copied", async () => {
  const office = await openCrmOffice(databases[0]!);
  await office.connect();
  const group = await office.openGroup();
  bodyOf(202, await office.ava("POST", `/v1/groups/${group.id}/messages`, { id: newId(), text: "Hello" }));
  await eventually(
    async () => bodyOf(200, await office.ava<MessagePage>("GET", `/v1/groups/${group.id}/messages`)).messages,
    ([one]) => one?.deliveries.every(({ state }) => state === "delivered") ?? false,
  );
  await copyTimelines(office.backend.context, WORKSPACE.id);
  expect(await office.crm.control("GET", "/notes")).toEqual([]);
  await office.close();
});
