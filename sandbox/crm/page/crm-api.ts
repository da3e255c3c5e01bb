import type { ContactEdit, ContactList, CrmContact, Trouble } from "../crm-contact.ts";

/** The CRM's own endpoints. What they throw is a sentence for the person. */
export async function fetchContacts(): Promise<{ version: string | null; read: () => Promise<ContactList> }> {
  const response = await ask("/api/contacts");
  return { version: response.headers.get("etag"), read: async () => (await response.json()) as ContactList };
}

export async function createContact(edit: ContactEdit): Promise<CrmContact> {
  return write("/api/contacts", "POST", edit);
}

export async function saveContact(id: string, edit: ContactEdit): Promise<CrmContact> {
  return write(pathOf(id), "PUT", edit);
}

export async function saveDoNotDisturb(id: string, on: boolean): Promise<CrmContact> {
  return write(`${pathOf(id)}/do-not-disturb`, "PUT", { on });
}

export async function deleteContact(id: string): Promise<void> {
  await ask(pathOf(id), { method: "DELETE" });
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pathOf(id: string): string {
  return `/api/contacts/${encodeURIComponent(id)}`;
}

async function write(path: string, method: string, body: unknown): Promise<CrmContact> {
  const headers = { "content-type": "application/json" };
  const response = await ask(path, { method, headers, body: JSON.stringify(body) });
  return (await response.json()) as CrmContact;
}

async function ask(path: string, request: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, request).catch((cause: unknown) => {
    throw new Error("The CRM’s own server does not answer", { cause });
  });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => null)) as Partial<Trouble> | null;
  throw new Error(answer?.trouble ?? `The CRM’s server answered ${response.status}`);
}
