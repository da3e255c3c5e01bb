import type { Contact as ContactView } from "@partyline/contract/contact";
import type { Contact } from "@partyline/domain/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import { ownerName } from "./groups/group-view.ts";
import { findOptOuts } from "./store/opt-outs.ts";
import type { Trx } from "./store/tenant.ts";
import { listUserNames } from "./store/users.ts";

/** Contacts as the contract shows them, with their owners' names and the opt-outs of their phones. */
export async function viewContacts(
  trx: Trx,
  workspaceId: string,
  contacts: readonly Contact[],
): Promise<ContactView[]> {
  const users = await listUserNames(trx, workspaceId);
  const optOuts = await findOptOuts(trx, workspaceId, contacts.flatMap(phonesOf));
  return contacts.map((contact) => {
    const phones = phonesOf(contact);
    return {
      ...contact,
      ownerName: ownerName(users, contact.ownerId),
      optedOutOf: optOuts
        .filter((optOut) => phones.includes(optOut.phone))
        .map(({ businessNumber, phone }) => ({ businessNumber, phone })),
    };
  });
}

function phonesOf(contact: Contact): string[] {
  return contact.phones.flatMap((phone) => normalisePhone(phone.number) ?? []);
}
