import { v7 as newId } from "uuid";
import { Group } from "@partyline/contract/group";
import { provision } from "../provision.ts";
import { WorkspaceFile } from "../workspace-file.ts";
import { HOLDINGS, SIGHTS, type Cell, type CellFacts } from "./access-policy.ts";
import { clientOf, WORKSPACE } from "./backend.ts";
import type { TestEngine } from "./databases.ts";
import { bodyOf, firstMessage, freshNumbers, openOffice, personWith, type Office } from "./office.ts";
import { signInOverHttp } from "./sign-in.ts";

export type Client = Office["ava"];

/** An admin, a user, one with assigned data only, and another workspace's admin. */
export const ASKERS = ["ava", "ben", "cleo", "other"] as const;
export type Asker = (typeof ASKERS)[number];

/** What a request of a route is aimed at. */
export interface Scene {
  office: Office;
  group: Group;
  /** A new contact. */
  contact: () => Promise<string>;
  /** The wish for a new group of new contacts. */
  newGroup: () => Promise<object>;
}

export interface AccessWorld {
  office: Office;
  clients: Record<Asker, Client>;
  /** Every group there is before anybody asks, with the CRM's ids of its contacts' owners. */
  groups: { group: Group; owners: string[] }[];
  sceneOf: (asker: Asker, cell: Cell) => Scene;
  factsOf: (asker: Asker, cell: Cell) => CellFacts;
}

const [AVA, BEN, CLEO] = WORKSPACE.users;
const FACTS = { ava: AVA, ben: BEN, cleo: CLEO };
/** Whose contacts and numbers stand for a colleague's. Another workspace's admin aims at what is Ava's here. */
const COLLEAGUES = { ava: "ben", ben: "cleo", cleo: "ben", other: "ben" } as const;

const HELD = Object.entries(FACTS).map(([name, user], index) => ({
  id: newId(),
  number: `+1415555011${index}`,
  label: name,
  isDefault: false,
  assignedTo: user?.id ?? null,
  connected: true,
  mms: true,
}));
const NUMBERS = [...WORKSPACE.numbers.filter(({ assignedTo }) => assignedTo === null), ...HELD];

const ELSEWHERE = WorkspaceFile.parse({
  id: "01900000-0000-7000-8000-000000000002",
  name: "Elsewhere Lending",
  users: [
    {
      id: "01900000-0000-7000-8000-0000000000d1",
      name: "Olaf Else",
      email: "olaf@elsewhere.example",
      initialPassword: "another good long password",
      role: "admin",
      assignedDataOnly: false,
      crmUserId: "u-ava",
    },
  ],
  numbers: [],
  apiKeys: [],
});

/** Said in every group, so that a search for it finds all that may be found. */
export const WORD = "Kingfisher";

/** One group for each asker, sight and number; nothing is sent, for no worker runs. */
export async function openAccessWorld(engine: TestEngine): Promise<AccessWorld> {
  const workspace = { ...WORKSPACE, numbers: NUMBERS };
  const environment = { SENDS_PER_MINUTE: "10000" };
  const office = await openOffice(engine, { workspace, environment, works: false });
  const { backend, ava, ben, cleo } = office;
  await provision(backend.context, ELSEWHERE);
  const { email, initialPassword: password = "" } = ELSEWHERE.users[0] ?? { email: "" };
  const tokens = await signInOverHttp(backend.url, { email, password });
  const groups = await openGroups(office);
  return {
    office,
    clients: { ava, ben, cleo, other: clientOf(backend.url, tokens.access_token) },
    groups: [...groups.values()],
    factsOf,
    sceneOf(asker, cell) {
      const { group } = groups.get(placeOf(asker, cell)) ?? {};
      if (group === undefined) throw new Error("there is no such group");
      const { owners, number } = factsOf(asker, cell);
      return {
        office,
        group,
        contact: async () => (await office.addPeople(freshNumbers(1), owners[0]))[0] ?? "",
        newGroup: () => wish(office, owners, number.id),
      };
    },
  };
}

function factsOf(asker: Asker, { sight, holding }: Cell): CellFacts & { number: { id: string } } {
  const me = asker === "other" ? "ava" : asker;
  const [mine, theirs] = [`u-${me}`, `u-${COLLEAGUES[asker]}`];
  const owners = { own: [mine, mine], shared: [mine, theirs], foreign: [theirs, theirs] }[sight];
  const held = { own: FACTS[me], others: FACTS[COLLEAGUES[asker]], default: null, unassigned: null }[holding];
  const number = NUMBERS.find(
    ({ assignedTo, isDefault }) => assignedTo === (held?.id ?? null) && isDefault === (holding === "default"),
  );
  if (number === undefined) throw new Error("there is no such number");
  return { user: asker === "other" ? null : (FACTS[asker] ?? null), owners, number };
}

/** Cells that mean the same people and the same number are the same place: one roster has one group (rule R9). */
function placeOf(asker: Asker, cell: Cell): string {
  const { owners, number } = factsOf(asker, cell);
  return `${owners.toSorted().join(" ")} ${number.number}`;
}

async function openGroups(office: Office): Promise<Map<string, AccessWorld["groups"][number]>> {
  const cells = SIGHTS.flatMap((sight) => HOLDINGS.map((holding) => ({ sight, holding })));
  const places = new Map(ASKERS.flatMap((asker) => cells.map((cell) => [placeOf(asker, cell), factsOf(asker, cell)])));
  const groups = new Map<string, AccessWorld["groups"][number]>();
  for (const [place, { owners, number }] of places) {
    const wanted = { ...(await wish(office, owners, number.id)), ...firstMessage(`${WORD} at nine`) };
    groups.set(place, { group: Group.parse(bodyOf(201, await office.ava("POST", "/v1/groups", wanted))), owners });
  }
  return groups;
}

async function wish(office: Office, owners: readonly string[], businessNumberId: string): Promise<object> {
  const numbers = freshNumbers(owners.length);
  const contacts = owners.map((owner, index) => ({ id: newId(), ...personWith(numbers[index] ?? "", owner) }));
  bodyOf(200, await office.crm("POST", "/v1/contacts/import", { contacts }));
  return office.groupRequest(
    contacts.map(({ id }) => id),
    numbers,
    { businessNumberId },
  );
}
