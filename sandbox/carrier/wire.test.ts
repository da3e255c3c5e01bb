import Telnyx from "telnyx";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_KEY, CarrierBench, DANA, LUIS, OWN, TOM } from "./carrier-bench.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1415555${1000 + index}`);

describe("the emulated Telnyx wire", () => {
  let bench = new CarrierBench();
  beforeEach(async () => {
    bench = new CarrierBench();
    await bench.start();
  });
  afterEach(() => bench.stop());

  const group = { from: OWN, to: [DANA, LUIS], text: "hi" };
  const direct = { from: OWN, to: DANA, text: "hi" };

  it("signs webhooks so that the vendor's own library accepts them", async () => {
    const client = new Telnyx({ apiKey: API_KEY });
    await bench.write(DANA, [OWN], "hello");
    await bench.inbox.wait("message.received", 1);
    const [delivery] = bench.inbox.deliveries;
    const { rawBody, headers } = delivery!;
    const key = bench.carrier.publicKey;
    await expect(client.webhooks.unwrap(rawBody, { headers, key })).resolves.toMatchObject({
      data: { event_type: "message.received" },
    });
    await expect(client.webhooks.unwrap(rawBody.replace("hello", "hallo"), { headers, key })).rejects.toThrow(
      /signature/i,
    );
  });

  it("tells of each member's sending and delivery", async () => {
    const sent = (await (await bench.sendGroup([DANA, LUIS, TOM])).json()) as { data: { id: string } };
    const finals = await bench.inbox.wait("message.finalized", 3);
    expect(finals.map(({ to }) => to).toSorted((a, b) => a[0]!.phone_number.localeCompare(b[0]!.phone_number))).toEqual(
      [DANA, TOM, LUIS].map((number) => [expect.objectContaining({ phone_number: number, status: "delivered" })]),
    );
    expect(finals.every(({ id, group_message_id }) => id === sent.data.id && group_message_id === id)).toBe(true);
    expect(bench.inbox.ofType("message.sent")).toHaveLength(3);
    const asked = await (await bench.call(`/messages/${sent.data.id}`)).json();
    expect(asked).toMatchObject({ data: { to: [DANA, LUIS, TOM].map(() => ({ status: "delivered" })) } });
  });

  it("uses a message's own webhook address before the profile's", async () => {
    await bench.call("/messages/group_mms", { ...group, webhook_url: `${bench.inboxUrl}/anchored/abc` });
    await bench.inbox.wait("message.finalized", 2);
    expect(new Set(bench.inbox.deliveries.map(({ path }) => path))).toEqual(new Set(["/anchored/abc"]));
  });

  it.each([
    ["no key", 401, "10009"],
    ["a wrong key", 401, "10009"],
  ])("refuses %s", async (what, status, code) => {
    const answer = await bench.call("/messages", direct, what === "no key" ? "" : "another");
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ errors: [{ code }] });
  });

  it.each<[string, string, object, number, string]>([
    ["one member", "/messages/group_mms", { ...group, to: [DANA] }, 400, "10015"],
    ["nine members", "/messages/group_mms", { ...group, to: numbers(9) }, 400, "10015"],
    ["the same member twice", "/messages/group_mms", { ...group, to: [DANA, DANA] }, 400, "10015"],
    ["a single string as roster", "/messages/group_mms", { ...group, to: DANA }, 400, "10015"],
    ["a member without plus", "/messages/group_mms", { ...group, to: [DANA, "6285550110"] }, 400, "40310"],
    ["a member in France", "/messages/group_mms", { ...group, to: [DANA, "+33142685300"] }, 400, "40012"],
    ["neither text nor media", "/messages/group_mms", { from: OWN, to: [DANA, LUIS] }, 400, "10004"],
    ["a foreign sender", "/messages/group_mms", { ...group, from: DANA }, 400, "40305"],
    ["a toll-free sender", "/messages/group_mms", { ...group, from: "+18005550199" }, 400, "40308"],
    ["no sender", "/messages/group_mms", { to: [DANA, LUIS], text: "hi" }, 400, "10004"],
    ["eleven pictures", "/messages/group_mms", { ...group, media_urls: numbers(11) }, 400, "10015"],
    ["a picture on disk", "/messages/group_mms", { ...group, media_urls: ["file:///etc/hosts"] }, 400, "10003"],
    ["a field nobody knows", "/messages/group_mms", { ...group, webhookUrl: "http://x" }, 400, "10015"],
    ["two recipients in a direct message", "/messages", { ...direct, to: [DANA, LUIS] }, 400, "10015"],
    ["a text of eleven parts", "/messages", { ...direct, text: "x".repeat(1531) }, 400, "40302"],
    ["an opted-out person", "/messages", { ...direct, to: "+19075550107" }, 409, "40300"],
  ])("refuses %s", async (_what, path, body, status, code) => {
    const answer = await bench.call(path, body);
    expect(answer.status).toBe(status);
    const [error] = ((await answer.json()) as { errors: Record<string, unknown>[] }).errors;
    expect(error).toMatchObject({ code, title: expect.any(String), detail: expect.any(String) });
    expect(await (await bench.control("GET", "/webhooks")).json()).toEqual([]);
  });

  it("refuses what is no JSON", async () => {
    const answer = await fetch(`${bench.carrier.url}/v2/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}` },
      body: "{",
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "10015" }] });
  });

  it.each([
    ["+19075550101", "sending_failed", "40001"],
    ["+19075550102", "delivery_failed", "40002"],
    ["+19075550103", "sending_failed", "40010"],
    ["+19075550104", "unknown", undefined],
    ["+19075550105", "delivery_failed", "40008"],
    ["+19075550106", "delivered", undefined],
    ["+19075550108", "sending_failed", "40012"],
    ["+19075550115", "expired", "40005"],
    ["+19075550116", "delivery_unconfirmed", undefined],
  ])("ends a text to the magic number %s as %s", async (number, status, code) => {
    await bench.sendGroup([DANA, number]);
    const finals = await bench.inbox.wait("message.finalized", 2);
    const mine = finals.find(({ to }) => to[0]?.phone_number === number);
    expect([mine?.to[0]?.status, mine?.errors[0]?.code]).toEqual([status, code]);
    const { threads } = await bench.handset(number);
    const reached = ["unknown", "delivered", "delivery_unconfirmed"].includes(status);
    expect(threads).toHaveLength(reached ? 1 : 0);
  });

  it("gives any number a fate on demand", async () => {
    await bench.control("PUT", `/fates/${DANA}`, { fate: "landline" });
    await bench.call("/messages", direct);
    expect(await bench.inbox.wait("message.finalized", 1)).toMatchObject([{ errors: [{ code: "40001" }] }]);
  });

  it("fails every leg when the media cannot be fetched", async () => {
    await bench.call("/messages/group_mms", { ...group, media_urls: [`${bench.carrier.url}/media/none`] });
    const finals = await bench.inbox.wait("message.finalized", 2);
    expect(finals.map(({ errors }) => errors[0]?.code)).toEqual(["40317", "40317"]);
    expect((await bench.handset(DANA)).threads).toEqual([]);
  });

  it("answers what a backend asks about its numbers", async () => {
    const client = new Telnyx({ apiKey: API_KEY, baseURL: `${bench.carrier.url}/v2`, maxRetries: 0 });
    const detailed = await client.phoneNumbers.list({ filter: { phone_number: OWN } });
    expect(detailed.data).toMatchObject([{ phone_number: OWN, status: "active", phone_number_type: "local" }]);
    const settings = await client.phoneNumbers.messaging.list({ "filter[phone_number]": OWN });
    expect(settings.data).toMatchObject([{ phone_number: OWN, type: "long-code", features: { mms: {} } }]);
    const one = await client.phoneNumbers.messaging.retrieve(detailed.data[0]!.id);
    expect(one.data).toMatchObject({ phone_number: OWN });
    await expect(client.phoneNumbers.messaging.retrieve("nothing")).rejects.toMatchObject({ status: 404 });
  });
});
