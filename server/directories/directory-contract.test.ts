import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactWrite } from "@partyline/contract/contact";
import type { CrmContact } from "@partyline/sandbox/highlevel/crm-records";
import { API_KEY, clientOf, startTestBackend, WORKSPACE, type TestBackend } from "../testing/backend.ts";
import { openCrmOffice, STALE_MS } from "../testing/crm-office.ts";
import { databases, type TestEngine } from "../testing/databases.ts";
import { bodyOf } from "../testing/office.ts";
import type { Directory } from "./directory.ts";

/** A directory, and what somebody does in it where its contacts are at home. */
interface Bench {
  directory: Directory;
  backend: TestBackend;
  put: (person: Person) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Until a change there has to show here. */
  wait: () => void;
  close: () => Promise<void>;
}

interface Person {
  id: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  more: string[];
  owner: string | null;
  dnd: boolean;
  smsStatus: "active" | "inactive" | "permanent";
}

const DANA = person("nmFmQEsNgz6AVpgLVUJ1", "Dana", "Wu", "+14155550142");
const LUIS = person("nmFmQEsNgz6AVpgLVUJ2", "Luis", "Ortega", "+16285550110");

function person(id: string, firstName: string, lastName: string, phone: string | null): Person {
  return { id, firstName, lastName, phone, more: [], owner: "u-ava", dnd: false, smsStatus: "inactive" };
}

async function builtIn(engine: TestEngine): Promise<Bench> {
  const backend = await startTestBackend(engine);
  const crm = clientOf(backend.url, API_KEY);
  return {
    backend,
    directory: await backend.context.directories.of(WORKSPACE.id),
    put: async (one) => {
      bodyOf(200, await crm("PUT", `/v1/contacts/${one.id}`, asWritten(one)));
    },
    remove: async (id) => {
      await crm("DELETE", `/v1/contacts/${id}`);
    },
    wait: () => undefined,
    close: () => backend.close(),
  };
}

async function highLevel(engine: TestEngine): Promise<Bench> {
  const office = await openCrmOffice(engine, { crm: { contacts: [] } });
  await office.connect();
  let ahead = 0;
  return {
    backend: office.backend,
    directory: await office.backend.context.directories.of(WORKSPACE.id),
    put: async (one) => {
      await office.crm.edit(one.id, asKept(one), { silent: true });
    },
    remove: async (id) => {
      await office.crm.remove(id, { silent: true });
    },
    wait: () => office.backend.setAhead((ahead += STALE_MS)),
    close: () => office.close(),
  };
}

function asWritten({ firstName, lastName, phone, more, owner, dnd, smsStatus }: Person): ContactWrite {
  const numbers = [...(phone === null ? [] : [phone]), ...more];
  return {
    name: `${firstName} ${lastName}`,
    ownerId: owner,
    doNotDisturb: dnd,
    smsStatus,
    phones: numbers.map((number) => ({ number, label: null, primary: number === phone })),
    tags: [],
  };
}

function asKept({ firstName, lastName, phone, more, owner, dnd, smsStatus }: Person): Partial<CrmContact> {
  const additionalPhones = more.map((number) => ({ phone: number, label: null }));
  return { firstName, lastName, phone, additionalPhones, assignedTo: owner, dnd, smsStatus };
}

const kinds = [
  ["the built-in directory", builtIn],
  ["HighLevel", highLevel],
] as const;

