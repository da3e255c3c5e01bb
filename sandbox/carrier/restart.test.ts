import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CarrierBench, DANA, LUIS, OWN } from "./carrier-bench.ts";

describe("a restarted carrier", () => {
  let dataFolder = "";
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), "carrier-"));
  });
  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

  const started = async (options: object = {}) => {
    const bench = new CarrierBench();
    await bench.start({ dataFolder, ...options });
    return bench;
  };

  it("finds the phones, the opt-outs, the pictures and the key as they were", async () => {
    const before = await started();
    await before.sendGroup([DANA, LUIS], "hello");
    const gif = { contentType: "image/gif", base64: "R0lGODlhAQABAAAAACw=" };
    await before.write(LUIS, [OWN, DANA], "", [gif]);
    await before.write(DANA, [OWN, LUIS], "STOP");
    const screens = await before.screens(LUIS);
    await before.stop();

    const after = await started();
    expect(await after.screens(LUIS)).toEqual(screens);
    expect(after.carrier.publicKey).toBe(before.carrier.publicKey);
    expect((await after.sendGroup([DANA, LUIS])).status).toBe(409);
    const id = (await after.handset(LUIS)).threads[0]?.texts.find(({ pictures }) => pictures.length > 0)?.pictures[0]
      ?.id;
    expect((await after.control("GET", `/pictures/${id}`)).headers.get("content-type")).toBe("image/gif");
    await after.stop();
  });

  it("sends the receipts that were still to come", async () => {
    const before = await started({ delays: { sentMs: 60_000 } });
    await before.sendGroup([DANA, LUIS]);
    await before.stop();
    expect(before.inbox.deliveries).toEqual([]);

    const after = await started();
    expect(await after.inbox.wait("message.finalized", 2)).toHaveLength(2);
    await after.stop();
  });

  it("tells of a text the business had not been told of, and of no other", async () => {
    const before = await started();
    await before.write(DANA, [OWN], "told");
    await before.inbox.wait("message.received", 1);
    before.inbox.reception = () => null;
    await before.write(DANA, [OWN], "untold");
    await before.stop();

    const after = await started();
    expect(await after.inbox.wait("message.received", 1)).toMatchObject([{ text: "untold" }]);
    await after.stop();
  });

  it("leaves no half-written file, and says which file it cannot read", async () => {
    const before = await started();
    await before.write(DANA, [OWN], "hello");
    await before.stop();
    expect(readdirSync(dataFolder).toSorted((a, b) => a.localeCompare(b))).toEqual(["carrier-key.pem", "carrier.json"]);
    writeFileSync(join(dataFolder, "carrier.json"), "{");
    await expect(started()).rejects.toThrow(/carrier\.json/);
  });
});
