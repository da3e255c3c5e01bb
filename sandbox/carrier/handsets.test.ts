import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CarrierBench, DANA, LUIS, OWN, SECOND_OWN, TOM } from "./carrier-bench.ts";

const PICTURE = {
  contentType: "image/png",
  base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
};

describe("handsets on the emulated carrier", () => {
  let bench = new CarrierBench();

  beforeEach(async () => {
    bench = new CarrierBench();
    await bench.start({ people: { [DANA]: "Dana Wu", [LUIS]: "Luis Ortega" } });
  });
  afterEach(() => bench.stop());

  it("shows a group text as one thread on every member's handset", async () => {
    await bench.sendGroup([DANA, LUIS, TOM]);
    await expect
      .poll(() => bench.screens(DANA))
      .toEqual({
        "(510) 555-0133, Luis Ortega, (415) 555-0100": ["Closing at 3 pm"],
      });
    expect(await bench.screens(TOM)).toEqual({ "Dana Wu, Luis Ortega, (415) 555-0100": ["Closing at 3 pm"] });
  });

  it("keeps one thread for the same set in any order", async () => {
    await bench.sendGroup([DANA, LUIS], "one");
    await bench.sendGroup([LUIS, DANA], "two");
    await expect.poll(async () => (await bench.handset(DANA)).threads).toHaveLength(1);
    expect(await bench.screens(DANA)).toEqual({ "Luis Ortega, (415) 555-0100": ["one", "two"] });
  });

  it("carries a reply to the other handsets and to the business as one event with the whole roster", async () => {
    await bench.sendGroup([DANA, LUIS, TOM], "hello");
    await bench.write(LUIS, [OWN, DANA, TOM], "Works for me");
    const [received, ...more] = await bench.inbox.wait("message.received", 1);
    expect(more).toEqual([]);
    expect(received).toMatchObject({
      direction: "inbound",
      type: "MMS",
      text: "Works for me",
      from: { phone_number: LUIS },
      to: [{ phone_number: OWN }],
      cc: [{ phone_number: DANA }, { phone_number: TOM }],
      autoresponse_type: null,
    });
    expect((await bench.screens(TOM))["Dana Wu, Luis Ortega, (415) 555-0100"]).toEqual(["hello", "Works for me"]);
  });

  it("keeps a one-to-one reply apart from the group", async () => {
    await bench.sendGroup([DANA, LUIS], "hello");
    await bench.write(DANA, [OWN], "only you");
    expect(await bench.inbox.wait("message.received", 1)).toMatchObject([{ type: "SMS", text: "only you", cc: [] }]);
    expect(Object.keys(await bench.screens(DANA))).toEqual(["(415) 555-0100", "Luis Ortega, (415) 555-0100"]);
    expect(Object.keys(await bench.screens(LUIS))).toEqual(["Dana Wu, (415) 555-0100"]);
  });

  it("opens a new thread when a member adds a person", async () => {
    await bench.sendGroup([DANA, LUIS], "hello");
    await bench.write(DANA, [OWN, LUIS, TOM], "adding Tom");
    const [received] = await bench.inbox.wait("message.received", 1);
    expect(received?.cc).toMatchObject([{ phone_number: LUIS }, { phone_number: TOM }]);
    expect(await bench.screens(TOM)).toEqual({ "Dana Wu, Luis Ortega, (415) 555-0100": ["adding Tom"] });
  });

  it("tells each business number of a set by itself", async () => {
    await bench.write(DANA, [OWN, SECOND_OWN], "which of you?");
    const received = await bench.inbox.wait("message.received", 2);
    expect(new Set(received.map(({ to }) => to[0]?.phone_number))).toEqual(new Set([OWN, SECOND_OWN]));
  });

  it("delivers a picture to the other handsets and hands the business a URL of it", async () => {
    await bench.write(DANA, [OWN, LUIS], "", [PICTURE]);
    const [received] = await bench.inbox.wait("message.received", 1);
    const media = received?.media[0];
    expect(media?.content_type).toBe("image/png");
    const bytes = await (await fetch(media?.url ?? "")).arrayBuffer();
    expect(Buffer.from(bytes).toString("base64")).toBe(PICTURE.base64);
    const { threads } = await bench.handset(LUIS);
    expect(threads[0]?.texts[0]?.pictures).toMatchObject([{ contentType: "image/png" }]);
  });

  it("lets the vendor's media URL expire while handsets keep the picture", async () => {
    await bench.write(DANA, [OWN], "", [PICTURE]);
    const [received] = await bench.inbox.wait("message.received", 1);
    await bench.control("POST", "/media/expire");
    expect((await fetch(received?.media[0]?.url ?? "")).status).toBe(404);
    const id = (await bench.handset(DANA)).threads[0]?.texts[0]?.pictures[0]?.id;
    expect((await bench.control("GET", `/pictures/${id}`)).status).toBe(200);
  });

  it.each(["STOP", "stop", " Stop All ", "QUIT"])(
    "obeys %j inside a group and shows it to the others",
    async (word) => {
      await bench.sendGroup([DANA, LUIS], "hello");
      await bench.write(DANA, [OWN, LUIS], word);
      expect(await bench.inbox.wait("message.received", 1)).toMatchObject([{ autoresponse_type: "STOP", text: word }]);
      expect((await bench.screens(LUIS))["Dana Wu, (415) 555-0100"]).toEqual(["hello", word]);
      expect((await bench.screens(DANA))["(415) 555-0100"]?.[0]).toMatch(/unsubscribed/);
      const refused = await bench.sendGroup([DANA, LUIS]);
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({ errors: [{ code: "40300" }] });
    },
  );

  it("blocks for the one business number only, and lifts with START", async () => {
    await bench.write(DANA, [OWN], "STOP");
    const direct = (from: string) => bench.call("/messages", { from, to: DANA, text: "hi" });
    expect((await direct(OWN)).status).toBe(409);
    expect((await direct(SECOND_OWN)).status).toBe(200);
    await bench.write(DANA, [OWN], "start");
    expect((await direct(OWN)).status).toBe(200);
    expect((await bench.inbox.wait("message.received", 2))[1]?.autoresponse_type).toBe("START");
  });

  it("answers a STOP once and a HELP each time", async () => {
    for (const word of ["STOP", "STOP", "HELP", "HELP"]) await bench.write(DANA, [OWN], word);
    const said = (await bench.screens(DANA))["(415) 555-0100"] ?? [];
    expect(said.filter((text) => text.includes("unsubscribed"))).toHaveLength(1);
    expect(said.filter((text) => text.includes("used by a business"))).toHaveLength(2);
  });

  it.each(["REVOKE", "OPT OUT", "please stop", "Stop it"])("passes %j as an ordinary text", async (words) => {
    await bench.write(DANA, [OWN], words);
    expect(await bench.inbox.wait("message.received", 1)).toMatchObject([{ autoresponse_type: null }]);
    expect((await bench.sendGroup([DANA, LUIS])).status).toBe(200);
  });

  it("leaves the blocked member out when the carrier is one that skips", async () => {
    await bench.write(DANA, [OWN], "STOP");
    await bench.behave({ blockedMember: "skips" });
    expect((await bench.sendGroup([DANA, LUIS], "after")).status).toBe(200);
    const receipts = await bench.inbox.wait("message.finalized", 2);
    const ends = receipts.map(({ to, errors }) => [to[0]?.phone_number, [to[0]?.status, errors[0]?.code]]);
    expect(Object.fromEntries(ends)).toEqual({
      [DANA]: ["delivery_failed", "40300"],
      [LUIS]: ["delivered", undefined],
    });
    expect(Object.keys(await bench.screens(DANA))).toEqual(["(415) 555-0100"]);
  });

  it.each([
    ["to nobody", DANA, { to: [], text: "x" }],
    ["without words", DANA, { to: [OWN], text: "  " }],
    ["from a business number", OWN, { to: [DANA], text: "x" }],
    ["from no number", "12", { to: [DANA], text: "x" }],
    ["with what is no base64", DANA, { to: [OWN], text: "x", pictures: [{ contentType: "image/gif", base64: "?" }] }],
  ])("refuses a text %s", async (_what, from, body) => {
    expect((await bench.control("POST", `/handsets/${from}/texts`, body)).status).toBe(400);
  });
});
