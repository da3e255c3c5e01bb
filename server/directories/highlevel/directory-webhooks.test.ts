import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setTimeout as delay } from "node:timers/promises";
import type { ContactsResolved } from "@partyline/contract/contact";
import type { Group } from "@partyline/contract/group";
import { crmContact, DANA, LUIS, TOM } from "@partyline/sandbox/highlevel/highlevel-bench";
import { eventually, WORKSPACE } from "../../testing/backend.ts";
import { openCrmOffice, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf } from "../../testing/office.ts";
import { reconcile } from "./reconcile.ts";
import { readPublicKey } from "./webhook.ts";

const PUBLISHED = "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";

describe.each(databases)("HighLevel's webhooks on $name", (engine) => {
  let office: CrmOffice;
  let group: Group;
  const post = async (event: object) =>
    (await office.crm.control<{ status: number }>("POST", "/webhooks", { type: "ContactUpdate", ...event })).status;
  const events = async () => {
    const { pool } = office.backend.context.database;
    return (await pool.query("select event_id, outcome from webhook_event where carrier = 'highlevel' order by id"))
      .rows;
  };
  const outcomeOf = (webhookId: string) =>
    eventually(
      async () => (await events()).find((event) => event.event_id === webhookId)?.outcome as string | null | undefined,
      (outcome) => typeof outcome === "string",
      20_000,
    );
  const readsOf = (id: string) => office.crm.callsTo(`/contacts/${id}`);

  beforeAll(async () => {
    office = await openCrmOffice(engine);
    await office.connect();
    group = await office.openGroup();
  });
  afterAll(() => office.close());

  test.each(["of_another_body", "N/A", "none"])(
    "one whose signature is %s is refused, and leaves nothing",
    async (signature) => {
      expect(await post({ contactId: DANA.id, webhookId: `forged-${signature}`, signature })).toBe(401);
      expect((await events()).map((event) => event.event_id)).not.toContain(`forged-${signature}`);
    },
  );

  test("one that comes three times is applied once", async () => {
    const before = await readsOf(DANA.id);
    for (let time = 0; time < 3; time += 1) {
      expect(await post({ contactId: DANA.id, webhookId: "repeated" })).toBe(200);
    }
    expect(await outcomeOf("repeated")).toBe("applied");
    await delay(300);
    expect(await readsOf(DANA.id)).toBe(before + 1);
  });

  test("one that is five days old is applied, for the vendor repeats for days", async () => {
    const timestamp = new Date(Date.now() - 5 * 24 * 60 * 60 * 1000).toISOString();
    await office.crm.edit(LUIS.id, { dnd: true }, { silent: true });
    expect(await post({ contactId: LUIS.id, webhookId: "late", timestamp, type: "ContactDndUpdate" })).toBe(200);
    expect(await outcomeOf("late")).toBe("applied");
    expect((await office.group(group.id)).lock).toMatchObject({ causes: [{ name: "Luis Ortega" }] });
  });

  test("what it says of the contact is not believed: the CRM is asked", async () => {
    await office.crm.edit(LUIS.id, { dnd: false }, { silent: true });
    expect(await post({ contactId: LUIS.id, webhookId: "deleted?", type: "ContactDelete" })).toBe(200);
    const now = await eventually(
      () => office.group(group.id),
      ({ lock }) => lock === null,
    );
    expect(now.participants.every(({ contacts }) => contacts[0]?.tag === null)).toBe(true);
  });

  test("a contact nobody here knows costs no call", async () => {
    const { id, ...stranger } = crmContact("strangerToEverybody1", "Sam", "Stone", null);
    await office.crm.edit(id, stranger, { silent: true });
    expect(await post({ contactId: id, webhookId: "stranger" })).toBe(200);
    expect(await outcomeOf("stranger")).toBe("not_known_here");
    expect(await readsOf(id)).toBe(0);
  });

  test("a contact that is in no group is asked for at the next look, and not before", async () => {
    const { id, ...person } = crmContact("seenButInNoGroup0001", "Uma", "Young", null);
    await office.crm.edit(id, person, { silent: true });
    const find = async () =>
      bodyOf(200, await office.ava<ContactsResolved>("POST", "/v1/contacts/resolve", { ids: [id] })).contacts[0]?.name;
    expect(await find()).toBe("Uma Young");
    const before = await readsOf(id);
    await office.crm.edit(id, { lastName: "Old" }, { silent: true });
    expect(await post({ contactId: id, webhookId: "seen" })).toBe(200);
    expect(await outcomeOf("seen")).toBe("will_ask");
    expect(await readsOf(id)).toBe(before);
    expect(await find()).toBe("Uma Old");
  });

  test("while the CRM's API is down it waits, and is applied when the API is back", async () => {
    await office.crm.behave({ next: Array.from({ length: 4 }, () => "server_error") });
    await office.crm.edit(TOM.id, { dnd: true });
    const locked = await eventually(
      () => office.group(group.id),
      ({ lock }) => lock !== null,
      20_000,
    );
    expect(locked.lock?.causes).toMatchObject([{ name: "Tom Ray" }]);
  });

  test("one given up while the CRM cannot be asked for long is not lost: its contact is asked for first", async () => {
    const { context } = office.backend;
    const { pool } = context.database;
    await pool.query("update directory_connection set state = 'broken'");
    await office.crm.edit(TOM.id, { dnd: false }, { silent: true });
    expect(await post({ contactId: TOM.id, webhookId: "hopeless", type: "ContactDndUpdate" })).toBe(200);
    // All its attempts but the last one are over.
    await eventually(
      () =>
        pool.query(`
          update pgboss.job set retry_count = 13, start_after = now()
          where name = 'apply_directory_webhook' and state = 'retry'
            and data->>'webhookEventId' = (select id::text from webhook_event where event_id = 'hopeless')`),
      ({ rowCount }) => rowCount === 1,
      20_000,
    );
    expect(await outcomeOf("hopeless")).toBe("will_ask");
    await pool.query("update directory_connection set state = 'connected'");
    const before = await readsOf(DANA.id);
    await reconcile(context, WORKSPACE.id);
    expect((await office.group(group.id)).lock).toBeNull();
    expect(await readsOf(DANA.id)).toBe(before);
  });

  test("an event of no use, such as a new user, is acknowledged and not kept", async () => {
    const before = (await events()).length;
    expect(await post({ contactId: DANA.id, type: "UserCreate" })).toBe(200);
    expect((await events()).length).toBe(before);
  });

  test("a body beyond all measure is refused", async () => {
    const answer = await fetch(`${office.backend.url}/webhooks/highlevel`, {
      method: "POST",
      body: "x".repeat(300_000),
    });
    expect(answer.status).toBe(413);
  });
});

test.each([
  ["its base64", PUBLISHED],
  ["PEM", `-----BEGIN PUBLIC KEY-----\n${PUBLISHED}\n-----END PUBLIC KEY-----\n`],
  ["PEM with its lines written out", `-----BEGIN PUBLIC KEY-----\\n${PUBLISHED}\\n-----END PUBLIC KEY-----`],
  ["the bare 32 bytes", "i2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg="],
])("the public key is read from %s", (_form, text) => {
  expect(readPublicKey(text).export({ format: "der", type: "spki" }).toString("base64")).toBe(PUBLISHED);
});

test("what is no Ed25519 key is refused at the start", () => {
  expect(() => readPublicKey("not a key")).toThrow(/asn1|DER|key|decod/i);
});
