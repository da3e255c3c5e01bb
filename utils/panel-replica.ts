import { browser } from "./browser.ts";
import { openReplica, type Replica } from "./replica.ts";

const METHODS = [
  "get",
  "getAll",
  "getAllKeys",
  "getFromIndex",
  "getAllFromIndex",
  "count",
  "countFromIndex",
  "put",
  "delete",
] as const;
type Method = (typeof METHODS)[number];

/** The replica as a page uses it: single reads and writes, no transactions. */
export type PanelReplica = Pick<Replica, Method>;

/** One of them on its way to the background. */
export interface ReplicaMessage {
  kind: "replica";
  method: Method;
  args: unknown[];
}

/** Wrapped, since what is not there would arrive as null by itself. */
interface ReplicaAnswer {
  value?: unknown;
}

/** A key range as it travels: the browser's own does not survive a message. */
interface TravellingRange {
  range: { lower?: unknown; upper?: unknown; lowerOpen: boolean; upperOpen: boolean };
}

/**
 * Opens the replica for a page of the extension. A frame inside a CRM page is refused IndexedDB where the browser blocks
 * third-party cookies; there every read and write goes through the background, which is never a third party.
 */
export async function openPanelReplica(open: () => Promise<PanelReplica> = openReplica): Promise<PanelReplica> {
  try {
    return await open();
  } catch {
    return distantReplica();
  }
}

function distantReplica(): PanelReplica {
  return Object.fromEntries(METHODS.map((method) => [method, callOf(method)])) as unknown as PanelReplica;
}

function callOf(method: Method) {
  return async (...args: unknown[]) => {
    const message: ReplicaMessage = { kind: "replica", method, args: args.map(pack) };
    const answer = (await browser.runtime.sendMessage(message)) as ReplicaAnswer;
    return answer.value;
  };
}

export function isReplicaMessage(message: unknown): message is ReplicaMessage {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "replica";
}

/** The background's side: does what a distant page asked. */
export async function answerReplica(replica: PanelReplica, message: ReplicaMessage): Promise<ReplicaAnswer> {
  if (!METHODS.includes(message.method)) return {};
  const method = replica[message.method] as (...args: unknown[]) => Promise<unknown>;
  return { value: await method.apply(replica, message.args.map(unpack)) };
}

function pack(argument: unknown): unknown {
  if (!(argument instanceof IDBKeyRange)) return argument;
  const { lower, upper, lowerOpen, upperOpen } = argument;
  return { range: { lower: finite(lower), upper: finite(upper), lowerOpen, upperOpen } } satisfies TravellingRange;
}

/** JSON has no infinity; the largest number sorts after every `seq` as well. */
function finite(key: unknown): unknown {
  if (Array.isArray(key)) return key.map(finite);
  return key === Infinity ? Number.MAX_VALUE : key;
}

function unpack(argument: unknown): unknown {
  if (typeof argument !== "object" || argument === null || !("range" in argument)) return argument ?? undefined;
  const { lower, upper, lowerOpen, upperOpen } = (argument as TravellingRange).range;
  if (upper === undefined) return IDBKeyRange.lowerBound(lower, lowerOpen);
  if (lower === undefined) return IDBKeyRange.upperBound(upper, upperOpen);
  return IDBKeyRange.bound(lower, upper, lowerOpen, upperOpen);
}
