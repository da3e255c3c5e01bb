import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_KEY, CarrierBench, DANA, LUIS, OWN } from "@partyline/sandbox/carrier/carrier-bench";
import { telnyxDescription } from "@partyline/sandbox/carrier/telnyx-description";
import { startValidatingProxy, type ValidatingProxy } from "@partyline/sandbox/testing/validating-proxy";
import { createTelnyx } from "./telnyx.ts";
import { parseTelnyxWebhook } from "./telnyx-events.ts";

const folder = mkdtempSync(join(tmpdir(), "telnyx-adapter-"));
const description = telnyxDescription(folder);
const now = () => new Date();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const adapter = (apiUrl: string, publicKey = "", apiKey = API_KEY) =>
  createTelnyx({ apiKey, publicKey, apiUrl, timeoutMs: 2000, now });
const send = {
  from: OWN,
  to: [DANA, LUIS],
  text: "Closing at 3 pm 🏠",
  webhookUrl: "http://127.0.0.1:9/webhooks/telnyx?ref=a.b.c.d",
};

// Without the vendor's description there is nothing to compare with: the run then shows these as skipped.
describe.skipIf(description === null)("the adapter's requests against the vendor's description", () => {
  const bench = new CarrierBench();
  let proxy: ValidatingProxy;

  beforeAll(async () => {
    await bench.start();
    proxy = await startValidatingProxy(description ?? "", `${bench.carrier.url}/v2`);
  });
  afterAll(async () => {
    proxy.close();
    await bench.stop();
  });

  test("a group message is accepted with the carrier's id", async () => {
    const outcome = await adapter(proxy.url).sendGroup(send);
    expect(outcome).toEqual({ kind: "accepted", carrierMessageId: expect.any(String) });
  });

  test("a message to one member alone is not what the description allows", async () => {
    expect(await adapter(proxy.url).sendGroup({ ...send, to: [DANA] })).toMatchObject({
      kind: "rejected",
      retryable: false,
    });
  });
});

describe("outcomes", () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string } | "hang" | "reset";

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      if (answer === "reset") request.socket.destroy();
      else if (answer !== "hang")
        response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => {
      server.once("listening", resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const refusal = (status: number, code: string, detail = "") => ({
    status,
    body: JSON.stringify({ errors: [{ code, title: "Refused", detail }] }),
  });

  test.each([
    [
      "an opted-out member",
      refusal(409, "40300", `${LUIS} opted out`),
      { kind: "rejected", failure: "opted_out", retryable: false, members: [LUIS] },
    ],
    ["a sender without MMS", refusal(400, "40305"), { kind: "rejected", failure: "not_group_capable", members: [] }],
    ["too many requests", refusal(429, "40018"), { kind: "rejected", failure: "rate", retryable: true }],
    ["a wrong key", refusal(401, "10009"), { kind: "rejected", failure: "auth", retryable: false }],
    ["a code we do not know", refusal(400, "49999"), { kind: "rejected", failure: "unknown", code: "49999" }],
    ["a server error, after which nobody knows", refusal(500, "10007"), { kind: "unknown", cause: "http_500" }],
    ["a page of a proxy", { status: 502, body: "<html>Bad gateway</html>" }, { kind: "unknown", cause: "http_502" }],
    ["success without an id", { status: 200, body: "{}" }, { kind: "unknown", cause: "accepted_without_id" }],
    ["a reset connection", "reset" as const, { kind: "unknown" }],
    ["no answer in time", "hang" as const, { kind: "unknown" }],
  ])("%s", async (_what, given, outcome) => {
    answer = given;
    expect(await adapter(url).sendGroup(send)).toMatchObject(outcome);
  });

  test("a connection that was never made sent nothing and may be tried again", async () => {
    const gone = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => {
      gone.once("listening", resolve);
    });
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => {
      gone.close(resolve);
    });
    const outcome = await adapter(`http://127.0.0.1:${port}/v2`).sendGroup(send);
    expect(outcome).toMatchObject({ kind: "rejected", failure: "carrier_temporary", retryable: true });
  });
});

describe("webhooks", () => {
  const received = (payload: object) => ({
    data: {
      id: "e1",
      event_type: "message.received",
      occurred_at: "2026-11-23T15:00:00Z",
      payload: { id: "m1", from: { phone_number: DANA }, to: [{ phone_number: OWN }], text: "Hi", ...payload },
    },
  });

  test.each([
    ["strings", [LUIS, OWN]],
    ["objects", [{ phone_number: LUIS }, { phone_number: OWN, status: "something_new" }]],
  ])("the other members come as %s, and our own number may be among them", (_shape, cc) => {
    expect(parseTelnyxWebhook(received({ cc }))).toMatchObject([
      { kind: "inbound", carrierMessageId: "m1", own: OWN, from: DANA, others: [LUIS, OWN], text: "Hi" },
    ]);
  });

  test.each([
    ["no text", { text: null }, { text: "" }],
    [
      "a picture",
      { media: [{ url: "https://example.com/a.png", content_type: "image/png" }] },
      { media: [{ url: "https://example.com/a.png", type: "image/png" }] },
    ],
  ])("a text with %s is read", (_what, payload, expected) => {
    expect(parseTelnyxWebhook(received(payload))).toMatchObject([expected]);
  });

  test.each([
    ["nothing", null, "unknown_shape"],
    ["another event", { ...received({}), data: { ...received({}).data, event_type: "call.hangup" } }, "call.hangup"],
    ["a time that is none", { data: { ...received({}).data, occurred_at: "soon" } }, "bad_time"],
    ["no sender", received({ from: undefined }), "no_addresses"],
  ])("%s is ignored with the reason", (_what, body, why) => {
    expect(parseTelnyxWebhook(body)).toEqual([{ kind: "ignored", why }]);
  });
});
