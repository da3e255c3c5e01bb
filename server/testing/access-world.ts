import { v7 as newId } from "uuid";
import { Group } from "@partyline/contract/group";
import { maySeeGroup, mayUseNumber } from "@partyline/domain/access";
import { applyInbound } from "../messages/apply-inbound.ts";
import { provision } from "../provision.ts";
import { inWorkspace } from "../store/tenant.ts";
import { WorkspaceFile } from "../workspace-file.ts";
import { openPeopled, type DirectoryKind, type Peopled } from "./access-people.ts";
import { HOLDINGS, SIGHTS, type Cell, type CellFacts } from "./access-policy.ts";
import { overhear, type Exchange, type Reader } from "./access-secrets.ts";
import { clientOf, WORKSPACE } from "./backend.ts";
import type { TestEngine } from "./databases.ts";
import { bodyOf, firstMessage, freshNumbers, personWith, type Office } from "./office.ts";
import { signInOverHttp } from "./sign-in.ts";

export type Client = Office["ava"];

/** An admin, a user, one with assigned data only, and another workspace's admin. */
export const ASKERS = ["ava", "ben", "cleo", "other"] as const;
export type Asker = (typeof ASKERS)[number];

type Colleague = Exclude<Asker, "other">;

/** What a request of a route is aimed at. */
export interface Scene {
  office: Office;
  group: Group;
  /** Of the same owners with the same number, and nobody can send in it. */
  locked: Group;
  /** A new contact. */
  contact: () => Promise<string>;
  /** The wish for a new group of new contacts. */
  newGroup: () => Promise<object>;
  /** The wish for one of the asker's own contacts with the default number, in the place of the group. */
  successor: () => Promise<object>;
}

export interface Place {
  group: Group;
  /** The CRM's ids of its contacts' owners. */
  owners: string[];
  creator: Asker;
  locked: boolean;
}

/** A set of people and the number they write to, whether or not it is a group. */
interface Addressed {
  businessNumber: { number: string };
  participants: readonly { phone: string }[];
}

export interface AccessWorld extends Pick<Peopled, "office" | "add" | "assign" | "close"> {
  directory: DirectoryKind;
  /** Everything they are answered is kept in `exchanges`. */
  clients: Record<Asker, Client>;
  readers: Record<Asker, Reader>;
  exchanges: Exchange[];
  /** Where each of them would go on from before there was any group. */
  cursors: Record<Asker, string>;
  /** Every group there is before anybody asks, each with a reply nobody has read. */
  places: Place[];
  /** The other workspace's only group. */
  elsewhere: Place;
  sceneOf: (asker: Asker, cell: Cell) => Scene;
  factsOf: (asker: Asker, cell: Cell) => CellFacts;
  openGroup: (owners: readonly string[], creator: Colleague) => Promise<Place>;
  /** From the first of the group's people, to all. */
  reply: (group: Addressed, text: string) => Promise<void>;
}

const [AVA, BEN, CLEO] = WORKSPACE.users;
if (AVA === undefined || BEN === undefined || CLEO === undefined) throw new Error("somebody is missing");
const FACTS = { ava: AVA, ben: BEN, cleo: CLEO };
/** Whose contacts and numbers stand for a colleague's. Another workspace's admin aims at what is Ava's here. */
const COLLEAGUES = { ava: "ben", ben: "cleo", cleo: "ben", other: "ben" } as const;

const HELD = Object.entries(FACTS).map(([name, user], index) => ({
  id: newId(),
  number: `+1415555011${index}`,
  label: name,
  isDefault: false,
  assignedTo: user.id,
  connected: true,
  mms: true,
}));
const NUMBERS = [...WORKSPACE.numbers.filter(({ assignedTo }) => assignedTo === null), ...HELD];

const OLAF = {
  id: "01900000-0000-7000-8000-0000000000d1",
  name: "Olaf Elsewhere",
  email: "olaf@elsewhere.example",
  initialPassword: "another good long password",
  role: "admin",
  assignedDataOnly: false,
  crmUserId: "u-ava",
} as const;
const ELSEWHERE = WorkspaceFile.parse({
  id: "01900000-0000-7000-8000-000000000002",
  name: "Elsewhere Lending",
  users: [OLAF],
  numbers: [{ ...HELD[0], id: newId(), number: "+14155550190", assignedTo: null, isDefault: true }],
  apiKeys: [],
});

