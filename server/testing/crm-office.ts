import { v7 as newId } from "uuid";
import { Group } from "@partyline/contract/group";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  DANA,
  HighLevelBench,
  LOCATION,
  LUIS,
  PRIVATE_TOKEN,
  TOM,
} from "@partyline/sandbox/highlevel/highlevel-bench";
import type { HighLevelOptions } from "@partyline/sandbox/highlevel/start-highlevel";
import { freePort } from "@partyline/sandbox/ports";
import { clientOf, startTestBackend, WORKSPACE, type TestBackend } from "./backend.ts";
import type { TestEngine } from "./databases.ts";
import { bodyOf } from "./office.ts";

type Client = ReturnType<typeof clientOf>;

/** A backend whose contacts come from an emulated HighLevel, and hands in both. */
export interface CrmOffice {
  backend: TestBackend;
  crm: HighLevelBench;
  /** An admin. */
  ava: Client;
  ben: Client;
  /** Sees assigned data only. */
  cleo: Client;
  /** Connects the workspace by a private token. */
  connect: () => Promise<void>;
  /** Connects it as an admin's browser does; answers the page it ends on. */
  authorize: () => Promise<Response>;
  /** A group of Dana, Luis and Tom, made by Ava. */
  openGroup: () => Promise<Group>;
  group: (id: string) => Promise<Group>;
  close: () => Promise<void>;
}

export const CRM_PEOPLE = [DANA, LUIS, TOM];
const SECOND_MS = 1000;
/** Past which the backend asks the CRM again for somebody it knows. */
export const STALE_MS = 31 * SECOND_MS;

export async function openCrmOffice(
  engine: TestEngine,
  options: { crm?: Partial<HighLevelOptions>; timelineCopies?: boolean } = {},
): Promise<CrmOffice> {
  const crm = new HighLevelBench();
  const port = await freePort();
  await crm.start({ webhookUrl: `http://127.0.0.1:${port}/webhooks/highlevel`, ...options.crm });
  const backend = await startTestBackend(engine, {
    port,
    workspace: {
      ...WORKSPACE,
      directory: { kind: "highlevel", locationId: LOCATION, timelineCopies: options.timelineCopies ?? false },
    },
    environment: {
      HIGHLEVEL_API_URL: crm.crm.url,
      HIGHLEVEL_MARKETPLACE_URL: crm.crm.url,
      HIGHLEVEL_PUBLIC_KEY: crm.crm.publicKey,
      HIGHLEVEL_CLIENT_ID: CLIENT_ID,
      HIGHLEVEL_CLIENT_SECRET: CLIENT_SECRET,
      // Well past how long a send waits for a look.
      HIGHLEVEL_TIMEOUT_MS: "2600",
    },
  });
  const [ava, ben, cleo] = await Promise.all(
    (["ava", "ben", "cleo"] as const).map(async (name) => clientOf(backend.url, await backend.tokenOf(name))),
  );
  if (ava === undefined || ben === undefined || cleo === undefined) throw new Error("somebody is missing");
  return {
    backend,
    crm,
    ava,
    ben,
    cleo,
    connect: async () => {
      bodyOf(200, await ava("PUT", "/v1/directory/highlevel/token", { token: PRIVATE_TOKEN }));
    },
    authorize: async () => {
      const begun = bodyOf(200, await ava<{ authorizeUrl: string }>("POST", "/v1/directory/highlevel/connect", {}));
      return fetch(await crm.allow(begun.authorizeUrl));
    },
    openGroup: async () => Group.parse(bodyOf(201, await ava("POST", "/v1/groups", newGroup()))),
    group: async (id) => Group.parse(bodyOf(200, await ava("GET", `/v1/groups/${id}`))),
    close: async () => {
      await backend.close();
      await crm.stop();
    },
  };
}

export function newGroup(people = CRM_PEOPLE): object {
  return {
    id: newId(),
    businessNumberId: WORKSPACE.numbers[0]?.id,
    participants: people.map(({ id, phone }) => ({ contactId: id, phone })),
    name: null,
    firstMessage: null,
  };
}
