import { v7 as newKey } from "uuid";
import { z } from "zod";
import { Contact, ContactPage, OwnerList, type ContactsImport, type ContactWrite } from "@partyline/contract/contact";
import { Problem } from "@partyline/contract/problem";

type Owner = OwnerList["owners"][number];

export interface DirectoryAddress {
  backendUrl: string;
  apiKey: string;
}

/** The directory did not answer, or something that is not the directory did. */
export class DirectoryUnreachable extends Error {
  override name = "DirectoryUnreachable";
}

/** The directory answered with a problem. */
export class DirectoryRefused extends Error {
  override name = "DirectoryRefused";
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

export interface DirectoryClient {
  listContacts(): Promise<Contact[]>;
  countContacts(): Promise<number>;
  /** Null when there is no such contact, or it was deleted. */
  readContact(id: string): Promise<Contact | null>;
  writeContact(id: string, contact: ContactWrite): Promise<Contact>;
  /** Done as well when somebody else deleted it before. */
  deleteContact(id: string): Promise<void>;
  importContacts(contacts: ContactsImport["contacts"]): Promise<void>;
  listOwners(): Promise<Owner[]>;
}

const GONE: ReadonlySet<string> = new Set(["not_found", "contact_deleted"]);
const PAGE_SIZE = 200;
const PATIENCE_MS = 20_000;

/** The backend's public contact API, as any CRM integration would use it. */
export function createDirectoryClient(address: DirectoryAddress): DirectoryClient {
  const page = (query: string) => ask(address, ContactPage, `/v1/contacts?${query}`);
  return {
    async listContacts() {
      // By id: somebody added between two pages moves another contact onto both.
      const contacts = new Map<string, Contact>();
      let cursor: string | null = "";
      while (cursor !== null) {
        const answer: ContactPage = await page(
          `limit=${PAGE_SIZE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        for (const contact of answer.contacts) contacts.set(contact.id, contact);
        cursor = answer.next;
      }
      return [...contacts.values()].filter((contact) => contact.deletedAt === null);
    },
    countContacts: async () => (await page("limit=1")).total,
    async readContact(id) {
      const contact = await unlessGone(ask(address, Contact, contactPath(id)));
      return contact?.deletedAt === null ? contact : null;
    },
    writeContact: (id, contact) => ask(address, Contact, contactPath(id), { method: "PUT", body: contact }),
    async deleteContact(id) {
      await unlessGone(send(address, contactPath(id), { method: "DELETE" }));
    },
    async importContacts(contacts) {
      await send(address, "/v1/contacts/import", { method: "POST", body: { contacts } satisfies ContactsImport });
    },
    listOwners: async () => (await ask(address, OwnerList, "/v1/owners")).owners,
  };
}

function contactPath(id: string): string {
  return `/v1/contacts/${encodeURIComponent(id)}`;
}

async function unlessGone<Answer>(asking: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof DirectoryRefused && GONE.has(error.problem.code)) return null;
    throw error;
  }
}

interface Write {
  method: "PUT" | "POST" | "DELETE";
  body?: unknown;
}

async function ask<Schema extends z.ZodType>(
  address: DirectoryAddress,
  schema: Schema,
  path: string,
  write?: Write,
): Promise<z.infer<Schema>> {
  const response = await send(address, path, write);
  const parsed = schema.safeParse(await readJson(response));
  if (parsed.success) return parsed.data;
  throw new DirectoryUnreachable("What answered is not the contact directory", { cause: parsed.error });
}

async function send(address: DirectoryAddress, path: string, write?: Write): Promise<Response> {
  const response = await fetch(new URL(path, address.backendUrl), requestOf(address, write)).catch((cause: unknown) => {
    throw new DirectoryUnreachable("The contact directory does not answer", { cause });
  });
  if (response.ok) return response;
  const problem = Problem.safeParse(await readJson(response));
  if (problem.success) throw new DirectoryRefused(problem.data);
  throw new DirectoryUnreachable(`The contact directory answered ${response.status}`);
}

function requestOf(address: DirectoryAddress, write: Write | undefined): RequestInit {
  const headers: Record<string, string> = { authorization: `Bearer ${address.apiKey}` };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  if (!write) return { headers, signal };
  headers["idempotency-key"] = newKey();
  if (write.body === undefined) return { method: write.method, headers, signal };
  headers["content-type"] = "application/json";
  return { method: write.method, headers, body: JSON.stringify(write.body), signal };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new DirectoryUnreachable("What answered is not the contact directory", { cause });
  }
}
