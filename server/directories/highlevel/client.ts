import type { z } from "zod";
import type { Contact } from "@partyline/domain/contact";
import { DirectoryAnswerError, type DirectoryNumber, type DirectoryUser } from "../directory.ts";
import { call, refusalOf, type Answer, type CallConfig } from "./calls.ts";
import type { Urgency } from "./request-gate.ts";
import {
  ContactAnswer,
  NumbersAnswer,
  SearchAnswer,
  toContact,
  toNumbers,
  toUsers,
  UsersAnswer,
  WireContact,
} from "./wire.ts";

export interface ClientConfig extends CallConfig {
  locationId: string;
}

export interface ListQuery {
  query: string;
  /** Only contacts of this CRM user. */
  assignedTo: string | null;
  /** Only contacts with one of these numbers; none for everybody. */
  phones: readonly string[];
  /** 1 is the first. */
  page: number;
  pageSize: number;
  urgency: Urgency;
}

/** HighLevel's API version 2 for one location, in our words. Reads are repeated when they fail; writes are not. */
export interface HighLevelClient {
  /** Null when there is no such contact, or no longer. `dateUpdated` is the CRM's own word for when it changed. */
  contact: (id: string, urgency: Urgency) => Promise<FoundContact | null>;
  list: (query: ListQuery) => Promise<{ contacts: Omit<Contact, "deletedAt">[]; total: number }>;
  users: (urgency: Urgency) => Promise<DirectoryUser[]>;
  numbers: (urgency: Urgency) => Promise<DirectoryNumber[]>;
  addNote: (contactId: string, text: string) => Promise<void>;
}

export interface FoundContact {
  contact: Omit<Contact, "deletedAt">;
  dateUpdated: string | null;
}

const NUMBERS_PER_PAGE = 100;
/** The vendor pages no further than this without a cursor; nobody scrolls so far through a search. */
const LIST_WINDOW = 10_000;
const QUERY_MAX = 75;

export function createClient(config: ClientConfig): HighLevelClient {
  const { locationId } = config;
  const isOurs = (wire: WireContact) => (wire.locationId ?? locationId) === locationId;
  return {
    async contact(id, urgency) {
      const answer = await call(config, { method: "GET", path: `/contacts/${encodeURIComponent(id)}`, urgency });
      if (isMissing(answer)) return null;
      const { contact } = understand(ContactAnswer, answer);
      return isOurs(contact) ? { contact: toContact(contact), dateUpdated: contact.dateUpdated ?? null } : null;
    },
    async list(query) {
      if (query.page * query.pageSize > LIST_WINDOW) return { contacts: [], total: LIST_WINDOW };
      const body = listBody(locationId, query);
      const answer = await call(config, {
        method: "POST",
        path: "/contacts/search",
        urgency: query.urgency,
        body,
        reads: true,
      });
      const { contacts, total } = understand(SearchAnswer, answer);
      return {
        contacts: contacts
          .flatMap((listed) => WireContact.safeParse(listed).data ?? [])
          .filter(isOurs)
          .map(toContact),
        total: Math.min(total ?? contacts.length, LIST_WINDOW),
      };
    },
    async users(urgency) {
      const path = `/users/?locationId=${encodeURIComponent(locationId)}`;
      return toUsers(understand(UsersAnswer, await call(config, { method: "GET", path, urgency })));
    },
    numbers: (urgency) => allNumbers(config, urgency),
    async addNote(contactId, text) {
      const path = `/contacts/${encodeURIComponent(contactId)}/notes`;
      const answer = await call(config, { method: "POST", path, urgency: "whenever", body: { body: text } });
      if (!isMissing(answer) && answer.status >= 300) throw refusalOf(answer);
    },
  };
}

function listBody(locationId: string, { query, assignedTo, phones, page, pageSize }: ListQuery): object {
  const filters = [
    ...(assignedTo === null ? [] : [{ field: "assignedTo", operator: "eq", value: assignedTo }]),
    ...(phones.length === 0 ? [] : [{ group: "OR", filters: phones.map(hasPhone) }]),
  ];
  const words = query.trim().slice(0, QUERY_MAX);
  return { locationId, page, pageLimit: pageSize, filters, ...(words === "" ? {} : { query: words }) };
}

function hasPhone(value: string): object {
  return { field: "phone", operator: "eq", value };
}

async function allNumbers(config: ClientConfig, urgency: Urgency): Promise<DirectoryNumber[]> {
  const numbers: DirectoryNumber[] = [];
  for (let page = 0; ; page += 1) {
    const query = `pageSize=${NUMBERS_PER_PAGE}&page=${page}&skipNumberPool=false`;
    const path = `/phone-system/numbers/location/${encodeURIComponent(config.locationId)}?${query}`;
    const answer = understand(NumbersAnswer, await call(config, { method: "GET", path, urgency }));
    numbers.push(...toNumbers(answer));
    if (answer.numbers.length < NUMBERS_PER_PAGE) return numbers;
  }
}

/**
 * The vendor answers 400 for a contact that is gone as often as 404. A 400 for any other reason says nothing about the
 * contact: taken for its end, one change of the vendor's contract would mark everybody deleted.
 */
function isMissing({ status, json }: Answer): boolean {
  if (status === 404) return true;
  const message = (json as { message?: unknown } | null)?.message;
  return status === 400 && /not\s*found|no longer exists|does not exist|deleted/i.test(String(message));
}

function understand<Schema extends z.ZodType>(schema: Schema, answer: Answer): z.infer<Schema> {
  if (answer.status >= 300) throw refusalOf(answer);
  const read = schema.safeParse(answer.json);
  if (read.success) return read.data;
  const where = read.error.issues.map((issue) => issue.path.join(".")).join(", ");
  throw new DirectoryAnswerError(`The CRM's answer is not as expected at: ${where}.`);
}
