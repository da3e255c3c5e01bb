import type { ContactsResolve, ContactsResolved } from "@partyline/contract/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import { viewContacts } from "./contact-view.ts";
import { maySee } from "./http/contact-access.ts";
import type { Actor } from "./http/request.ts";
import { workspaceOf } from "./http/write.ts";
import { findContactIdsByPhone, findContacts } from "./store/contacts.ts";
import type { Trx } from "./store/tenant.ts";

/** Ids first, then phones; whatever leads nowhere, or not for this user, is named as unknown. */
export async function resolveContacts(trx: Trx, actor: Actor, wanted: ContactsResolve): Promise<ContactsResolved> {
  const workspaceId = workspaceOf(actor);
  const numbers = new Map(wanted.phones.map((phone) => [phone, normalisePhone(phone)]));
  const known = [...numbers.values()].filter((number) => number !== null);
  const pairs = await findContactIdsByPhone(trx, workspaceId, known);
  const ids = [...new Set([...wanted.ids, ...pairs.map((pair) => pair.contactId)])];
  const found = (await findContacts(trx, workspaceId, ids)).filter((contact) => maySee(actor, contact));
  const seen = new Set(found.map((contact) => contact.id));
  const byPhone = wanted.phones.map((phone) => ({
    phone,
    contactIds: pairs
      .filter((pair) => pair.phone === numbers.get(phone) && seen.has(pair.contactId))
      .map((pair) => pair.contactId),
  }));
  return {
    contacts: await viewContacts(trx, workspaceId, found),
    byPhone: byPhone.filter(({ contactIds }) => contactIds.length > 0),
    unknownIds: wanted.ids.filter((id) => !seen.has(id)),
    unknownPhones: byPhone.filter(({ contactIds }) => contactIds.length === 0).map(({ phone }) => phone),
  };
}
