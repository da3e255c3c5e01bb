import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ContactPage } from "@partyline/contract/contact";
import type { Group } from "@partyline/contract/group";
import { crmContact, DANA, LUIS, TOM } from "@partyline/sandbox/highlevel/highlevel-bench";
import { v7 as newId } from "uuid";
import { eventually, WORKSPACE } from "../../testing/backend.ts";
import { newGroup, openCrmOffice, STALE_MS, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf } from "../../testing/office.ts";
import { reconcile } from "./reconcile.ts";

const { id: AGAIN, ...again } = { ...crmContact("danaMadeAnewByAMerge", "Dana", "Merged", DANA.phone), dnd: true };
const isLocked = ({ lock }: Group) => lock !== null;
const isOpen = ({ lock }: Group) => lock === null;
const byAgain = { lock: { causes: [{ reason: "do_not_disturb", by: { id: AGAIN, name: "Dana Merged" } }] } };

describe.each(databases)("HighLevel contacts that share a number with somebody in a group, on $name", (engine) => {
  let office: CrmOffice;
  let group: Group;
  let ahead = 0;
  const hurry = (ms: number) => office.backend.setAhead((ahead += ms));
  const seen = () => office.group(group.id);
  const send = () => office.ava("POST", `/v1/groups/${group.id}/messages`, { id: newId(), text: "Closing at 3 pm" });
  const lockedInStore = async () => {
    const { rows } = await office.backend.context.database.pool.query("select locked_since from groups");
    return rows.some((row) => row.locked_since !== null);
  };

  beforeEach(async () => {
    ahead = 0;
    office = await openCrmOffice(engine);
    await office.connect();
    group = await office.openGroup();
  });
  afterEach(() => office.close());

  test("lock it by their webhooks: one deleted and another made with do-not-disturb, until that is lifted", async () => {
    await office.crm.remove(DANA.id);
    await eventually(seen, ({ participants }) => participants[0]?.contacts[0]?.tag?.kind === "deleted", 20_000);
    expect((await seen()).lock).toBeNull();
    await office.crm.edit(AGAIN, again);
    expect(await eventually(seen, isLocked, 20_000)).toMatchObject(byAgain);
    expect(await send()).toMatchObject({
      status: 409,
      body: { code: "group_locked", refusal: { who: [{ by: { name: "Dana Merged" } }] } },
    });
    await office.crm.edit(AGAIN, { dnd: false });
    await eventually(seen, isOpen, 20_000);
    expect((await send()).status).toBe(202);
  });

  test("lock it when the thread is opened, and before a text leaves, where no webhook comes", async () => {
    await office.crm.edit(AGAIN, again, { silent: true });
    hurry(STALE_MS);
    expect(await send()).toMatchObject({ status: 409, body: { code: "group_locked" } });
    await office.crm.edit(AGAIN, { dnd: false }, { silent: true });
    hurry(STALE_MS);
    await eventually(seen, isOpen, 10_000);
    await office.crm.edit(AGAIN, { smsStatus: "permanent" }, { silent: true });
    hurry(STALE_MS);
    expect(await eventually(seen, isLocked, 10_000)).toMatchObject(byAgain);
  });

  test("lock it by the slow look, and unlock it", async () => {
    const slowLook = async () => {
      await office.backend.context.database.pool.query(
        "update directory_contact set asked_at = asked_at - interval '13 hours'",
      );
      await reconcile(office.backend.context, WORKSPACE.id);
    };
    const extra = { ...again, phone: "+13035550177", additionalPhones: [{ phone: DANA.phone ?? "", label: null }] };
    await office.crm.edit(AGAIN, extra, { silent: true });
    await slowLook();
    expect(await lockedInStore()).toBe(true);
    await office.crm.edit(AGAIN, { dnd: false }, { silent: true });
    await slowLook();
    expect(await lockedInStore()).toBe(false);
  });

  test("lock it when a search brings them in, and keep their number out of new groups", async () => {
    await office.crm.edit(AGAIN, again, { silent: true });
    const found = bodyOf(200, await office.ava<ContactPage>("GET", "/v1/contacts?query=merged"));
    expect(found.contacts.map(({ id }) => id)).toEqual([AGAIN]);
    expect(await lockedInStore()).toBe(true);
    const refused = await office.ava("POST", "/v1/groups", newGroup([DANA, LUIS]));
    expect(refused).toMatchObject({ status: 422, body: { code: "roster_refused" } });
    expect(refused.text).toContain('"by":{"id":"danaMadeAnewByAMerge","name":"Dana Merged"}');
  });

  test("keep a new group from being made though nobody here knew them", async () => {
    await office.crm.edit(AGAIN, again, { silent: true });
    const refused = await office.ava("POST", "/v1/groups", newGroup([DANA, TOM]));
    expect(refused).toMatchObject({ status: 422, body: { code: "roster_refused" } });
    await office.crm.edit(AGAIN, { dnd: false }, { silent: true });
    hurry(STALE_MS);
    expect((await office.ava("POST", "/v1/groups", newGroup([DANA, TOM]))).status).toBe(201);
  });
});
