import { setTimeout as sleepFor } from "node:timers/promises";
import { calmBehaviour, type Behaviour } from "./behaviour.ts";
import type { CrmContact, CrmNumber, CrmUser, StoredContact } from "./crm-records.ts";
import type { EventSender } from "./event-sender.ts";
import { eventFields } from "./payloads.ts";
import { RequestLimit, type LimitConfig } from "./request-limit.ts";
import type { TokenBook } from "./token-book.ts";

export type EventType = "ContactCreate" | "ContactUpdate" | "ContactDelete" | "ContactDndUpdate";

export interface HighLevelParts {
  locationId: string;
  clientId: string;
  clientSecret: string;
  /** A private integration token, which never expires. */
  privateToken: string;
  users: CrmUser[];
  numbers: CrmNumber[];
  limit: LimitConfig;
  tokens: TokenBook;
  events: EventSender;
  now: () => Date;
  newId: () => string;
}

export interface RequestRecord {
  method: string;
  path: string;
  body: string;
  status: number | null;
}

/** The running CRM: who is in it, its manners, and the calls it got. */
export class HighLevel {
  readonly parts: HighLevelParts;
  behaviour: Behaviour = calmBehaviour();
  requests: RequestRecord[] = [];
  notes: { contactId: string; body: string }[] = [];
  limit: RequestLimit;
  users: CrmUser[];
  numbers: CrmNumber[];
  readonly #contacts = new Map<string, StoredContact>();
  /** What stale reads still see. */
  readonly #before = new Map<string, { contact: StoredContact; reads: number }>();
  readonly #running = new AbortController();

  constructor(parts: HighLevelParts, contacts: readonly CrmContact[]) {
    this.parts = parts;
    this.limit = new RequestLimit(parts.limit);
    this.users = parts.users;
    this.numbers = parts.numbers;
    for (const contact of contacts) this.#contacts.set(contact.id, this.#stored(contact));
  }

  contacts(): StoredContact[] {
    return [...this.#contacts.values()].filter((contact) => !contact.deleted);
  }

  /** As the API reads it: now and then a little behind. */
  read(id: string): StoredContact | undefined {
    const stale = this.#before.get(id);
    if (stale !== undefined && stale.reads > 0) {
      stale.reads -= 1;
      return stale.contact.deleted ? undefined : stale.contact;
    }
    const contact = this.#contacts.get(id);
    return contact?.deleted === false ? contact : undefined;
  }

  /** Writes a contact as somebody working in the CRM would. */
  put(contact: CrmContact): { contact: StoredContact; type: EventType } {
    const before = this.#contacts.get(contact.id);
    const stored = this.#stored(contact);
    this.#remember(before);
    this.#contacts.set(contact.id, stored);
    if (before === undefined || before.deleted) return { contact: stored, type: "ContactCreate" };
    const dnd = before.dnd !== stored.dnd || before.smsStatus !== stored.smsStatus;
    return { contact: stored, type: dnd ? "ContactDndUpdate" : "ContactUpdate" };
  }

  remove(id: string): StoredContact | undefined {
    const before = this.#contacts.get(id);
    if (before === undefined || before.deleted) return undefined;
    this.#remember(before);
    const deleted = { ...before, deleted: true, dateUpdated: this.parts.now().toISOString() };
    this.#contacts.set(id, deleted);
    return deleted;
  }

  eventBody(type: string, contact: StoredContact, webhookId: string, timestamp?: string): string {
    const { locationId, now } = this.parts;
    return JSON.stringify({
      type,
      ...eventFields(contact, locationId, this.behaviour),
      timestamp: timestamp ?? now().toISOString(),
      webhookId,
    });
  }

  tell(type: EventType, contact: StoredContact): void {
    const webhookId = this.parts.newId();
    this.parts.events.deliver({ webhookId, type }, this.eventBody(type, contact, webhookId));
  }

  /** The stored contact, deleted ones included. */
  find(id: string): StoredContact | undefined {
    return this.#contacts.get(id);
  }

  async sleep(ms: number): Promise<void> {
    await sleepFor(ms, undefined, { signal: this.#running.signal }).catch(() => undefined);
  }

  close(): void {
    this.#running.abort();
    this.parts.events.close();
  }

  #stored(contact: CrmContact): StoredContact {
    return { ...contact, deleted: false, dateUpdated: this.parts.now().toISOString() };
  }

  #remember(before: StoredContact | undefined): void {
    const { staleReads } = this.behaviour;
    if (before !== undefined && staleReads > 0) this.#before.set(before.id, { contact: before, reads: staleReads });
  }
}
