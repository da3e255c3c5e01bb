import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { crmContact, HighLevelBench, LOCATION, PRIVATE_TOKEN } from "@partyline/sandbox/highlevel/highlevel-bench";
import { DirectoryLimitedError, DirectoryUnavailableError } from "../directory.ts";
import { createClient } from "./client.ts";
import { RequestGate } from "./request-gate.ts";

const INTERVAL_MS = 600;
const people = Array.from({ length: 300 }, (_, index) =>
  crmContact(`burstPerson${String(index).padStart(8, "0")}`, "Pat", `No ${index}`, null),
);

const EVERYBODY = { query: "", assignedTo: null, phones: [], page: 1, pageSize: 20, urgency: "now" as const };

describe("the vendor's limit of calls", () => {
  const crm = new HighLevelBench();
  afterEach(() => crm.stop());
  const client = (patienceMs = 10_000) =>
    createClient({
      patienceMs,
      apiUrl: crm.crm.url,
      timeoutMs: 10_000,
      locationId: LOCATION,
      gate: new RequestGate({ max: 100, intervalMs: 10_000 }),
      accessToken: async () => PRIVATE_TOKEN,
      onRefused: async () => undefined,
    });

  test("a burst of 300 look-ups is queued: none is dropped, and none goes out over the limit", async () => {
    await crm.start({ contacts: people, limit: { max: 100, intervalMs: INTERVAL_MS } });
    const asking = client();
    const start = Date.now();
    const found = await Promise.all(people.map(({ id }) => asking.contact(id, "now")));
    expect(found.map((one) => one?.contact.id)).toEqual(people.map(({ id }) => id));
    expect(await crm.counts()).toMatchObject({ refused: 0 });
    expect(await crm.callsTo("/contacts/")).toBe(300);
    expect(Date.now() - start).toBeGreaterThanOrEqual(2 * INTERVAL_MS);
  });

  test("two replicas that know nothing of each other lose nothing either", async () => {
    await crm.start({ contacts: people, limit: { max: 40, intervalMs: INTERVAL_MS } });
    const [one, two] = [client(), client()];
    const wanted = people.slice(0, 120);
    const found = await Promise.all(wanted.map(({ id }, index) => (index % 2 ? one : two).contact(id, "now")));
    expect(found.every((contact) => contact !== null)).toBe(true);
  }, 30_000);

  test("somebody who waits goes before what nobody waits for", async () => {
    await crm.start({ contacts: people, limit: { max: 5, intervalMs: INTERVAL_MS } });
    const asking = client();
    await asking.contact(people[0]!.id, "now");
    const order: string[] = [];
    const ask = async (index: number, urgency: "now" | "whenever") => {
      await asking.contact(people[index]!.id, urgency);
      order.push(urgency);
    };
    const background = Array.from({ length: 12 }, (_, index) => ask(index + 1, "whenever"));
    await delay(20);
    await Promise.all([...background, ask(20, "now"), ask(21, "now")]);
    expect(order.lastIndexOf("now")).toBeLessThan(10);
  });

  test("whoever waits is told after a while that the CRM limits requests, and what nobody waits for is not dropped", async () => {
    await crm.start({ contacts: people, limit: { max: 100, intervalMs: INTERVAL_MS } });
    const asking = client(2 * INTERVAL_MS);
    await crm.behave({ next: Array.from({ length: 8 }, () => "rate_limited") });
    const start = Date.now();
    const inTheBackground = asking.contact(people[0]!.id, "soon");
    const failure = await asking.list(EVERYBODY).catch((error: unknown) => error);
    expect(Date.now() - start).toBeLessThan(4 * INTERVAL_MS);
    expect(failure).toBeInstanceOf(DirectoryLimitedError);
    expect(failure).toMatchObject({ message: "HighLevel is limiting requests; try again in 1 s.", retryAfter: 1 });
    expect((await inTheBackground)?.contact.id).toBe(people[0]!.id);
    expect((await asking.list(EVERYBODY)).contacts).toHaveLength(20);
  }, 30_000);

  test("one refusal is got over by somebody who waits", async () => {
    await crm.start({ contacts: people, limit: { max: 100, intervalMs: INTERVAL_MS } });
    await crm.behave({ next: ["rate_limited"] });
    expect((await client(2 * INTERVAL_MS).list(EVERYBODY)).contacts).toHaveLength(20);
  });

  test("whoever waits behind a long queue is told too, and leaves it", async () => {
    await crm.start({ contacts: people, limit: { max: 2, intervalMs: INTERVAL_MS } });
    const asking = client(INTERVAL_MS);
    await asking.contact(people[0]!.id, "now");
    const queue = people.slice(1, 9).map(({ id }) => asking.contact(id, "soon"));
    await expect(asking.contact(people[9]!.id, "now")).rejects.toThrow(DirectoryLimitedError);
    expect(await Promise.all(queue)).toHaveLength(8);
    expect(await crm.callsTo(`/contacts/${people[9]!.id}`)).toBe(0);
  }, 30_000);

  test("when the day's calls are used up it says so instead of waiting", async () => {
    await crm.start({ contacts: people, limit: { max: 100, intervalMs: INTERVAL_MS, daily: 2 } });
    const asking = client();
    await asking.contact(people[0]!.id, "now");
    await asking.contact(people[1]!.id, "now");
    await expect(asking.contact(people[2]!.id, "now")).rejects.toThrow(DirectoryUnavailableError);
  });
});
