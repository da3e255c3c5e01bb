import type { DirectoryState } from "@partyline/contract/directory";
import "fake-indexeddb/auto";
import { signal } from "@preact/signals";
import type { Contact, ContactsResolve, ContactsResolved } from "@partyline/contract/contact";
import type { Group, Participant } from "@partyline/contract/group";
import type { Delivery, Message } from "@partyline/contract/message";
import type { BusinessNumber } from "@partyline/contract/number";
import type { Session } from "@partyline/contract/session";
import { normalisePhone } from "@partyline/domain/phone-number";
import type { BackgroundCalls, PanelEvent } from "../../../utils/background-calls.ts";
import type { Command } from "../../../utils/command.ts";
import type { Gateway } from "../../../utils/models/gateway.ts";
import { openReplica, type ReplicaChange } from "../../../utils/replica.ts";
import { NOTHING_SELECTED, type SelectedRow, type Selection } from "../../../utils/selection.ts";
import { createStream } from "../../../utils/stream.ts";

export const NOW = Date.parse("2026-03-04T18:00:00Z");
export const AVA = "0190a000-0000-7000-8000-00000000000a";
export const MAIN_LINE: BusinessNumber = {
  id: "0190a000-0000-7000-8000-0000000000b0",
  number: "+14155550100",
  label: "Main line",
  isDefault: true,
  assignedTo: null,
  refusal: null,
};

export const SESSION: Session = {
  user: {
    id: AVA,
    name: "Ava Brooks",
    email: "ava@harborpine.example",
    role: "admin",
    assignedDataOnly: false,
    crmUserId: "u-ava",
  },
  workspace: { id: "0190a000-0000-7000-8000-0000000000c0", name: "Harbor & Pine Realty" },
  limits: { minParticipants: 2, maxParticipants: 9, nativeMaxParticipants: 8, textMax: 1600 },
  carrier: "telnyx",
};

export function contact(id: string, name: string, phone: string, changed: Partial<Contact> = {}): Contact {
  return {
    id,
    name,
    ownerId: "u-ava",
    ownerName: "Ava Brooks",
    doNotDisturb: false,
    smsStatus: "inactive",
    phones: [{ number: phone, label: null, primary: true }],
    tags: [],
    deletedAt: null,
    optedOutOf: [],
    ...changed,
  };
}

export const DANA = contact("c-dana", "Dana Wu", "(415) 555-0142");
export const LUIS = contact("c-luis", "Luis Ortega", "(628) 555-0110");
export const TOM = contact("c-tom", "Tom Ray", "(510) 555-0133");
export const KIM = contact("c-kim", "Kim Lee", "(415) 555-0177", { doNotDisturb: true });
export const JO = contact("c-jo", "Jo Brown", "+1 876 555 0123");

export function participant(person: Contact, changed: Partial<Participant> = {}): Participant {
  const { id, name, ownerId, ownerName, phones } = person;
  return {
    id: `p-${id}`,
    phone: normalisePhone(phones[0]?.number ?? "") ?? "",
    contacts: [{ id, name, ownerId, ownerName }],
    doNotDisturb: false,
    optedOut: false,
    ...changed,
  };
}

export const GROUP: Group = {
  id: "0190a000-0000-7000-8000-000000000001",
  name: "Oak Street closing",
  businessNumber: { id: MAIN_LINE.id, number: MAIN_LINE.number, label: MAIN_LINE.label },
  mode: "native",
  participants: [DANA, LUIS, TOM].map((person) => participant(person)),
  lock: null,
  sendRefusal: null,
  createdAt: "2026-03-03T09:00:00Z",
  discovered: false,
  links: [],
  createdBy: { id: AVA, name: "Ava Brooks" },
  lastMessage: null,
  lastActivityAt: "2026-03-04T17:00:00Z",
  readSeq: 0,
  unread: 0,
  revision: 1,
};

export function delivery(person: Contact, changed: Partial<Delivery> = {}): Delivery {
  return {
    participantId: `p-${person.id}`,
    state: "delivered",
    failure: null,
    at: "2026-03-04T17:00:05Z",
    ...changed,
  };
}

export function inbound(seq: number, text: string, changed: Partial<Message> = {}): Message {
  return {
    id: `0190a000-0000-7000-8000-1${String(seq).padStart(11, "0")}`,
    groupId: GROUP.id,
    seq,
    direction: "inbound",
    author: { kind: "participant", id: "p-c-luis", name: "Luis Ortega" },
    text,
    media: [],
    createdAt: "2026-03-04T17:00:00Z",
    deliveries: [],
    held: false,
    revision: 1,
    ...changed,
  };
}

export function outbound(seq: number, text: string, changed: Partial<Message> = {}): Message {
  return inbound(seq, text, {
    direction: "outbound",
    author: { kind: "user", id: AVA, name: "Ava Brooks" },
    deliveries: [delivery(DANA), delivery(LUIS), delivery(TOM)],
    ...changed,
  });
}

export function rowOf({ id, name, phones }: Contact): SelectedRow {
  return { contactId: id, name, phone: phones[0]?.number ?? null };
}

/** Where the page's CRM shows a contact. */
const RECORD_URL = "https://crm.example.com/contacts/{id}";

