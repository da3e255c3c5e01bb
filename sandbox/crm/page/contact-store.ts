import type { ContactEdit, ContactList, CrmContact } from "../crm-contact.ts";

export interface Snapshot {
  /** Null until the directory has answered once. */
  contacts: readonly CrmContact[] | null;
  owners: ContactList["owners"];
  /** Why what is shown may be old; null while the directory answers. */
  trouble: string | null;
}

export interface ContactStore {
  readonly current: Snapshot;
  onChange(listener: () => void): void;
  refresh(): Promise<void>;
  create(edit: ContactEdit): Promise<CrmContact>;
  save(id: string, edit: ContactEdit): Promise<CrmContact>;
  setDoNotDisturb(id: string, on: boolean): Promise<CrmContact>;
  remove(id: string): Promise<void>;
}

/** The contacts as last read, and the only place of the page that talks to the CRM's server. */
export function createContactStore(localRows: readonly CrmContact[]): ContactStore {
  const listeners = new Set<() => void>();
  let current: Snapshot = { contacts: null, owners: [], trouble: null };
  let version: string | null = null;
  // A list asked for before a write may arrive after it and must not undo what the write showed.
  let writes = 0;

  const set = (next: Partial<Snapshot>) => {
    current = { ...current, ...next };
    for (const listener of listeners) listener();
  };

  async function refresh(): Promise<void> {
    const before = writes;
    try {
      const response = await ask("/api/contacts");
      const answered = response.headers.get("etag");
      if (before !== writes || (answered === version && current.trouble === null)) return;
      const list = (await response.json()) as ContactList;
      version = answered;
      set({
        contacts: [...keepUnchanged(current.contacts, list.contacts), ...localRows],
        owners: list.owners,
        trouble: null,
      });
    } catch (error) {
      set({ trouble: wordsOf(error) });
    }
  }

  async function write(path: string, method: string, body: unknown): Promise<CrmContact> {
    const saved = (await (await ask(path, { method, ...jsonBody(body) })).json()) as CrmContact;
    const others = current.contacts ?? [];
    const known = others.some((contact) => contact.id === saved.id);
    landed(known ? others.map((contact) => (contact.id === saved.id ? saved : contact)) : [saved, ...others]);
    return saved;
  }

  function landed(contacts: readonly CrmContact[]): void {
    writes += 1;
    version = null;
    set({ contacts });
  }

  return {
    get current() {
      return current;
    },
    onChange: (listener) => void listeners.add(listener),
    refresh,
    create: (edit) => write("/api/contacts", "POST", edit),
    save: (id, edit) => write(pathOf(id), "PUT", edit),
    setDoNotDisturb: (id, on) => write(`${pathOf(id)}/do-not-disturb`, "PUT", { on }),
    async remove(id) {
      await ask(pathOf(id), { method: "DELETE" });
      landed((current.contacts ?? []).filter((contact) => contact.id !== id));
    },
  };
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pathOf(id: string): string {
  return `/api/contacts/${encodeURIComponent(id)}`;
}

function jsonBody(body: unknown): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** An unchanged contact stays the same object, so that its row is left alone. */
function keepUnchanged(before: readonly CrmContact[] | null, now: readonly CrmContact[]): CrmContact[] {
  const known = new Map(before?.map((contact) => [contact.id, contact]));
  return now.map((contact) => {
    const old = known.get(contact.id);
    return old && JSON.stringify(old) === JSON.stringify(contact) ? old : contact;
  });
}

async function ask(path: string, request: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, request).catch((cause: unknown) => {
    throw new Error("The CRM’s own server does not answer", { cause });
  });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => null)) as { trouble?: string } | null;
  throw new Error(answer?.trouble ?? `The CRM’s server answered ${response.status}`);
}
