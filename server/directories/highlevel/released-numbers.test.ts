import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PeopleSync } from "@partyline/contract/directory";
import type { Group } from "@partyline/contract/group";
import type { Message, MessagePage } from "@partyline/contract/message";
import type { BusinessNumbers } from "@partyline/contract/number";
import { CRM_NUMBERS, LUIS, TOM } from "@partyline/sandbox/highlevel/highlevel-bench";
import { v7 as newId } from "uuid";
import { eventually } from "../../testing/backend.ts";
import { newGroup, openCrmOffice, type CrmOffice } from "../../testing/crm-office.ts";
import { databases } from "../../testing/databases.ts";
import { bodyOf } from "../../testing/office.ts";

const [MAIN, BENS, NEVER_LISTED, TOLL_FREE] = CRM_NUMBERS as [Num, Num, Num, Num];
type Num = (typeof CRM_NUMBERS)[number];

describe.each(databases)("a number that is released in HighLevel, on $name", (engine) => {
  let office: CrmOffice;
  let group: Group;
  const list = (...numbers: Num[]) => office.crm.control("PUT", "/numbers", numbers);
  const sync = async () => bodyOf(200, await office.ava<PeopleSync>("POST", "/v1/directory/sync", {}));
  const numbers = async () =>
    bodyOf(200, await office.ava<BusinessNumbers>("GET", "/v1/numbers")).numbers.map(
      ({ number, isDefault, refusal }) => [number.slice(-3), isDefault, refusal?.reason ?? null],
    );
  const send = (text = "Hello?") => office.ava("POST", `/v1/groups/${group.id}/messages`, { id: newId(), text });
  const messages = async () =>
    bodyOf(200, await office.ava<MessagePage>("GET", `/v1/groups/${group.id}/messages`)).messages;
  const released = { status: 403, body: { code: "number_not_usable", refusal: { reason: "number_released" } } };

  beforeAll(async () => {
    office = await openCrmOffice(engine);
    await list(MAIN, BENS, TOLL_FREE);
    await office.connect();
    await sync();
    group = await office.openGroup();
  });
  afterAll(() => office.close());

  test("sends no more, and stays the default, for no other one is taken silently", async () => {
    await list(BENS, TOLL_FREE);
    expect(await sync()).toMatchObject({ numbers: 2, numbersReleased: 1 });
    expect(await numbers()).toEqual([
      ["100", true, "number_released"],
      ["101", false, null],
      ["102", false, null],
      ["199", false, "number_cannot_group"],
    ]);
    expect((await office.group(group.id)).sendRefusal).toEqual({ reason: "number_released" });
    const refused = await send();
    expect(refused).toMatchObject(released);
    expect(refused.body["detail"]).toContain("no longer in the CRM's account");
    expect(await office.ava("POST", "/v1/groups", newGroup([LUIS, TOM]))).toMatchObject(released);
    expect(await sync()).toMatchObject({ numbersReleased: 1 });
  });

  test("stays out when the backend starts again with its file, and one that was never listed stays usable", async () => {
    await office.backend.restart();
    expect(await numbers()).toMatchObject([["100", true, "number_released"], {}, ["102", false, null], {}]);
    expect(NEVER_LISTED.phoneNumber.slice(-3)).toBe("102");
  });

  test("gives up being the default for the one that the CRM names", async () => {
    await list({ ...BENS, isDefaultNumber: true }, TOLL_FREE);
    await sync();
    expect((await numbers()).slice(0, 2)).toEqual([
      ["101", true, null],
      ["100", false, "number_released"],
    ]);
  });

  test("is as it was once it is listed again", async () => {
    await list(MAIN, BENS, TOLL_FREE);
    expect(await sync()).toMatchObject({ numbersReleased: 0 });
    expect((await numbers())[0]).toEqual(["100", true, null]);
    expect((await office.group(group.id)).sendRefusal).toBeNull();
    expect((await send()).status).toBe(202);
  });

  test("holds a text that was accepted before", async () => {
    await eventually(messages, (all) => all.every(({ deliveries }) => deliveries[0]?.state === "delivered"), 20_000);
    const { url } = office.backend.carrier;
    await fetch(`${url}/control/behaviour`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ next: ["rate_limited"] }),
    });
    expect((await send("Before the release")).status).toBe(202);
    await list(BENS, TOLL_FREE);
    await sync();
    const isHeld = ({ text, held }: Message) => text === "Before the release" && held;
    await eventually(messages, (all) => all.some(isHeld), 20_000);
  });
});