export function selectionOf(contacts: readonly Contact[], changed: Partial<Selection> = {}): Selection {
  return {
    ...NOTHING_SELECTED,
    recipeId: "sample-crm",
    recordUrl: RECORD_URL,
    rows: contacts.map(rowOf),
    ...changed,
  };
}

/** The background's calls over a directory in an array; commands land in the replica's outbox and stay there. */
const BUILT_IN: DirectoryState = {
  kind: "built_in",
  locationId: null,
  connection: null,
  canAuthorize: false,
  timelineCopies: false,
  peopleSyncedAt: null,
};

function callsOver(
  directory: readonly Contact[],
  {
    enqueue,
    drop,
    watched,
  }: { enqueue: BackgroundCalls["enqueue"]; drop: BackgroundCalls["drop_command"]; watched: (string | null)[] },
): BackgroundCalls {
  return {
    sign_in: async () => ({ ok: true, value: SESSION }),
    sign_out: async () => ({ ok: true, value: null }),
    enqueue,
    retry_command: async () => undefined,
    drop_command: drop,
    resolve_contacts: async (query) => ({ ok: true, value: resolve(directory, query) }),
    search_contacts: async (query) => {
      const contacts = directory.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
      return { ok: true, value: { contacts, next: null, total: contacts.length } };
    },
    load_older: async () => ({ ok: true, value: { more: false } }),
    load_groups: async () => ({ ok: true, value: { groupIds: [], said: [], next: null } }),
    load_group: async () => ({ ok: true, value: null }),
    look_at_group: async () => ({ ok: true, value: null }),
    read_directory: async () => ({ ok: true, value: BUILT_IN }),
    connect_directory: async () => ({ ok: true, value: { authorizeUrl: "https://marketplace.example/allow" } }),
    put_directory_token: async () => ({ ok: true, value: BUILT_IN }),
    disconnect_directory: async () => ({ ok: true, value: null }),
    sync_now: async () => undefined,
    watching: async (groupId) => {
      watched.push(groupId);
    },
    set_backend: async () => ({ ok: true, value: null }),
    check_recipes: async () => ({ ok: true, value: null }),
    save_recipe: async () => ({ ok: true, value: null }),
    remove_recipe: async () => ({ ok: true, value: null }),
    open_record: async () => undefined,
    report_page: async () => null,
    read_presence: async () => null,
    change_presence: async () => undefined,
    hidden_handles: async () => [],
    show_handle: async () => undefined,
  };
}

function resolve(directory: readonly Contact[], { ids, phones }: ContactsResolve): ContactsResolved {
  const contacts = directory.filter((person) => ids.includes(person.id) || phones.some((phone) => has(person, phone)));
  const byPhone = phones.map((phone) => ({
    phone,
    contactIds: directory.filter((person) => has(person, phone)).map((person) => person.id),
  }));
  return { contacts, byPhone, unknownIds: [], unknownPhones: [], unreadable: [] };
}

function has(person: Contact, phone: string): boolean {
  return person.phones.some((own) => normalisePhone(own.number) === normalisePhone(phone));
}

/** A panel's whole world without a browser: a real (in-memory) replica and a background that keeps what it is told. */
export async function panelWorld(directory: readonly Contact[] = [DANA, LUIS, TOM, KIM, JO]) {
  const replica = await openReplica(`panel-${crypto.randomUUID()}`);
  const changes = createStream<ReplicaChange & { kind: string }>(() => false);
  const events = createStream<PanelEvent>((event) => event.kind === "selection" || event.kind === "connection");
  const change = (next: ReplicaChange) => changes.push({ kind: "change", ...next });
  const commands: Command[] = [];
  const watched: (string | null)[] = [];
  const asked: string[] = [];
  const attentive = signal(true);
  let made = 0;
  const calls = callsOver(directory, {
    watched,
    async enqueue(command) {
      commands.push(command);
      await replica.put("outbox", { ...command, attempts: 0, notBefore: 0, refused: null });
      change({ store: "outbox" });
    },
    async drop(id) {
      await replica.delete("outbox", id);
      change({ store: "outbox" });
    },
  });
  const gateway: Gateway = {
    replica,
    calls,
    events,
    changes,
    announce: change,
    attentive,
    enableSite: async (url) => {
      asked.push(url);
      return "granted";
    },
    openSidePanel: null,
    wasInSight: async () => true,
    now: () => NOW,
    newId: () => `0190a000-0000-7000-9000-${String((made += 1)).padStart(12, "0")}`,
  };
  await replica.put("facts", { name: "session", value: SESSION });
  await replica.put("facts", { name: "numbers", value: [MAIN_LINE] });
  return { gateway, replica, calls, events, change, commands, watched, asked, attentive };
}
export type PanelWorld = Awaited<ReturnType<typeof panelWorld>>;

/** Puts a thread into the replica as sync would. */
export async function keepThread({ replica, change }: PanelWorld, group: Group, messages: readonly Message[]) {
  const lastMessage = messages.at(-1) ?? null;
  await replica.put("groups", { ...group, lastMessage });
  for (const message of messages) await replica.put("messages", message);
  change({ store: "groups", ids: [group.id] });
  change({ store: "messages", groupId: group.id });
}
