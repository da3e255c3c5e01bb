import type { ContactsResolve, ContactsResolved } from "@partyline/contract/contact";
import { isOtherAccount } from "@partyline/domain/crm-account";
import { normalisePhone } from "@partyline/domain/phone-number";
import { viewContacts } from "./contact-view.ts";
import type { Context } from "./context.ts";
import { maySee } from "./http/contact-access.ts";
import { ProblemError } from "./http/problem-error.ts";
import type { Actor } from "./http/request.ts";
import { workspaceOf } from "./http/write.ts";
import { inWorkspace } from "./store/tenant.ts";

/** Ids first, then phones; whatever leads nowhere, or not for this user, is named as unknown. */
export async function resolveContacts(
  { database, directories }: Pick<Context, "database" | "directories">,
  actor: Actor,
  wanted: ContactsResolve,
): Promise<ContactsResolved> {
  const workspaceId = workspaceOf(actor);
  const numbers = new Map(wanted.phones.map((phone) => [phone, normalisePhone(phone)]));
  const phones = [...new Set(numbers.values())].filter((number) => number !== null);
  const directory = await directories.of(workspaceId);
  // Asked for what a page of another account shows, its phones would lead to people who only share them.
  if (isOtherAccount(wanted.account, directory.account)) throw new ProblemError("other_account");
  const resolved = await directory.resolve({ ids: wanted.ids, phones });
  const found = resolved.contacts.filter((contact) => maySee(actor, contact));
  const seen = new Set(found.map((contact) => contact.id));
  const unreadable = new Set(resolved.unreadable.map(({ id }) => id));
  const byPhone = wanted.phones.map((phone) => ({
    phone,
    contactIds: resolved.byPhone
      .filter((pair) => pair.phone === numbers.get(phone) && seen.has(pair.contactId))
      .map((pair) => pair.contactId),
  }));
  return {
    contacts: await inWorkspace(database, workspaceId, (trx) => viewContacts(trx, actor, found)),
    byPhone: byPhone.filter(({ contactIds }) => contactIds.length > 0),
    unknownIds: wanted.ids.filter((id) => !seen.has(id) && !unreadable.has(id)),
    unknownPhones: byPhone.filter(({ contactIds }) => contactIds.length === 0).map(({ phone }) => phone),
    unreadable: resolved.unreadable.filter(({ id }) => wanted.ids.includes(id)),
  };
}
