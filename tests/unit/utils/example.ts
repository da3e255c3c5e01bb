import "fake-indexeddb/auto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Group } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { Session } from "@partyline/contract/session";
import { openReplica, type Replica } from "../../../utils/replica.ts";

/** Valid things to change one field of. */
export const GROUP_ID = "01900000-0000-7000-8000-000000000001";
export const OTHER_GROUP_ID = "01900000-0000-7000-8000-000000000002";
const USER_ID = "01900000-0000-7000-8000-0000000000aa";
const NUMBER_ID = "01900000-0000-7000-8000-0000000000bb";
const DANA_ID = "01900000-0000-7000-8000-0000000000cc";

export const AT = "2026-11-23T09:00:00.000Z";

/** A UUIDv7 that sorts by `order`. */
export function idOf(order: number): string {
  return `01900000-0001-7000-8000-${String(order).padStart(12, "0")}`;
}

export function group(changed: Partial<Group> = {}): Group {
  return {
    id: GROUP_ID,
    name: "Oak Street closing",
    businessNumber: { id: NUMBER_ID, number: "+14155550100", label: "Main line" },
    mode: "native",
    participants: [
      {
        id: DANA_ID,
        phone: "+14155550142",
        contacts: [{ id: "c1", name: "Dana Wu", ownerName: null }],
        doNotDisturb: false,
        optedOut: false,
      },
    ],
    lock: null,
    discovered: false,
    links: [],
    sendRefusal: null,
    createdAt: AT,
    createdBy: { id: USER_ID, name: "Ava Brooks" },
    lastMessage: null,
    lastActivityAt: AT,
    readSeq: 0,
    unread: 0,
    revision: 1,
    ...changed,
  };
}

export function inbound(seq: number, changed: Partial<Message> = {}): Message {
  return {
    id: idOf(seq),
    groupId: GROUP_ID,
    seq,
    direction: "inbound",
    author: { kind: "participant", id: DANA_ID, name: "Dana Wu" },
    text: `Reply ${seq}`,
    media: [],
    createdAt: AT,
    deliveries: [],
    held: false,
    revision: 1,
    ...changed,
  };
}

export function outbound(seq: number, changed: Partial<Message> = {}): Message {
  return inbound(seq, {
    direction: "outbound",
    author: { kind: "user", id: USER_ID, name: "Ava Brooks" },
    text: `Text ${seq}`,
    ...changed,
  });
}

export const SESSION: Session = {
  user: {
    id: USER_ID,
    name: "Ava Brooks",
    email: "ava@harborpine.example",
    role: "admin",
    assignedDataOnly: false,
    crmUserId: "u-ava",
  },
  workspace: { id: "01900000-0000-7000-8000-0000000000dd", name: "Harbor & Pine Realty" },
  limits: { minParticipants: 2, maxParticipants: 9, nativeMaxParticipants: 8, textMax: 1600 },
  carrier: "telnyx",
};

/** Each test has a replica of its own. */
export function freshReplica(): Promise<Replica> {
  return openReplica(`replica ${crypto.randomUUID()}`);
}

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface TestServer {
  url: string;
  asked: Asked[];
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine. */
export async function serve(answer: (asked: Asked, response: ServerResponse) => void): Promise<TestServer> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const one = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
      asked.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export function problem(response: ServerResponse, code: string, status: number, more: object = {}): void {
  json(response, status, { type: `/problems/${code}`, code, title: code, status, ...more });
}
