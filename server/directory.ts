import type { ContactWrite } from "@partyline/contract/contact";
import { recordChange } from "./changes.ts";
import type { Context } from "./context.ts";
import { refreshGroups } from "./groups/change-group.ts";
import { deleteContact, putContact } from "./store/contacts.ts";
import { findGroupIdsOf } from "./store/groups.ts";
import type { Trx } from "./store/tenant.ts";

/** Writes contacts of the built-in directory; every group they are in shows it at once. */
export async function writeContacts(
  context: Context,
  trx: Trx,
  workspaceId: string,
  contacts: readonly (ContactWrite & { id: string })[],
): Promise<void> {
  for (const contact of contacts) await putContact(trx, workspaceId, contact);
  await tellAbout(
    context,
    trx,
    workspaceId,
    contacts.map((contact) => contact.id),
  );
}

/** Answers whether there was such a contact. */
export async function removeContact(context: Context, trx: Trx, workspaceId: string, id: string): Promise<boolean> {
  if (!(await deleteContact(trx, workspaceId, id, context.now()))) return false;
  await tellAbout(context, trx, workspaceId, [id]);
  return true;
}

async function tellAbout(context: Context, trx: Trx, workspaceId: string, contactIds: string[]): Promise<void> {
  await refreshGroups(context, trx, workspaceId, await findGroupIdsOf(trx, workspaceId, { contactIds }));
  await recordChange(context, trx, {
    workspaceId,
    changes: contactIds.map((contactId) => ({ kind: "contact", contactId })),
    write: async () => undefined,
  });
}
