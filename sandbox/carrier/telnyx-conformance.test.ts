import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Telnyx from "telnyx";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startValidatingProxy, type ValidatingProxy } from "../testing/validating-proxy.ts";
import { API_KEY, CarrierBench, DANA, LUIS, OWN, TOM } from "./carrier-bench.ts";
import { telnyxDescription } from "./telnyx-description.ts";

const PROXY_START_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "telnyx-"));
const description = telnyxDescription(folder);

// Without the vendor's description there is nothing to compare with: the run then shows these as skipped.
describe.skipIf(description === null)("the emulated wire against the vendor's description", () => {
  const bench = new CarrierBench();
  let validator: ValidatingProxy | undefined;
  let proxy = "";
  let client = new Telnyx({ apiKey: API_KEY });

  beforeAll(async () => {
    await bench.start();
    validator = await startValidatingProxy(description ?? "", `${bench.carrier.url}/v2`);
    proxy = validator.url;
    client = new Telnyx({ apiKey: API_KEY, baseURL: proxy, maxRetries: 0 });
  }, PROXY_START_MS);

  afterAll(async () => {
    validator?.close();
    await bench.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => bench.control("POST", "/reset", {}));

  it("notices an answer that is not as described", async () => {
    const answer = await fetch(`${proxy}/messages/group_mms`, {
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ from: OWN, to: [DANA], text: "one member is too few" }),
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toContain("problem+json");
  });

  it("accepts a group message and shows each member's state", async () => {
    const { data } = await client.messages.sendGroupMms({
      from: OWN,
      to: [DANA, LUIS, TOM],
      text: "Closing at 3 pm 🏠",
      subject: "Oak Street",
      webhook_url: `${bench.inboxUrl}/anchored`,
      use_profile_webhooks: false,
    });
    expect(data).toMatchObject({ type: "MMS", to: [DANA, LUIS, TOM].map((phone_number) => ({ phone_number })) });
    await bench.inbox.wait("message.finalized", 3);
    const now = await client.messages.retrieve(data?.id ?? "");
    expect(now.data).toMatchObject({ direction: "outbound", to: [{ status: "delivered" }, {}, {}] });
    const group = await client.messages.retrieveGroupMessages(data?.id ?? "");
    expect(group.data).toMatchObject([{ id: data?.id }]);
  });

  it("accepts a message to one person, with and without media", async () => {
    const plain = await client.messages.send({ from: OWN, to: DANA, text: "hi" });
    expect(plain.data).toMatchObject({ type: "SMS", to: [{ phone_number: DANA, status: "queued" }] });
    const media = await client.messages.send({
      from: OWN,
      to: DANA,
      media_urls: [`${bench.carrier.url}/phones/phones.css`],
    });
    expect(media.data).toMatchObject({ type: "MMS" });
  });

  it("shows an inbound message, in the middle of the oddest webhooks", async () => {
    await bench.behave({ ccShape: "strings", oddFromStatus: true });
    const gif = { contentType: "image/gif", base64: "R0lGODlhAQABAAAAACw=" };
    await bench.write(DANA, [OWN, LUIS], "look", [gif]);
    const [received] = await bench.inbox.wait("message.received", 1);
    const { data } = await client.messages.retrieve(received?.id ?? "");
    expect(data).toMatchObject({ direction: "inbound", text: "look", cc: [{ phone_number: LUIS }] });
  });

  it("shows failed, expired and unconfirmed members within the vendor's words", async () => {
    const to = ["01", "02", "03", "04", "05", "08", "15", "16"].map((end) => `+190755501${end}`);
    const { data } = await client.messages.sendGroupMms({ from: OWN, to, text: "hello" });
    await expect
      .poll(async () => (await client.messages.retrieve(data?.id ?? "")).data)
      .toMatchObject({
        completed_at: expect.any(String),
        errors: [{ code: "40001" }, { code: "40002" }, { code: "40010" }, { code: "40008" }, { code: "40012" }, {}],
      });
  });

  it.each([
    ["a foreign sender", () => client.messages.send({ from: DANA, to: LUIS, text: "hi" }), 400],
    ["an opted-out person", () => client.messages.send({ from: OWN, to: "+19075550107", text: "hi" }), 409],
    ["too many calls", () => client.messages.send({ from: OWN, to: "+19075550109", text: "hi" }), 429],
    ["an unknown message", () => client.messages.retrieve("3f0cbb9c-3a1e-4f0e-9d5b-6f8f3a8f4c11"), 404],
    ["a wrong key", () => client.withOptions({ apiKey: "x" }).messages.send({ from: OWN, to: DANA, text: "hi" }), 401],
  ])("refuses %s as described", async (_what, call, status) => {
    await expect(call()).rejects.toMatchObject({ status, error: { errors: [{ code: expect.any(String) }] } });
  });
});
