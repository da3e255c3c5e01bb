import type { Contact, ContactWrite } from "@partyline/contract/contact";
import { toCrmContact, type ContactEdit, type ContactList, type CrmContact } from "./crm-contact.ts";
import type { DirectoryClient } from "./directory-client.ts";
import type { Activity } from "./people.ts";

/** `permanent`: the carrier blocks texts to this person, and no switch in a CRM can lift that. */
export type ChangeRefusal = "not_found" | "permanent";

export interface ContactDesk {
  list(): Promise<ContactList>;
  create(edit: ContactEdit): Promise<CrmContact>;
  edit(id: string, edit: ContactEdit): Promise<CrmContact | ChangeRefusal>;
  setDoNotDisturb(id: string, on: boolean): Promise<CrmContact | ChangeRefusal>;
  remove(id: string): Promise<void>;
}

interface Means {
  directory: DirectoryClient;
  activity: ReadonlyMap<string, Activity>;
  newId: () => string;
}

/** What the CRM's people do with contacts; every contact lives in the directory and nowhere else. */
export function createContactDesk({ directory, activity, newId }: Means): ContactDesk {
  const show = (contact: Contact) => toCrmContact(contact, activity.get(contact.id) ?? null);
  const inTurn = takeTurns();

  // The directory writes whole contacts: two changes to one must not start from the same state and undo each other.
  const change = (id: string, to: (contact: Contact) => ContactWrite | "permanent") =>
    inTurn(async () => {
      const contact = await directory.readContact(id);
      if (contact === null) return "not_found";
      const next = to(contact);
      return next === "permanent" ? next : show(await directory.writeContact(id, next));
    });

  return {
    async list() {
      const [contacts, owners] = await Promise.all([directory.listContacts(), directory.listOwners()]);
      return { contacts: contacts.map(show).sort(byLatestActivity), owners };
    },
    create: async (edit) =>
      show(await directory.writeContact(newId(), { ...edit, doNotDisturb: false, smsStatus: "inactive" })),
    edit: (id, edit) => change(id, ({ doNotDisturb, smsStatus }) => ({ ...edit, doNotDisturb, smsStatus })),
    setDoNotDisturb: (id, on) =>
      change(id, ({ name, ownerId, phones, tags, smsStatus }) => {
        if (smsStatus === "permanent") return "permanent";
        return { name, ownerId, phones, tags, doNotDisturb: on, smsStatus: on ? smsStatus : "inactive" };
      }),
    remove: (id) => inTurn(() => directory.deleteContact(id)),
  };
}

/** Runs what it is given one after the other; a failure of one does not stop the next. */
function takeTurns(): <Outcome>(work: () => Promise<Outcome>) => Promise<Outcome> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}

/** Contacts nothing is known of yet are new, so they come first. */
function byLatestActivity(one: CrmContact, other: CrmContact): number {
  return activeAt(other).localeCompare(activeAt(one)) || one.name.localeCompare(other.name);
}

function activeAt(contact: CrmContact): string {
  return contact.activity?.at ?? "9999";
}
