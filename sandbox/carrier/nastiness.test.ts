import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CarrierBench, DANA, LUIS, OWN, TOM } from "./carrier-bench.ts";
import type { WebhookRecord } from "./webhook-sender.ts";

describe("the emulated carrier on a bad day", () => {
  let bench = new CarrierBench();
  beforeEach(async () => {
    bench = new CarrierBench();
    await bench.start();
  });
  afterEach(() => bench.stop());

  const records = async () => (await (await bench.control("GET", "/webhooks")).json()) as WebhookRecord[];

  it.each([
    ["asked to", {}, LUIS],
    ["texting its magic number", {}, "+19075550112"],
  ])("delivers every receipt before it answers the call, %s", async (how, _behaviour, member) => {
    if (how === "asked to") await bench.behave({ webhookBeforeResponse: true });
    const answer = await bench.sendGroup([DANA, member]);
    expect(answer.status).toBe(200);
    expect(bench.inbox.ofType("message.finalized")).toHaveLength(2);
  });

  it("delivers a webhook three times with one id and a signature of its own each time", async () => {
    await bench.behave({ extraWebhooks: 2 });
    await bench.write(DANA, [OWN], "hello");
    await bench.inbox.wait("message.received", 3);
    const ids = new Set(bench.inbox.deliveries.map(({ event }) => event.data.id));
    expect(ids.size).toBe(1);
    expect((await bench.screens(DANA))["(415) 555-0100"]).toEqual(["hello"]);
  });

  it("lets finalized overtake sent", async () => {
    await bench.behave({ disorder: true });
    await bench.call("/messages", { from: OWN, to: DANA, text: "hi" });
    await bench.inbox.wait("message.sent", 1);
    expect(bench.inbox.deliveries.map(({ event }) => event.data.event_type)).toEqual([
      "message.finalized",
      "message.sent",
    ]);
    const [sent] = bench.inbox.ofType("message.sent");
    expect(sent?.to[0]?.status).toBe("sent");
  });

  it("fails with 500, or breaks the connection, after the text went out", async () => {
    await bench.behave({ next: ["server_error_after_sending", "reset_after_sending"] });
    expect((await bench.sendGroup([DANA, LUIS], "first")).status).toBe(500);
    await expect(bench.sendGroup([DANA, LUIS], "second")).rejects.toThrow("fetch failed");
    await bench.inbox.wait("message.finalized", 4);
    expect(Object.values(await bench.screens(DANA))).toEqual([["first", "second"]]);
  });

  it("fails with 500, or breaks the connection, with nothing sent", async () => {
    await bench.behave({ next: ["server_error", "reset"] });
    expect((await bench.sendGroup([DANA, LUIS])).status).toBe(500);
    await expect(bench.sendGroup([DANA, LUIS])).rejects.toThrow("fetch failed");
    expect((await bench.handset(DANA)).threads).toEqual([]);
    expect((await bench.sendGroup([DANA, LUIS])).status).toBe(200);
  });

  it.each([
    ["rate_limited", 429, "10011"],
    ["queue_full", 429, "40318"],
    ["spend_limit", 403, "40333"],
  ])("refuses a call as %s", async (fault, status, code) => {
    await bench.behave({ next: [fault] });
    const answer = await bench.sendGroup([DANA, LUIS]);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ errors: [{ code }] });
    expect(answer.headers.get("x-ratelimit-remaining")).toBe(status === 429 ? "0" : null);
    expect((await bench.sendGroup([DANA, LUIS])).status).toBe(200);
  });

  it("hangs after sending until the caller gives up", async () => {
    await bench.behave({ next: ["hang_after_sending"] });
    const signal = AbortSignal.timeout(150);
    const call = fetch(`${bench.carrier.url}/v2/messages`, {
      method: "POST",
      headers: { authorization: "Bearer KEY-of-the-sandbox", "content-type": "application/json" },
      body: JSON.stringify({ from: OWN, to: DANA, text: "hi" }),
      signal,
    });
    await expect(call).rejects.toThrow(/abort|timeout/i);
    expect(await bench.screens(DANA)).toEqual({ "(415) 555-0100": ["hi"] });
  });

  it("tries a failing address three times, then the failover three times", async () => {
    bench.inbox.reception = () => 500;
    await bench.write(DANA, [OWN], "hello");
    await bench.inbox.wait("message.received", 6);
    const came = bench.inbox.deliveries.map(({ path, event }) => [path, event.meta.attempt]);
    expect(came).toEqual([
      ["/main", 1],
      ["/main", 2],
      ["/main", 3],
      ["/failover", 4],
      ["/failover", 5],
      ["/failover", 6],
    ]);
    await expect.poll(async () => (await records())[0]?.outcome).toBe("gave_up");
  });

  it("gives a slow receiver its time limit, then tries again", async () => {
    bench.inbox.reception = (_path, count) => (count === 1 ? null : 200);
    await bench.write(DANA, [OWN], "hello");
    await bench.inbox.wait("message.received", 2);
    await expect.poll(async () => (await records())[0]?.outcome).toBe("delivered");
    expect((await records())[0]?.attempts.map(({ status }) => status)).toEqual([null, 200]);
  });

  it("shows the roster in every shape the vendor is known to use", async () => {
    const others = [LUIS, TOM];
    const reply = async (behaviour: object) => {
      await bench.behave(behaviour);
      const before = bench.inbox.ofType("message.received").length;
      await bench.write(DANA, [OWN, ...others], "hello");
      return (await bench.inbox.wait("message.received", before + 1))[before];
    };
    expect((await reply({ ccShape: "strings" }))?.cc).toEqual(others);
    expect((await reply({ ccIncludesOwn: true }))?.cc).toEqual([...others, OWN]);
    const inTo = await reply({ ccShape: "objects", rosterIn: "to" });
    expect([inTo?.to.map((party) => party.phone_number), inTo?.cc]).toEqual([[OWN, ...others], []]);
    expect((await reply({ oddFromStatus: true }))?.from.status).toBe("webhook_delivered");
  });

  it("gives receipts ids of their own beside the group's", async () => {
    await bench.behave({ receiptIds: "own" });
    const sent = (await (await bench.sendGroup([DANA, LUIS])).json()) as { data: { id: string } };
    const finals = await bench.inbox.wait("message.finalized", 2);
    expect(new Set(finals.map(({ id }) => id)).size).toBe(2);
    expect(finals.map((final) => final.group_message_id)).toEqual([sent.data.id, sent.data.id]);
  });

  it("has the same bad day again for the same seed", async () => {
    const [first, again] = await Promise.all([chaoticDay(7), chaoticDay(7)]);
    expect(again).toEqual(first);
    expect(new Set(Object.values(first ?? {}))).toEqual(new Set([1, 2]));
  });

  it("refuses a behaviour it does not know", async () => {
    expect((await bench.control("PATCH", "/behaviour", { extraWebhook: 2 })).status).toBe(400);
    expect((await bench.control("PATCH", "/behaviour", { chaos: 2 })).status).toBe(400);
    expect((await bench.control("PUT", `/fates/${DANA}`, { fate: "lost" })).status).toBe(400);
  });

  it("forgets texts, opt-outs, fates and manners on reset", async () => {
    await bench.behave({ extraWebhooks: 2 });
    await bench.control("PUT", `/fates/${LUIS}`, { fate: "landline" });
    await bench.write(DANA, [OWN], "STOP");
    await bench.control("POST", "/reset", {});
    expect((await bench.handset(DANA)).threads).toEqual([]);
    expect(await (await bench.control("GET", "/behaviour")).json()).toMatchObject({ extraWebhooks: 0 });
    expect((await bench.sendGroup([DANA, LUIS])).status).toBe(200);
    const [first] = await bench.inbox.wait("message.finalized", 2);
    expect(first?.to[0]?.status).toBe("delivered");
  });

  it("records the calls it got, without the key", async () => {
    await bench.sendGroup([DANA, LUIS], "hello");
    const requests = await (await bench.control("GET", "/requests")).text();
    expect(JSON.parse(requests)).toMatchObject([
      { method: "POST", path: "/v2/messages/group_mms", status: 200, body: { text: "hello" } },
    ]);
    expect(requests).not.toContain("KEY-of-the-sandbox");
  });
});

