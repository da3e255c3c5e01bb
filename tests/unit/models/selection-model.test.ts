import { signal } from "@preact/signals";
import type { ContactsResolve } from "@partyline/contract/contact";
import type { CrmAccount } from "@partyline/domain/crm-account";
import { describe, expect, it } from "vitest";
import { SelectionModel } from "../../../utils/models/selection-model.ts";
import { contact, DANA, JO, KIM, LUIS, MAIN_LINE, panelWorld, selectionOf, TOM } from "./panel-world.ts";

async function modelOf(directory = [DANA, LUIS, TOM, KIM, JO], ownAccount: CrmAccount | null = null) {
  const world = await panelWorld(directory);
  const facts = {
    ourNumbers: signal({ businessNumber: MAIN_LINE.number, ownNumbers: [OTHER_LINE] }),
    ownAccount: signal(ownAccount),
  };
  return { world, model: new SelectionModel(world.gateway, facts) };
}

const OTHER_LINE = "+14155550101";
const ODD = { contactId: "odd", name: "Pat Doe" };

describe("the selection", () => {
  it("counts who can join and says why the others cannot", async () => {
    const { model } = await modelOf();
    await model.take(selectionOf([DANA, LUIS, TOM, KIM, JO]));
    const { selected, participants, refused, reasons } = model.summary.value;
    expect({ selected, participants, refused }).toEqual({ selected: 5, participants: 3, refused: 2 });
    expect(reasons.map(({ name, refusal }) => [name, refusal])).toEqual([
      ["Kim Lee", { reason: "do_not_disturb" }],
      ["Jo Brown", { reason: "not_us_ca", country: "JM" }],
    ]);
  });

  it("names one of the workspace's own numbers for what it is, whoever may use it", async () => {
    const desk = contact("c-desk", "Front Desk", OTHER_LINE);
    const { model } = await modelOf([DANA, LUIS, desk]);
    await model.take(selectionOf([DANA, LUIS, desk]));
    expect(model.summary.value.reasons).toMatchObject([{ name: "Front Desk", refusal: { reason: "own_number" } }]);
  });

  it("counts two contacts with one number as one participant", async () => {
    const ana = contact("c-ana", "Ana Silva", "+14155550142");
    const { model } = await modelOf([DANA, LUIS, ana]);
    await model.take(selectionOf([DANA, LUIS, ana]));
    expect(model.summary.value.joining).toHaveLength(3);
    expect(model.summary.value.participants).toBe(2);
  });

  it("says how many of what the page claims could be read", async () => {
    const { model } = await modelOf();
    await model.take(selectionOf([DANA, LUIS], { claimed: 12 }));
    expect(model.summary.value).toMatchObject({ selected: 12, read: 2 });
    await model.take(selectionOf([DANA, LUIS], { unreadable: ["Pat Doe"] }));
    expect(model.summary.value).toMatchObject({ selected: 3, read: 2 });
  });

  it("finds a contact by phone where the page's id leads nowhere", async () => {
    const { model } = await modelOf();
    await model.take({ ...selectionOf([]), rows: [{ contactId: "row-7", name: "Dana Wu", phone: "415.555.0142" }] });
    expect(model.people.value[0]?.contact?.id).toBe(DANA.id);
  });

  it("takes the contact of the row's name where several share its phone", async () => {
    const ana = contact("c-ana", "Ana Silva", "+14155550142");
    const { model } = await modelOf([DANA, ana]);
    await model.take({ ...selectionOf([]), rows: [{ contactId: null, name: "Ana Silva", phone: "(415) 555-0142" }] });
    expect(model.people.value[0]?.contact?.id).toBe("c-ana");
  });

  it("lists a row that no contact stands behind", async () => {
    const { model } = await modelOf();
    await model.take({ ...selectionOf([DANA]), rows: [{ contactId: "x", name: "Pat Doe", phone: null }] });
    expect(model.summary.value).toMatchObject({ unknown: 1, participants: 0 });
    expect(model.summary.value.reasons[0]).toMatchObject({ name: "Pat Doe", refusal: { reason: "unknown_contact" } });
  });

  it("lists somebody whose record in the CRM cannot be read with that reason, among the others", async () => {
    const { world, model } = await modelOf();
    const usual = { ...world.calls };
    world.calls.resolve_contacts = async (query) => {
      const answer = await usual.resolve_contacts(query);
      if (!answer.ok || !query.ids.includes("odd")) return answer;
      return { ok: true, value: { ...answer.value, unreadable: [{ id: "odd", reason: "unreadable_contact" }] } };
    };
    await model.take({ ...selectionOf([DANA]), rows: [...selectionOf([DANA]).rows, { ...ODD, phone: null }] });
    expect(model.summary.value).toMatchObject({ unknown: 1, participants: 1 });
    expect(model.summary.value.reasons).toMatchObject([{ name: "Pat Doe", refusal: { reason: "unreadable_contact" } }]);
    // Known by the phone beside the name, there is nothing to complain of.
    const luis = LUIS.phones[0]?.number ?? "";
    await model.take({ ...selectionOf([DANA]), rows: [{ ...ODD, name: "Luis Ortega", phone: luis }] });
    expect(model.summary.value).toMatchObject({ unknown: 0, reasons: [] });
  });

  it("asks for more than 200 rows in several questions and loses none", async () => {
    const many = Array.from({ length: 450 }, (_, index) => contact(`c-${index}`, `Person ${index}`, "(415) 555-0142"));
    const { model } = await modelOf(many);
    await model.take(selectionOf(many));
    expect(model.people.value.filter((person) => person.contact !== null)).toHaveLength(450);
  });

  it("keeps the latest selection although an earlier look-up answers last", async () => {
    const { world, model } = await modelOf();
    const { calls } = world;
    const usual = { ...calls };
    let letGo = () => undefined as void;
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    calls.resolve_contacts = async (query) => {
      if (query.ids.includes(DANA.id)) await slow;
      return usual.resolve_contacts(query);
    };
    const first = model.take(selectionOf([DANA]));
    await model.take(selectionOf([LUIS]));
    letGo();
    await first;
    expect(model.people.value.map(({ row }) => row.contactId)).toEqual([LUIS.id]);
  });

  it("keeps every row and the reason when the directory cannot be asked", async () => {
    const { world, model } = await modelOf();
    world.calls.resolve_contacts = async () => ({
      ok: false,
      refusal: { reason: "unreachable", backend: "http://127.0.0.1:4310" },
    });
    await model.take(selectionOf([DANA, LUIS]));
    expect(model.refusal.value).toMatchObject({ reason: "unreachable" });
    expect(model.people.value).toHaveLength(2);
  });

  describe("beside pages of two accounts", () => {
    const own: CrmAccount = { crm: "highlevel", id: "ve9EPM428h8vShlRW1KT" };
    const other: CrmAccount = { crm: "highlevel", id: "Kq2mTz81LwYvNcRb5XhD" };
    const twoAccounts = async () => {
      const { world, model } = await modelOf([DANA, LUIS], own);
      const asked: ContactsResolve[] = [];
      const usual = { ...world.calls };
      world.calls.resolve_contacts = (query) => {
        asked.push(query);
        return usual.resolve_contacts(query);
      };
      return { world, model, asked };
    };

    it("looks nobody up and selects nobody where the page is another's, though a phone is known here", async () => {
      const { model, asked } = await twoAccounts();
      await model.take(selectionOf([DANA, LUIS], { account: other, claimed: 12, unreadable: ["Pat Doe"] }));
      expect(asked).toEqual([]);
      expect(model.isElsewhere.value).toBe(true);
      expect(model.people.value).toEqual([]);
      expect(model.summary.value).toMatchObject({ selected: 0, read: 0, joining: [], participants: 0, reasons: [] });
      expect(model.recordUrl.value).toBeNull();
    });

    it("judges each page by itself as the panel follows from one to the other", async () => {
      const { model, asked } = await twoAccounts();
      for (const [account, elsewhere] of [[own, false] as const, [other, true] as const, [own, false] as const]) {
        await model.take(selectionOf([DANA, LUIS], { account }));
        expect([model.isElsewhere.value, model.summary.value.participants]).toEqual(elsewhere ? [true, 0] : [false, 2]);
      }
      expect(asked).toEqual([0, 1].map(() => ({ ids: [DANA.id, LUIS.id], phones: [], account: own })));
    });

    it.each([null, { crm: "hubspot", id: "40312" }])("is as ever where the page's account is %j", async (account) => {
      const { model } = await twoAccounts();
      await model.take(selectionOf([DANA, LUIS], { account }));
      expect([model.isElsewhere.value, model.summary.value.participants]).toEqual([false, 2]);
    });

    it("believes the backend, which may know of the other account first", async () => {
      const { world, model } = await modelOf([DANA, LUIS]);
      const problem = { detail: null, refusal: null, groupId: null, retryAfter: null };
      world.calls.resolve_contacts = async () => ({
        ok: false,
        refusal: { reason: "problem", code: "other_account", ...problem },
      });
      await model.take(selectionOf([DANA, LUIS], { account: other }));
      expect(model.isElsewhere.value).toBe(true);
      expect(model.summary.value).toMatchObject({ selected: 0, participants: 0 });
    });
  });
});
