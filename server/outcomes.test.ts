import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import { bodyOf, freshNumbers, openOffice, personWith, type Office } from "./testing/office.ts";
import { startCarrier } from "@partyline/sandbox/carrier/start-carrier";
import { eventually, MAIN_LINE } from "./testing/backend.ts";
import { freePort } from "@partyline/sandbox/ports";
import { databases } from "./testing/databases.ts";

const magic = (last: number) => `+190755501${String(last).padStart(2, "0")}`;
const settled = (states: string[]) =>
  states.length > 0 && states.every((state) => !["queued", "accepted", "sent"].includes(state));
const delivered = (states: string[]) => states.length > 0 && states.every((state) => state === "delivered");
const shown = (message: Message) => message.deliveries.map(({ state, failure }) => [state, failure]);

describe.each(databases)("what the carrier makes of a message on $name", (engine) => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(engine, {
      environment: { UNKNOWN_AFTER_MS: "3000", TELNYX_TIMEOUT_MS: "1500" },
      carrier: { delays: { sentMs: 10, finalizedMs: 30, slowMs: 300, webhookRetryMs: 100 } },
    });
  });
  afterAll(() => office.close());

  const behave = (behaviour: object) => office.carrier("PATCH", "/behaviour", behaviour);
  const open = (...numbers: string[]) =>
    office.openGroup([...numbers, ...freshNumbers(2 - Math.min(1, numbers.length))]);

  /** Each person's state in the order of the roster: the odd one first. */
  async function sendTo(number: string, text: string, isSo: Parameters<Office["outcome"]>[1] = settled) {
    const { id, participants } = await open(number);
    const message = await office.outcome(await office.send(id, text), isSo);
    const rank = (participantId: string) => participants.findIndex((one) => one.id === participantId);
    message.deliveries.sort((one, other) => rank(one.participantId) - rank(other.participantId));
    return message;
  }

  test.concurrent.each([
    ["a landline", magic(1), "failed", "landline"],
    ["somebody whose network takes it for spam", magic(2), "undelivered", "spam_blocked"],
    ["a network that wants registration", magic(3), "failed", "not_registered"],
    ["a handset outside the carrier's network", magic(4), "unconfirmed", null],
    ["an unreachable handset", magic(5), "undelivered", "unreachable"],
    ["a slow handset", magic(6), "delivered", null],
    ["what is no number", magic(8), "failed", "bad_number"],
    ["a handset that is off too long", magic(15), "unconfirmed", null],
    ["a handset that never confirms", magic(16), "unconfirmed", null],
    ["somebody whose receipts come before the answer", magic(12), "delivered", null],
    ["somebody whose receipts come three times", magic(13), "delivered", null],
    ["somebody whose receipts come in the wrong order", magic(14), "delivered", null],
  ])("%s is shown as such, and the other person as delivered", async (who, number, state, failure) => {
    // Each fact in its own time: a reason may come after the state, and a receipt after the guess.
    const message = await sendTo(
      number,
      `To ${who}`,
      (states, { deliveries }) =>
        states.toSorted().join() === [state, "delivered"].toSorted().join() &&
        deliveries.some((delivery) => delivery.state === state && delivery.failure === failure),
    );
    expect(shown(message)).toEqual([
      [state, failure],
      ["delivered", null],
    ]);
    expect(await office.callsWith(`To ${who}`)).toBe(1);
  });

  test("a member the carrier knows as opted out fails by name, nobody else was texted, and the group locks", async () => {
    const message = await sendTo(magic(7), "To one who opted out");
    expect(shown(message)).toEqual([
      ["failed", "opted_out"],
      ["skipped", null],
    ]);
    expect(await office.callsWith("To one who opted out")).toBe(1);
    const group = async () => Group.parse((await office.ava("GET", `/v1/groups/${message.groupId}`)).body);
    const { lock } = await eventually(group, (one) => one.lock !== null);
    expect(lock?.causes).toMatchObject([{ reason: "opted_out" }]);
  });

  test("a carrier that asks for patience gets the message later, once, and in its place", async () => {
    const { id, participants } = await open();
    await behave({ next: ["rate_limited", "queue_full"] });
    const first = await office.send(id, "Patience 1");
    const second = await office.send(id, "Patience 2");
    await office.outcome(second, delivered, 40_000);
    await office.outcome(first, delivered);
    const handset = await office.carrier<{ threads: { texts: { text: string }[] }[] }>(
      "GET",
      `/handsets/${participants[0]!.phone}`,
    );
    expect(handset.threads.flatMap(({ texts }) => texts.map(({ text }) => text))).toEqual(["Patience 1", "Patience 2"]);
    expect(await office.callsWith("Patience 1")).toBe(3);
  });

  test.each([
    ["fails after sending", "server_error_after_sending"],
    ["breaks the connection after sending", "reset_after_sending"],
    ["never answers after sending", "hang_after_sending"],
  ])("a carrier that %s is believed by its receipts, and called once", async (_, fault) => {
    const { id } = await open();
    await behave({ next: [fault] });
    await office.outcome(await office.send(id, `Then ${fault}`), delivered);
    expect(await office.callsWith(`Then ${fault}`)).toBe(1);
  });

  test.each([
    ["fails", "server_error"],
    ["breaks the connection", "reset"],
  ])("a carrier that %s and reports nothing leaves everybody unconfirmed, and is called once", async (_, fault) => {
    const { id } = await open();
    await behave({ next: [fault] });
    const message = await office.send(id, `Only ${fault}`);
    const next = await office.send(id, `After ${fault}`);
    await office.outcome(next, delivered);
    await office.outcome(message, (states) => states.every((state) => state === "unconfirmed"), 30_000);
    expect(await office.callsWith(`Only ${fault}`)).toBe(1);
  });

  test("a refused account fails the message for everybody", async () => {
    const { id } = await open();
    await behave({ next: ["spend_limit"] });
    const message = await office.outcome(await office.send(id, "Over the limit"), settled);
    expect(shown(message)).toEqual([
      ["failed", "auth"],
      ["failed", "auth"],
    ]);
  });

  test("doubled, late and disordered receipts never move a delivery back, and no job fails of them", async () => {
    await behave({ chaos: 0.6, extraWebhooks: 2, disorder: true });
    const { id } = await open();
    const sent = await Promise.all([1, 2, 3, 4].map((number) => office.send(id, `Chaos ${number}`)));
    for (const message of sent) await office.outcome(message, delivered);
    await eventually(
      async () =>
        (await office.backend.context.database.pool.query("select from webhook_event where processed_at is null"))
          .rowCount,
      (open) => open === 0,
    );
    for (const message of sent) await office.outcome(message, delivered, 0);
    // `error` is what the driver calls a refusal by the database, such as a deadlock.
    expect(office.backend.log.filter(({ name, cause }) => name === "JobFailedError" && cause === "error")).toEqual([]);
    await behave({ chaos: 0, extraWebhooks: 0, disorder: false });
  });

  /** A text that was accepted, and whose group locks before the carrier has taken it. */
  async function sendIntoLock(text: string) {
    const [quiet, other] = freshNumbers(2) as [string, string];
    const group = await office.openGroup([quiet, other]);
    const contactId = group.participants[0]!.contacts[0]!.id;
    const disturb = async (doNotDisturb: boolean) =>
      bodyOf(200, await office.crm("PUT", `/v1/contacts/${contactId}`, { ...personWith(quiet), doNotDisturb }));
    await behave({ next: ["rate_limited"] });
    const message = await office.send(group.id, text);
    await disturb(true);
    const held = await office.outcome(message, (_, { held }) => held);
    const settle = (wish: "send" | "discard", user = office.ava) =>
      user("POST", `/v1/groups/${group.id}/messages/${message.id}/held`, { wish });
    return { group, held, disturb, settle };
  }

  test("a text that was accepted before a lock is held: nobody is texted, by itself never", async () => {
    const { group, held, disturb, settle } = await sendIntoLock("Too late");
    expect(shown(held)).toEqual([
      ["queued", null],
      ["queued", null],
    ]);
    const locked = { status: 409, body: { code: "group_locked", refusal: { who: [{ reason: "do_not_disturb" }] } } };
    expect(await settle("send")).toMatchObject(locked);
    const next = { id: randomUUID(), text: "And now?" };
    expect(await office.ava("POST", `/v1/groups/${group.id}/messages`, next)).toMatchObject(locked);
    await disturb(false);
    await office.outcome(await office.send(group.id, "Open again"), delivered);
    expect((await office.messages(group.id)).map(({ text, held }) => [text, held])).toEqual([
      ["Too late", true],
      ["Open again", false],
    ]);
    expect(await office.callsWith("Too late")).toBe(1);

    bodyOf(200, await settle("send"));
    await office.outcome(held, delivered);
    bodyOf(200, await settle("send"));
    bodyOf(200, await settle("discard"));
    expect(await office.messages(group.id)).toMatchObject([
      { held: false, deliveries: [{ state: "delivered" }, {}] },
      {},
    ]);
    // The first was turned away by the busy carrier.
    expect(await office.callsWith("Too late")).toBe(2);
  });

  test("a held text can be discarded while the group is locked, and is never sent then", async () => {
    const { held, disturb, settle } = await sendIntoLock("Never mind");
    expect((await settle("discard", office.cleo)).status).toBe(404);
    bodyOf(200, await settle("discard"));
    await disturb(false);
    bodyOf(200, await settle("send"));
    const kept = await office.outcome(held, (_, message) => !message.held);
    expect(shown(kept)).toEqual([
      ["skipped", null],
      ["skipped", null],
    ]);
    expect(await office.callsWith("Never mind")).toBe(1);
  });
});

describe.each(databases)("a carrier that is away on $name", (engine) => {
  test("gets the message when it is back", async () => {
    const port = await freePort();
    const office = await openOffice(engine, { environment: { TELNYX_API_URL: `http://127.0.0.1:${port}/v2` } });
    const { id } = await office.openGroup(freshNumbers(2));
    const message = await office.send(id, "Anybody there?");
    await eventually(
      async () => office.backend.log,
      (lines) => lines.some(({ cause }) => cause === "CarrierBusyError"),
    );
    const [waiting] = await office.messages(id);
    expect(waiting).toMatchObject({ id: message.id, deliveries: [{ state: "queued" }, { state: "queued" }] });
    const back = await startCarrier({
      port,
      apiKey: "carrier-key",
      webhook: { url: `${office.backend.url}/webhooks/telnyx` },
      numbers: [{ phoneNumber: MAIN_LINE }],
    });
    await office.outcome(message, (states) => states.every((state) => state === "accepted"), 30_000);
    await back.close();
    await office.close();
  });
});
