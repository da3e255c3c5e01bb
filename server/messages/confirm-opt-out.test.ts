import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, MAIN_LINE, WORKSPACE } from "../testing/backend.ts";
import { databases } from "../testing/databases.ts";
import { freshNumbers, openOffice, type Office } from "../testing/office.ts";

interface Handset {
  threads: { others: { number: string }[]; texts: { text: string }[] }[];
}

describe.each(databases)("an opt-out is confirmed on $name", (engine) => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(engine, {
      carrier: { delays: { sentMs: 10, finalizedMs: 30, slowMs: 300, webhookRetryMs: 100 } },
    });
  });
  afterAll(() => office.close());

  async function openPair() {
    const [one, other] = freshNumbers(2) as [string, string];
    const { id } = await office.openGroup([one, other]);
    const isLocked = async () =>
      ((await office.ava("GET", `/v1/groups/${id}`)).body as { lock: object | null }).lock !== null;
    return {
      one,
      /** What the handset says to the group, until the group is locked or not as told. */
      say: async (text: string, locks: boolean) => {
        await office.carrier("POST", `/handsets/${one}/texts`, { to: [MAIN_LINE, other], text });
        await eventually(isLocked, (locked) => locked === locks);
      },
    };
  }

  const confirmations = async (number: string) => {
    const { threads } = await office.carrier<Handset>("GET", `/handsets/${number}`);
    return threads.flatMap(({ others, texts }) =>
      texts.filter(({ text }) => text.includes("unsubscribed")).map(({ text }) => ({ others, text })),
    );
  };

  test("in words that the carrier does not know: by us, once, to them alone, in the workspace's name", async () => {
    const { one, say } = await openPair();
    await say("Please stop texting me", true);
    const [first] = await eventually(
      () => confirmations(one),
      (all) => all.length > 0,
    );
    expect(first?.others.map(({ number }) => number)).toEqual([MAIN_LINE]);
    expect(first?.text).toContain(WORKSPACE.name);
    await say("REVOKE", true);
    await say("START", false);
    await say("opt out", true);
    expect(
      await eventually(
        () => confirmations(one),
        (all) => all.length > 1,
      ),
    ).toHaveLength(2);
  });

  test("with the carrier's own word: by the carrier and not by us", async () => {
    const { one, say } = await openPair();
    await say("STOP", true);
    const { one: another, say: sayElsewhere } = await openPair();
    await sayElsewhere("revoke", true);
    await eventually(
      () => confirmations(another),
      (all) => all.length === 1,
    );
    expect(await confirmations(one)).toHaveLength(1);
    expect((await confirmations(one))[0]?.text).not.toContain(WORKSPACE.name);
  });

  test("later, where the carrier asks for patience", async () => {
    const { one, say } = await openPair();
    await office.carrier("PATCH", "/behaviour", { next: ["rate_limited"] });
    await say("unsubscribe me", true);
    expect(
      await eventually(
        () => confirmations(one),
        (all) => all.length > 0,
        30_000,
      ),
    ).toHaveLength(1);
  });
});
