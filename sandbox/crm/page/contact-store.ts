import type { ContactEdit, ContactList, CrmContact } from "../crm-contact.ts";
import { createContact, deleteContact, fetchContacts, saveContact, saveDoNotDisturb, wordsOf } from "./crm-api.ts";

export interface Snapshot {
  /** Null until the directory has answered once. */
  contacts: readonly CrmContact[] | null;
  owners: ContactList["owners"];
  /** Why what is shown may be old; null while the directory answers. */
  trouble: string | null;
}

export interface ContactStore {
  readonly current: Snapshot;
  refresh(): Promise<void>;
  create(edit: ContactEdit): Promise<CrmContact>;
  save(id: string, edit: ContactEdit): Promise<CrmContact>;
  setDoNotDisturb(id: string, on: boolean): Promise<CrmContact>;
  remove(id: string): Promise<void>;
}

/** The contacts as last read or written; `onChange` runs after each change of what is shown. */
export function createContactStore(localRows: readonly CrmContact[], onChange: () => void): ContactStore {
  let current: Snapshot = { contacts: null, owners: [], trouble: null };
  let version: string | null = null;
  // A list asked for before a write may arrive after it and must not undo what the write showed.
  let writes = 0;

  const set = (next: Partial<Snapshot>) => {
    current = { ...current, ...next };
    onChange();
  };
  const landed = (contacts: readonly CrmContact[]) => {
    writes += 1;
    version = null;
    set({ contacts });
  };
  const keep = async (writing: Promise<CrmContact>) => {
    const saved = await writing;
    landed(withContact(current.contacts ?? [], saved));
    return saved;
  };

  async function refresh(): Promise<void> {
    const before = writes;
    try {
      const answer = await fetchContacts();
      if (before !== writes || (answer.version === version && current.trouble === null)) return;
      const { contacts, owners } = await answer.read();
      version = answer.version;
      set({ contacts: [...keepUnchanged(current.contacts, contacts), ...localRows], owners, trouble: null });
    } catch (error) {
      set({ trouble: wordsOf(error) });
    }
  }

  return {
    get current() {
      return current;
    },
    refresh,
    create: (edit) => keep(createContact(edit)),
    save: (id, edit) => keep(saveContact(id, edit)),
    setDoNotDisturb: (id, on) => keep(saveDoNotDisturb(id, on)),
    async remove(id) {
      await deleteContact(id);
      landed((current.contacts ?? []).filter((contact) => contact.id !== id));
    },
  };
}

function withContact(contacts: readonly CrmContact[], saved: CrmContact): readonly CrmContact[] {
  const known = contacts.some((contact) => contact.id === saved.id);
  return known ? contacts.map((contact) => (contact.id === saved.id ? saved : contact)) : [saved, ...contacts];
}

/** An unchanged contact stays the same object, so that its row is left alone. */
function keepUnchanged(before: readonly CrmContact[] | null, now: readonly CrmContact[]): CrmContact[] {
  const known = new Map(before?.map((contact) => [contact.id, contact]));
  return now.map((contact) => {
    const old = known.get(contact.id);
    return old && JSON.stringify(old) === JSON.stringify(contact) ? old : contact;
  });
}
