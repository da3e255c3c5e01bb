import { v7 as newId } from "uuid";
import {
  crmContact,
  crmNumber,
  HighLevelBench,
  LOCATION,
  PRIVATE_TOKEN,
} from "@partyline/sandbox/highlevel/highlevel-bench";
import { freePort } from "@partyline/sandbox/ports";
import type { WorkspaceFile } from "../workspace-file.ts";
import type { TestBackend } from "./backend.ts";
import { STALE_MS } from "./crm-office.ts";
import type { TestEngine } from "./databases.ts";
import { bodyOf, openOffice, personWith, type Office } from "./office.ts";

export interface NewPerson {
  name: string;
  phone: string;
  ownerId: string;
}

export type DirectoryKind = "built_in" | "highlevel";

/** An office, and the hands of somebody who works in its directory. */
export interface Peopled {
  office: Office;
  /** @returns their ids */
  add: (people: readonly NewPerson[]) => Promise<string[]>;
  /** Gives somebody who was added to another owner. */
  assign: (id: string, ownerId: string) => Promise<void>;
  close: () => Promise<void>;
}

/** Nothing is sent, for no worker runs; nobody writes too fast. */
const MANNERS = { works: false } as const;
const ENVIRONMENT = { SENDS_PER_MINUTE: "10000" };

export function openPeopled(engine: TestEngine, kind: DirectoryKind, workspace: WorkspaceFile): Promise<Peopled> {
  return kind === "built_in" ? openBuiltIn(engine, workspace) : openHighLevel(engine, workspace);
}

async function openBuiltIn(engine: TestEngine, workspace: WorkspaceFile): Promise<Peopled> {
  const office = await openOffice(engine, { ...MANNERS, workspace, environment: ENVIRONMENT });
  const known = new Map<string, NewPerson>();
  const write = async (people: readonly (readonly [string, NewPerson])[]) => {
    const contacts = people.map(([id, { name, phone, ownerId }]) => ({ id, ...personWith(phone, ownerId), name }));
    bodyOf(200, await office.crm("POST", "/v1/contacts/import", { contacts }));
    for (const [id, person] of people) known.set(id, person);
  };
  return {
    office,
    add: async (people) => {
      const named = people.map((person) => [newId(), person] as const);
      await write(named);
      return named.map(([id]) => id);
    },
    assign: async (id, ownerId) => {
      const person = known.get(id);
      if (person !== undefined) await write([[id, { ...person, ownerId }]]);
    },
    close: () => office.close(),
  };
}

/** The same people in an emulated HighLevel, where the backend has to ask for them. */
async function openHighLevel(engine: TestEngine, workspace: WorkspaceFile): Promise<Peopled> {
  const crm = new HighLevelBench();
  const port = await freePort();
  // Far from the vendor's limit, for here it is not in question.
  await crm.start({ contacts: [], numbers: numbersOf(workspace), limit: { max: 100_000 } });
  const office = await openOffice(engine, {
    ...MANNERS,
    port,
    workspace: { ...workspace, directory: { kind: "highlevel", locationId: LOCATION, timelineCopies: false } },
    environment: {
      ...ENVIRONMENT,
      HIGHLEVEL_API_URL: crm.crm.url,
      HIGHLEVEL_MARKETPLACE_URL: crm.crm.url,
      HIGHLEVEL_PUBLIC_KEY: crm.crm.publicKey,
      HIGHLEVEL_CLIENT_ID: "partyline-app-of-the-sandbox",
      HIGHLEVEL_CLIENT_SECRET: "client-secret-of-the-sandbox",
    },
  });
  bodyOf(200, await office.ava("PUT", "/v1/directory/highlevel/token", { token: PRIVATE_TOKEN }));
  const ask = askAgain(office.backend);
  return {
    office,
    add: (people) => Promise.all(people.map((person) => addToCrm(crm, person))),
    assign: async (id, ownerId) => {
      await crm.edit(id, { assignedTo: ownerId }, { silent: true });
      await ask(() => office.ava("GET", `/v1/contacts/${id}`));
    },
    close: async () => {
      await office.close();
      await crm.stop();
    },
  };
}

async function addToCrm(crm: HighLevelBench, { name, phone, ownerId }: NewPerson): Promise<string> {
  const [firstName = "", lastName = ""] = name.split(" ");
  const { id, ...fields } = crmContact(newId().replaceAll("-", ""), firstName, lastName, phone);
  await crm.edit(id, { ...fields, assignedTo: ownerId }, { silent: true });
  return id;
}

/** Each time later than before, so that what was asked lately is asked again. */
function askAgain(backend: TestBackend) {
  let ahead = 0;
  return async (ask: () => Promise<unknown>) => {
    ahead += STALE_MS;
    backend.setAhead(ahead);
    await ask();
  };
}

function numbersOf({ numbers, users }: WorkspaceFile) {
  return numbers.map(({ number, label, isDefault, assignedTo, mms }) =>
    crmNumber(number, {
      friendlyName: label,
      isDefaultNumber: isDefault,
      linkedUser: users.find(({ id }) => id === assignedTo)?.crmUserId ?? null,
      mms,
      type: number.startsWith("+1888") ? "toll-free" : "local",
    }),
  );
}
