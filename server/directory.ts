import type { ContactWrite } from "@partyline/contract/contact";
import { recordChange } from "./changes.ts";
import type { Context } from "./context.ts";
import { refreshGroups } from "./groups/change-group.ts";
import { deleteContact, putContacts } from "./store/contacts.ts";
import { findGroupIdsOf, holdGroups } from "./store/groups.ts";
import type { Trx } from "./store/tenant.ts";

type Telling = Pick<Context, "wakeups" | "now">;

/** Writes contacts as their directory knows them now; every group they are in shows it at once. */
export async function writeContacts(
  context: Telling,
  trx: Trx,
  workspaceId: string,
  contacts: readonly (ContactWrite & { id: string })[],
): Promise<void> {
  // Somebody named twice is written as named last.
  const last = new Map(contacts.map((contact) => [contact.id, contact]));
  await putContacts(trx, workspaceId, [...last.values()], context.now());
  await tellAbout(context, trx, workspaceId, [...last.keys()]);
}

/** Answers whether there was such a contact. */
export async function removeContact(context: Telling, trx: Trx, workspaceId: string, id: string): Promise<boolean> {
  if (!(await deleteContact(trx, workspaceId, id, context.now()))) return false;
  await tellAbout(context, trx, workspaceId, [id]);
  return true;
}

async function tellAbout(context: Telling, trx: Trx, workspaceId: string, contactIds: string[]): Promise<void> {
  const groupIds = await findGroupIdsOf(trx, workspaceId, { contactIds });
  await holdGroups(trx, workspaceId, groupIds);
  await refreshGroups(context, trx, workspaceId, groupIds);
  await recordChange(context, trx, {
    workspaceId,
    changes: contactIds.map((contactId) => ({ kind: "contact", contactId })),
    write: async () => undefined,
  });
}
