import type { Contact as ContactView } from "@partyline/contract/contact";
import type { Contact } from "@partyline/domain/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import { ownerName } from "./groups/group-view.ts";
import { maySee } from "./http/contact-access.ts";
import type { Actor } from "./http/request.ts";
import { workspaceOf } from "./http/write.ts";
import { doNotDisturbsOf, findWishes, type NumberWishes } from "./number-wishes.ts";
import type { Trx } from "./store/tenant.ts";
import { listUserNames } from "./store/users.ts";

/** Contacts as the contract shows them, with their owners' names and what keeps their phones from being texted. */
export async function viewContacts(trx: Trx, actor: Actor, contacts: readonly Contact[]): Promise<ContactView[]> {
  const workspaceId = workspaceOf(actor);
  const users = await listUserNames(trx, workspaceId);
  const wishes = await findWishes(trx, workspaceId, contacts.flatMap(phonesOf));
  return contacts.map((contact) => {
    const phones = phonesOf(contact);
    return {
      ...contact,
      ownerName: ownerName(users, contact.ownerId),
      optedOutOf: wishes.optOuts
        .filter((optOut) => phones.includes(optOut.phone))
        .map(({ businessNumber, phone }) => ({ businessNumber, phone })),
      doNotDisturbBy: disturbedByOthers(actor, contact, wishes),
    };
  });
}

/** Phones of a contact that another one has as well, who is on do-not-disturb. */
function disturbedByOthers(actor: Actor, contact: Contact, { holders }: NumberWishes) {
  const others = new Map(
    phonesOf(contact).map((phone) => [phone, (holders.get(phone) ?? []).filter(({ id }) => id !== contact.id)]),
  );
  const disturbs = doNotDisturbsOf({ holders: others }, (holder) => maySee(actor, holder));
  return [...disturbs].map(([phone, by]) => ({ phone, contact: by }));
}

function phonesOf(contact: Contact): string[] {
  return contact.phones.flatMap((phone) => normalisePhone(phone.number) ?? []);
}