describe("the control API", () => {
  const bench = new CarrierBench();
  beforeEach(() => bench.start());
  afterEach(() => bench.stop());

  it("lets in no page of another site", async () => {
    const { port } = new URL(bench.carrier.url);
    const rebound = await rawRequest(Number(port), "GET /control/state HTTP/1.1\r\nHost: evil.example\r\n");
    expect(rebound).toMatch(/^HTTP\/1\.1 403/);
    const plain = await fetch(`${bench.carrier.url}/control/reset`, { method: "POST", body: "{}" });
    expect(plain.status).toBe(415);
  });
});

/** Fetch does not let anybody lie about the Host. */
async function rawRequest(port: number, head: string): Promise<string> {
  const { connect } = await import("node:net");
  const socket = connect(port, "127.0.0.1");
  socket.end(`${head}Connection: close\r\n\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

/** How often each of six texts came to the business on a chaotic day. */
async function chaoticDay(seed: number): Promise<Record<string, number>> {
  const other = new CarrierBench();
  await other.start({ seed });
  await other.behave({ chaos: 0.5 });
  for (let text = 0; text < 6; text += 1) await other.write(DANA, [OWN], `text ${text}`);
  await other.inbox.wait("message.received", 6);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const times = Map.groupBy(other.inbox.ofType("message.received"), ({ text }) => text);
  await other.stop();
  return Object.fromEntries([...times].map(([text, came]) => [text, came.length]));
}