const OWNER_ELSEWHERE = "u-olaf";

/** What every group is found by: its name, its people's names, and what is said in it. The next word is its own. */
export const NAMED = "Heron";
export const PERSON = "Plover";
export const SAID = "Kingfisher";

/** Two groups for each asker, sight and number, the second of them locked; and another workspace with one. */
export async function openAccessWorld(engine: TestEngine, directory: DirectoryKind = "built_in"): Promise<AccessWorld> {
  const peopled = await openPeopled(engine, directory, { ...WORKSPACE, numbers: NUMBERS });
  const { backend, ava, ben, cleo } = peopled.office;
  await provision(backend.context, ELSEWHERE);
  const tokens = await signInOverHttp(backend.url, { email: OLAF.email, password: OLAF.initialPassword });
  const others = clientOf(backend.url, tokens.access_token);
  const exchanges: Exchange[] = [];
  const readers = {
    ava: { workspaceId: WORKSPACE.id, user: FACTS.ava },
    ben: { workspaceId: WORKSPACE.id, user: FACTS.ben },
    cleo: { workspaceId: WORKSPACE.id, user: FACTS.cleo },
    other: { workspaceId: ELSEWHERE.id, user: OLAF },
  };
  const clients = {
    ava: overhear(ava, readers.ava, exchanges),
    ben: overhear(ben, readers.ben, exchanges),
    cleo: overhear(cleo, readers.cleo, exchanges),
    other: overhear(others, readers.other, exchanges),
  };
  const cursors = Object.fromEntries(
    await Promise.all(
      ASKERS.map(async (asker) => {
        const { cursor } = bodyOf(200, await clients[asker]<{ cursor: string }>("GET", "/v1/sync"));
        return [asker, cursor] as const;
      }),
    ),
  ) as Record<Asker, string>;
  const hands = handsOf(peopled);
  const opened = await openPlaces(hands);
  const places = [...opened.values()].flat();
  const elsewhere = await openElsewhere(hands, others, places);
  return {
    ...peopled,
    ...hands,
    directory,
    clients,
    readers,
    exchanges,
    cursors,
    places,
    elsewhere,
    factsOf,
    sceneOf: (asker, cell) => sceneOf(hands, opened, { asker, cell }),
  };
}

type Hands = ReturnType<typeof handsOf>;

function handsOf(peopled: Peopled) {
  const { office, add } = peopled;
  const { context } = office.backend;
  const replyIn = (workspaceId: string, group: Addressed, text: string) => {
    const [from = "", ...others] = group.participants.map(({ phone }) => phone);
    const event = { kind: "inbound", own: group.businessNumber.number, from, others, text } as const;
    const arrived = { ...event, carrierMessageId: newId(), media: [], isAnswered: true, at: context.now() };
    return inWorkspace(context.database, workspaceId, (trx) =>
      applyInbound(context, trx, { workspaceId, webhookEventId: newId(), event: arrived }),
    );
  };
  const wish = async (owners: readonly string[], businessNumberId: string, rest: object = {}) => {
    const numbers = freshNumbers(owners.length);
    const people = owners.map((ownerId, index) => ({
      name: `${PERSON} ${word()}`,
      phone: numbers[index] ?? "",
      ownerId,
    }));
    return office.groupRequest(await add(people), numbers, { businessNumberId, ...rest });
  };
  const openWith = async (number: { id: string }, owners: readonly string[], creator: Colleague) => {
    const told = { name: `${NAMED} ${word()}`, ...firstMessage(`${SAID} ${word()} at nine`) };
    const wanted = await wish(owners, number.id, told);
    const group = Group.parse(bodyOf(201, await office[creator]("POST", "/v1/groups", wanted)));
    await replyIn(WORKSPACE.id, group, `${SAID} ${word()}, thank you`);
    return { group, owners: [...owners], creator, locked: false };
  };
  return {
    office,
    wish,
    openWith,
    replyIn,
    reply: async (group: Addressed, text: string) => void (await replyIn(WORKSPACE.id, group, text)),
    openGroup: (owners: readonly string[], creator: Colleague) => openWith(defaultNumber(), owners, creator),
    addOne: async (ownerId: string) => {
      const [phone = ""] = freshNumbers(1);
      return (await add([{ name: `${PERSON} ${word()}`, phone, ownerId }]))[0] ?? "";
    },
  };
}

