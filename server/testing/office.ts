import { v7 as newId } from "uuid";
import { Group } from "@partyline/contract/group";
import { Message, MessagePage } from "@partyline/contract/message";
import {
  API_KEY,
  clientOf,
  eventually,
  startTestBackend,
  WORKSPACE,
  type Answer,
  type TestBackend,
  type TestBackendOptions,
} from "./backend.ts";
import type { TestEngine } from "./databases.ts";

type Client = ReturnType<typeof clientOf>;

/** A backend with its people signed in, and hands on the directory and on the phones. */
export interface Office {
  backend: TestBackend;
  /** An admin. */
  ava: Client;
  ben: Client;
  /** Sees assigned data only. */
  cleo: Client;
  /** The CRM, with its API key. */
  crm: Client;
  /** One contact for each number, in the directory. */
  addPeople: (numbers: readonly string[], ownerId?: string | null) => Promise<string[]>;
  /** A new group of new contacts, made by Ava. */
  openGroup: (numbers: readonly string[], text?: string) => Promise<Group>;
  groupRequest: (people: readonly string[], numbers: readonly string[], rest?: object) => object;
  send: (groupId: string, text: string) => Promise<Message>;
  messages: (groupId: string) => Promise<Message[]>;
  /** Waits until every delivery of the message is as said. */
  outcome: (
    message: Message,
    isSo: (states: string[], message: Message) => boolean,
    withinMs?: number,
  ) => Promise<Message>;
  carrier: <Body>(method: string, path: string, body?: object) => Promise<Body>;
  /** How many calls that send came to the carrier with this text. */
  callsWith: (text: string) => Promise<number>;
  close: () => Promise<void>;
}

interface CarrierRequest {
  method: string;
  path: string;
  body?: unknown;
}

export async function openOffice(engine: TestEngine, options: TestBackendOptions = {}): Promise<Office> {
  const backend = await startTestBackend(engine, options);
  const [ava, ben, cleo] = await Promise.all(
    (["ava", "ben", "cleo"] as const).map(async (name) => clientOf(backend.url, await backend.tokenOf(name))),
  );
  if (ava === undefined || ben === undefined || cleo === undefined) throw new Error("somebody is missing");
  const crm = clientOf(backend.url, API_KEY);
  const carrier = carrierOf(backend);
  const messages = async (groupId: string) =>
    MessagePage.parse(bodyOf(200, await patient(ava)("GET", `/v1/groups/${groupId}/messages?limit=200`))).messages;
  const office: Office = {
    backend,
    ava,
    ben,
    cleo,
    crm,
    groupRequest,
    messages,
    carrier,
    addPeople: (numbers, ownerId = "u-ava") => addPeople(crm, numbers, ownerId),
    openGroup: async (numbers, text) => {
      const wanted = groupRequest(
        await office.addPeople(numbers),
        numbers,
        text === undefined ? {} : firstMessage(text),
      );
      return Group.parse(bodyOf(201, await ava("POST", "/v1/groups", wanted)));
    },
    send: async (groupId, text) =>
      Message.parse(bodyOf(202, await patient(ava)("POST", `/v1/groups/${groupId}/messages`, { id: newId(), text }))),
    outcome: async ({ id, groupId }, isSo, withinMs) => {
      const find = async () => (await messages(groupId)).find((one) => one.id === id);
      const found = await eventually(find, (one) => one !== undefined && isSo(statesOf(one), one), withinMs ?? 20_000);
      if (found === undefined) throw new Error("the message is gone");
      return found;
    },
    callsWith: async (text) => {
      const requests = await carrier<CarrierRequest[]>("GET", "/requests");
      return requests.filter(({ body }) => (body as { text?: unknown } | undefined)?.text === text).length;
    },
    close: () => backend.close(),
  };
  return office;
}

/** As the outbox does: repeats what a busy database had no time for, under the same key. */
export function patient(user: Client): Client {
  return async <Body>(...[method, path, body, headers = {}]: Parameters<Client>) => {
    const key = { "idempotency-key": newId(), ...headers };
    for (let tries = 1; ; tries += 1) {
      const answer = await user<Body>(method, path, body, method === "GET" ? headers : key);
      if (answer.status !== 503 || tries === 10) return answer;
    }
  };
}

function statesOf(message: Message): string[] {
  return message.deliveries.map(({ state }) => state);
}

function groupRequest(people: readonly string[], numbers: readonly string[], rest: object = {}): object {
  return {
    id: newId(),
    businessNumberId: WORKSPACE.numbers[0]?.id,
    participants: people.map((contactId, index) => ({ contactId, phone: numbers[index] })),
    name: null,
    firstMessage: null,
    ...rest,
  };
}

export function firstMessage(text: string) {
  return { firstMessage: { id: newId(), text } };
}

async function addPeople(crm: Client, numbers: readonly string[], ownerId: string | null): Promise<string[]> {
  const contacts = numbers.map((number) => ({ id: `c-${newId()}`, ...personWith(number, ownerId) }));
  bodyOf(200, await crm("POST", "/v1/contacts/import", { contacts }));
  return contacts.map(({ id }) => id);
}

export function personWith(number: string, ownerId: string | null = "u-ava") {
  return {
    name: `Person ${number.slice(-4)}`,
    ownerId,
    doNotDisturb: false,
    smsStatus: "inactive",
    phones: [{ number, label: null, primary: true }],
    tags: [],
  };
}

/** The body of an answer that has to have this status. */
export function bodyOf<Body>(status: number, answer: Answer<Body>): Body {
  if (answer.status === status) return answer.body;
  throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}

let taken = 0;

/** Numbers nobody else in this file has. */
export function freshNumbers(count: number): string[] {
  return Array.from({ length: count }, () => {
    taken += 1;
    return `+1303${String(200 + Math.floor(taken / 10_000))}${String(taken % 10_000).padStart(4, "0")}`;
  });
}

function carrierOf(backend: TestBackend): Office["carrier"] {
  return async <Body>(method: string, path: string, body?: object) => {
    const answer = await fetch(`${backend.carrier.url}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the carrier answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
}
