import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signingKey, type SigningKey } from "@partyline/sandbox/carrier/signing-key";
import { eventually, MAIN_LINE } from "./testing/backend.ts";
import { databases } from "./testing/databases.ts";
import { freshNumbers, openOffice, patient, type Office } from "./testing/office.ts";

const [DANA, LUIS] = freshNumbers(2) as [string, string];

interface InboundFacts {
  eventId?: string;
  messageId?: string;
  own?: string;
  text: string;
  from?: string;
  cc?: string[];
  at?: Date;
}

/** A reply as the carrier would report it. */
function inbound({
  eventId,
  messageId,
  own = MAIN_LINE,
  text,
  from = DANA,
  cc = [LUIS],
  at = new Date(),
}: InboundFacts) {
  return {
    data: {
      id: eventId ?? randomUUID(),
      event_type: "message.received",
      occurred_at: at.toISOString(),
      payload: {
        id: messageId ?? randomUUID(),
        direction: "inbound",
        from: { phone_number: from },
        to: [{ phone_number: own }],
        cc: cc.map((phone_number) => ({ phone_number })),
        text,
      },
      record_type: "event",
    },
  };
}

describe.each(databases)("webhooks on $name", (engine) => {
  const keyFolder = mkdtempSync(join(tmpdir(), "partyline-carrier-"));
  let office: Office;
  let key: SigningKey;
  let groupId: string;

  beforeAll(async () => {
    office = await openOffice(engine, { carrier: { dataFolder: keyFolder } });
    key = signingKey(keyFolder);
    groupId = (await office.openGroup([DANA, LUIS])).id;
  });
  afterAll(async () => {
    await office.close();
    rmSync(keyFolder, { recursive: true });
  });

  const texts = async () => (await office.messages(groupId)).map(({ text }) => text);

  function post(body: string, headers: Record<string, string>, query = ""): Promise<Response> {
    return fetch(`${office.backend.url}/webhooks/telnyx${query}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  }

  function signed(event: object | string, { ageS = 0, query = "" } = {}): Promise<Response> {
    const body = typeof event === "string" ? event : JSON.stringify(event);
    const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
    const signature = key.sign(timestamp, body);
    return post(body, { "telnyx-timestamp": timestamp, "telnyx-signature-ed25519": signature }, query);
  }

  async function stored(): Promise<{ outcome: string | null; processed_at: Date | null }[]> {
    const { rows } = await office.backend.context.database.pool.query<{ outcome: string; processed_at: Date }>(
      "select outcome, processed_at from webhook_event order by received_at",
    );
    return rows;
  }

  test("a signed reply is kept", async () => {
    expect((await signed(inbound({ text: "Genuine" }))).status).toBe(200);
    await eventually(texts, (all) => all.includes("Genuine"));
  });

  test("a forged, an altered, an unsigned and a stale one are refused and leave nothing", async () => {
    const before = await stored();
    const body = JSON.stringify(inbound({ text: "Forged" }));
    const timestamp = String(Math.floor(Date.now() / 1000));
    const stranger = signingKey(undefined).sign(timestamp, body);
    const answers = [
      await post(body, { "telnyx-timestamp": timestamp, "telnyx-signature-ed25519": stranger }),
      await post(body.replace("Forged", "Altered"), {
        "telnyx-timestamp": timestamp,
        "telnyx-signature-ed25519": key.sign(timestamp, body),
      }),
      await post(body, { "telnyx-timestamp": timestamp, "telnyx-signature-ed25519": "not base64!" }),
      await post(body, {}),
      await signed(inbound({ text: "Stale" }), { ageS: 301 }),
      await signed(inbound({ text: "From the future" }), { ageS: -330 }),
    ];
    const codes = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { code: string }).code));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(codes).toEqual([
      ...Array.from({ length: 4 }, () => "webhook_signature_invalid"),
      "webhook_stale",
      "webhook_stale",
    ]);
    expect(await stored()).toEqual(before);
  });

  test("a repeated event, and another event about the same message, are kept once", async () => {
    const event = inbound({ text: "Once only", messageId: randomUUID() });
    const again = { data: { ...event.data, id: randomUUID() } };
    const answers = await Promise.all([signed(event), signed(event), signed(event)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await eventually(texts, (all) => all.includes("Once only"));
    expect((await signed(again)).status).toBe(200);
    await eventually(stored, (all) => all.every(({ processed_at }) => processed_at !== null));
    expect((await texts()).filter((text) => text === "Once only")).toHaveLength(1);
  });

  test.each([
    ["to a number we do not have", inbound({ text: "Hello", own: "+12125550100" }), "unknown_business_number"],
    ["from a stranger to us alone", inbound({ text: "Hello", from: freshNumbers(1)[0]!, cc: [] }), "no_such_group"],
    [
      "of a kind we have no use for",
      { data: { ...inbound({ text: "" }).data, event_type: "call.answered" } },
      "call.answered",
    ],
    ["of a shape we do not know", { data: { id: randomUUID(), surprise: true } }, "unknown_shape"],
  ])("one %s is acknowledged, kept and put into no thread", async (_, event, outcome) => {
    const before = await texts();
    expect((await signed(event)).status).toBe(200);
    await eventually(stored, (all) => all.at(-1)?.outcome === outcome);
    expect(await texts()).toEqual(before);
  });

  test("a report with a reference that is not ours changes nothing", async () => {
    const message = await office.send(groupId, "Whose report");
    const { rows } = await office.backend.context.database.pool.query<{ workspace_id: string }>(
      "select workspace_id from groups",
    );
    const forged = `${rows[0]!.workspace_id}.${groupId}.${message.id}.${createHash("sha256").update("x").digest("base64url").slice(0, 32)}`;
    const event = inbound({ text: "" });
    const report = { data: { ...event.data, event_type: "message.finalized" } };
    for (const query of ["", "?ref=", "?ref=a.b.c.d", `?ref=${forged}`]) {
      expect((await signed({ data: { ...report.data, id: randomUUID() } }, { query })).status).toBe(200);
    }
    await eventually(stored, (all) => all.slice(-4).every(({ processed_at }) => processed_at !== null));
    const reported = await office.outcome(message, (states) => states.every((state) => state === "delivered"));
    expect(reported.deliveries).toHaveLength(2);
  });

  test("what is not JSON and what is too large are refused", async () => {
    expect((await signed("not json")).status).toBe(401);
    const large = await signed(inbound({ text: "x".repeat(300 * 1024) }));
    expect(large.status).toBe(413);
  });

  test("a text with characters that cannot be stored is kept without them", async () => {
    expect((await signed(inbound({ text: "Odd \u0000 and \ud83c text" }))).status).toBe(200);
    await eventually(texts, (all) => all.includes("Odd  and \ufffd text"));
  });

  test("a STOP and a START that overtake each other end as the later one wished", async () => {
    const [first, second] = freshNumbers(2) as [string, string];
    const { id } = await office.openGroup([first, second]);
    const now = Date.now();
    const wishes = (["START", "STOP"] as const).map((text, index) =>
      inbound({ text, from: first, cc: [second], at: new Date(now - index * 1000) }),
    );
    for (const event of wishes) {
      expect((await signed(event)).status).toBe(200);
      await eventually(stored, (all) => all.every(({ processed_at }) => processed_at !== null));
    }
    expect((await office.ava("GET", `/v1/groups/${id}`)).body).toMatchObject({ lock: null });
  });

  test("an opt-out that comes too late to be confirmed takes effect all the same", async () => {
    const [late, fresh] = freshNumbers(2) as [string, string];
    const { id } = await office.openGroup([late, fresh]);
    const handset = async (number: string) => JSON.stringify(await office.carrier("GET", `/handsets/${number}`));
    await signed(inbound({ text: "revoke", from: late, cc: [fresh], at: new Date(Date.now() - 6 * 60_000) }));
    await signed(inbound({ text: "revoke", from: fresh, cc: [late] }));
    await eventually(
      () => handset(fresh),
      (texts) => texts.includes("unsubscribed"),
    );
    expect(await handset(late)).not.toContain("unsubscribed");
    const causes = [{ reason: "opted_out" }, { reason: "opted_out" }];
    expect((await office.ava("GET", `/v1/groups/${id}`)).body).toMatchObject({ lock: { causes } });
  });

  test("STOPs of many people in many groups at once, while those are written to, all take effect", async () => {
    const numbers = freshNumbers(4);
    const pairs = numbers.flatMap((one, index) => numbers.slice(index + 1).map((other) => [one, other] as const));
    const groups = await Promise.all(pairs.map((pair) => office.openGroup(pair)));
    await Promise.all([
      ...numbers.map((from, index) =>
        signed(inbound({ text: "STOP", from, cc: numbers.filter((_, at) => at === (index + 1) % 4) })),
      ),
      ...groups.map((group) =>
        patient(office.ava)("POST", `/v1/groups/${group.id}/messages`, { id: randomUUID(), text: "Still there?" }),
      ),
    ]);
    await eventually(
      () =>
        Promise.all(
          groups.map(
            async ({ id }) =>
              (await patient(office.ava)<{ lock: { causes: unknown[] } | null }>("GET", `/v1/groups/${id}`)).body,
          ),
        ),
      (all) => all.every(({ lock }) => lock?.causes.length === 2),
      90_000,
    );
    expect(JSON.stringify(office.backend.log)).not.toContain("deadlock");
    // `error` is what the driver calls a refusal by the database, such as a deadlock.
    expect(office.backend.log.filter(({ name, cause }) => name === "JobFailedError" && cause === "error")).toEqual([]);
  }, 180_000);
});