describe.each(databases)("on $name", (engine) => {
  describe.each(kinds)("%s", (_name, open) => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await open(engine);
      await bench.put(DANA);
      await bench.put({ ...LUIS, more: ["+16285550171"], owner: "u-cleo" });
    });
    afterAll(() => bench.close());

    const get = (id: string) => bench.directory.get(id);
    const change = async (one: Person) => {
      await bench.put(one);
      bench.wait();
      return get(one.id);
    };

    test("gets a contact with its name, owner, phones and do-not-disturb state", async () => {
      expect(await get(LUIS.id)).toEqual({
        id: LUIS.id,
        name: "Luis Ortega",
        ownerId: "u-cleo",
        doNotDisturb: false,
        smsStatus: "inactive",
        phones: [
          { number: "+16285550110", label: null, primary: true },
          { number: "+16285550171", label: null, primary: false },
        ],
        tags: [],
        deletedAt: null,
      });
    });

    test("knows nothing of an id that is nobody's", async () => {
      expect(await get("zzzzzzzzzzzzzzzzzzzz")).toBeUndefined();
      expect(await bench.directory.resolve({ ids: ["zzzzzzzzzzzzzzzzzzzz"], phones: [] })).toEqual({
        contacts: [],
        byPhone: [],
        unreadable: [],
      });
    });

    test("looks at people known and unknown without a fault", async () => {
      await bench.directory.look({ ids: [DANA.id, "zzzzzzzzzzzzzzzzzzzz"], phones: ["+13035550000"] }, 2_000);
      expect(await get(DANA.id)).toMatchObject({ name: "Dana Wu" });
    });

    test("resolves ids and phones together, additional phones included, each contact once", async () => {
      const wanted = { ids: [DANA.id, LUIS.id], phones: ["+16285550110", "+16285550171", "+13035550000"] };
      const { contacts, byPhone } = await bench.directory.resolve(wanted);
      expect(contacts.map(({ id }) => id).toSorted()).toEqual([DANA.id, LUIS.id]);
      expect(byPhone.toSorted((one, other) => one.phone.localeCompare(other.phone))).toEqual([
        { phone: "+16285550110", contactId: LUIS.id },
        { phone: "+16285550171", contactId: LUIS.id },
      ]);
    });

    test("shows a change of name, phone, owner and do-not-disturb state", async () => {
      const changed = await change({
        ...DANA,
        lastName: "Wu-Lee",
        phone: "+14155550143",
        owner: null,
        smsStatus: "permanent",
      });
      expect(changed).toMatchObject({
        name: "Dana Wu-Lee",
        ownerId: null,
        smsStatus: "permanent",
        phones: [{ number: "+14155550143" }],
      });
      expect(await change({ ...DANA, dnd: true })).toMatchObject({ doNotDisturb: true, smsStatus: "inactive" });
      expect(await change(DANA)).toMatchObject({ doNotDisturb: false, name: "Dana Wu" });
    });

    test("no longer finds a contact by a number it gave up", async () => {
      await bench.directory.resolve({ ids: [DANA.id], phones: [] });
      await change({ ...DANA, phone: "+14155550149" });
      const found = await bench.directory.resolve({ ids: [], phones: ["+14155550142"] });
      expect(found.byPhone).toEqual([]);
      await change(DANA);
    });

    test("searches by part of a name, by digits, and among one owner's", async () => {
      const names = async (query: string, ownerId: string | null = null) => {
        const { contacts, total } = await bench.directory.search({ query, ownerId, offset: 0, limit: 50 });
        expect(total).toBe(contacts.length);
        return contacts.map(({ name }) => name);
      };
      expect(await names("dAn")).toEqual(["Dana Wu"]);
      expect(await names("555-0171")).toEqual(["Luis Ortega"]);
      expect(await names("", "u-cleo")).toEqual(["Luis Ortega"]);
      expect(await names("nobody by that name")).toEqual([]);
    });

    test("searches in pages, by name", async () => {
      for (let index = 0; index < 5; index += 1) {
        await bench.put(person(`pagedPerson00000000${index}`, "Pat", `Page${index}`, `+1303555010${index}`));
      }
      const page = async (offset: number) => {
        const { contacts, total } = await bench.directory.search({ query: "pat", ownerId: null, offset, limit: 2 });
        expect(total).toBe(5);
        return contacts.map(({ name }) => name);
      };
      expect([await page(0), await page(2), await page(4)]).toEqual([
        ["Pat Page0", "Pat Page1"],
        ["Pat Page2", "Pat Page3"],
        ["Pat Page4"],
      ]);
    });

    test("keeps a deleted contact as it was last, out of searches, and takes it back when it returns", async () => {
      await bench.remove(LUIS.id);
      bench.wait();
      expect(await get(LUIS.id)).toMatchObject({
        name: "Luis Ortega",
        ownerId: "u-cleo",
        deletedAt: expect.any(String),
      });
      expect((await bench.directory.search({ query: "luis", ownerId: null, offset: 0, limit: 5 })).contacts).toEqual(
        [],
      );
      expect((await bench.directory.resolve({ ids: [], phones: ["+16285550110"] })).byPhone).toEqual([]);
      expect(await change({ ...LUIS, owner: "u-cleo" })).toMatchObject({ deletedAt: null });
    });

    test("names users by the CRM's id with their rights, and numbers with whose they are", async () => {
      const users = await bench.directory.users();
      expect(users.map(({ crmUserId, role, assignedDataOnly }) => [crmUserId, role, assignedDataOnly])).toEqual([
        ["u-ava", "admin", false],
        ["u-ben", "user", false],
        ["u-cleo", "user", true],
      ]);
      const numbers = (await bench.directory.numbers()).toSorted((one, other) =>
        one.number.localeCompare(other.number),
      );
      expect(numbers.map(({ number, isDefault, crmUserId }) => [number.slice(-3), isDefault, crmUserId])).toEqual([
        ["100", true, null],
        ["101", false, "u-ben"],
        ["102", false, null],
        ["199", false, null],
      ]);
    });
  });
});
