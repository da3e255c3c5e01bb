import type { ContactWrite } from "@partyline/contract/contact";
import { recordChange } from "./changes.ts";
import type { Context } from "./context.ts";
import { refreshGroups } from "./groups/change-group.ts";
import { deleteContacts, findContactIdsByPhone, holdForChange, putContacts } from "./store/contacts.ts";
import { findGroupIdsOf, holdGroups } from "./store/groups.ts";
import { findHeardNumbers, holdWishes } from "./store/number-wishes.ts";
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
  await changeContacts(context, trx, workspaceId, { written: [...last.values()], removed: [] });
}

/** Answers whether there was such a contact. */
export async function removeContact(context: Telling, trx: Trx, workspaceId: string, id: string): Promise<boolean> {
  const { removed } = await changeContacts(context, trx, workspaceId, { written: [], removed: [id] });
  return removed.length > 0;
}

export interface ContactChanges {
  /** Each id at most once. */
  written: readonly (ContactWrite & { id: string })[];
  removed: readonly string[];
  /** Those of them whom nobody can have on the screen, because they were not known: their coming is told to no one. */
  unseen?: ReadonlySet<string>;
}

/**
 * Writes and deletes contacts, and has every group they concern locked or unlocked at once: those they are in, and those
 * with a number of theirs that they are, or were, on do-not-disturb with.
 * @returns those that were there to be removed
 */
export async function changeContacts(
  context: Telling,
  trx: Trx,
  workspaceId: string,
  { written, removed, unseen = new Set() }: ContactChanges,
): Promise<{ removed: string[] }> {
  const ids = [...written.map(({ id }) => id), ...removed];
  await holdForChange(trx, workspaceId, ids);
  const before = await findHeardNumbers(trx, workspaceId, ids);
  await putContacts(trx, workspaceId, written, context.now());
  const gone = await deleteContacts(trx, workspaceId, removed, context.now());
  const after = await findHeardNumbers(trx, workspaceId, ids);
  const changed = [...written.map(({ id }) => id).filter((id) => !unseen.has(id)), ...gone];
  await tellAbout(context, trx, workspaceId, { contactIds: changed, phones: [...before, ...after] });
  return { removed: gone };
}

interface Concerned {
  contactIds: readonly string[];
  /** Numbers of which another word on do-not-disturb is known now. */
  phones: readonly string[];
}

async function tellAbout(
  context: Telling,
  trx: Trx,
  workspaceId: string,
  { contactIds, phones }: Concerned,
): Promise<void> {
  if (phones.length > 0) await holdWishes(trx, workspaceId, "change");
  const groupIds = await findGroupIdsOf(trx, workspaceId, { contactIds, phones });
  await holdGroups(trx, workspaceId, groupIds);
  await refreshGroups(context, trx, workspaceId, groupIds);
  const sharing = await findSharing(trx, workspaceId, phones);
  const told = [...new Set([...contactIds, ...sharing])];
  if (told.length === 0) return;
  await recordChange(context, trx, {
    workspaceId,
    changes: told.map((contactId) => ({ kind: "contact", contactId })),
    write: async () => undefined,
  });
}

/** A number that hundreds have is a placeholder; whoever shows one of them sees it at the next look. */
const SHARING_MAX = 50;

/** Contacts with one of these numbers: whether they can join depends on it. */
async function findSharing(trx: Trx, workspaceId: string, phones: readonly string[]): Promise<string[]> {
  const pairs = await findContactIdsByPhone(trx, workspaceId, phones);
  const byPhone = Map.groupBy(pairs, (pair) => pair.phone);
  return [...byPhone.values()].flatMap((sharing) => sharing.slice(0, SHARING_MAX).map(({ contactId }) => contactId));
}