let words = 0;

/** A word that nobody else says, without a digit: those are looked for in numbers as well. */
function word(): string {
  words += 1;
  return `xq${String(words)
    .padStart(4, "0")
    .replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "")}zw`;
}

function defaultNumber(): { id: string } {
  const number = NUMBERS.find(({ isDefault }) => isDefault);
  if (number === undefined) throw new Error("there is no default number");
  return number;
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
  return { user: asker === "other" ? null : FACTS[asker], owners, number: { ...number, released: false } };
}

/** Cells that mean the same people and the same number are the same place. */
function placeOf(asker: Asker, cell: Cell): string {
  const { owners, number } = factsOf(asker, cell);
  return `${owners.toSorted().join(" ")} ${number.number}`;
}

async function openPlaces(hands: Hands): Promise<Map<string, [Place, Place]>> {
  const cells = SIGHTS.flatMap((sight) => HOLDINGS.map((holding) => ({ sight, holding })));
  const facts = new Map(ASKERS.flatMap((asker) => cells.map((cell) => [placeOf(asker, cell), factsOf(asker, cell)])));
  const places = new Map<string, [Place, Place]>();
  for (const [place, { owners, number }] of facts) {
    const creator = creatorOf(owners, number);
    const locked = await hands.openWith(number, owners, creator);
    await hands.reply(locked.group, "STOP");
    places.set(place, [await hands.openWith(number, owners, creator), { ...locked, locked: true }]);
  }
  return places;
}

/** Whoever alone owns the contacts, if they may send from the number; else the admin. */
function creatorOf(owners: readonly string[], number: CellFacts["number"]): Colleague {
  const able = (["cleo", "ben"] as const).find(
    (name) => owners.every((owner) => owner === FACTS[name].crmUserId) && mayUseNumber(FACTS[name], number).ok,
  );
  return able ?? "ava";
}

/** People with the ids and the phones of some of ours, whom another workspace knows by other names. */
async function openElsewhere({ office, replyIn }: Hands, others: Client, places: readonly Place[]): Promise<Place> {
  const unseen = places.find(({ owners }) => !maySeeGroup(FACTS.cleo, owners))?.group.participants ?? [];
  const people = unseen.map(({ phone, contacts }) => ({ id: contacts[0]?.id ?? "", phone }));
  const contacts = people.map(({ id, phone }) => ({
    id,
    ...personWith(phone, OWNER_ELSEWHERE),
    name: `${PERSON} ${word()}`,
  }));
  bodyOf(200, await others("POST", "/v1/contacts/import", { contacts }));
  const [ids, numbers] = [people.map(({ id }) => id), people.map(({ phone }) => phone)];
  const told = { name: `${NAMED} ${word()}`, ...firstMessage(`${SAID} ${word()} at ten`) };
  const wanted = office.groupRequest(ids, numbers, { businessNumberId: ELSEWHERE.numbers[0]?.id, ...told });
  const group = Group.parse(bodyOf(201, await others("POST", "/v1/groups", wanted)));
  await replyIn(ELSEWHERE.id, group, `${SAID} ${word()}, thank you`);
  await replyIn(ELSEWHERE.id, group, "STOP");
  return { group, owners: ids.map(() => OWNER_ELSEWHERE), creator: "other", locked: true };
}

function sceneOf(
  hands: Hands,
  places: ReadonlyMap<string, [Place, Place]>,
  { asker, cell }: { asker: Asker; cell: Cell },
): Scene {
  const [open, locked] = places.get(placeOf(asker, cell)) ?? [];
  if (open === undefined || locked === undefined) throw new Error("there is no such group");
  const { owners, number } = factsOf(asker, cell);
  const mine = asker === "other" ? "u-ava" : `u-${asker}`;
  return {
    office: hands.office,
    group: open.group,
    locked: locked.group,
    contact: () => hands.addOne(owners[0] ?? mine),
    newGroup: () => hands.wish(owners, number.id),
    successor: () => hands.wish([mine, mine], defaultNumber().id, { successorOf: open.group.id }),
  };
}
