import { groupKey } from "@partyline/domain/group-key";
import type { CarrierEvent } from "../carriers/carrier.ts";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { findContactIdsByPhone, findContacts } from "../store/contacts.ts";
import { findNearestGroup } from "../store/group-links.ts";
import { findGroupByKey, insertGroup, type NewGroupRow } from "../store/groups.ts";
import { listNumbers } from "../store/numbers.ts";
import type { Trx } from "../store/tenant.ts";

type Inbound = Extract<CarrierEvent, { kind: "inbound" }>;

/**
 * Rule R14: people who text us in a set that no group has, such as a group with somebody added on a handset, get a
 * thread of their own beside the nearest group. One person alone who is in none of our groups is no business of ours:
 * that is the CRM's own conversation with them.
 * @returns the thread's id, or null when there is to be none
 */
export async function discoverThread(
  context: Context,
  trx: Trx,
  workspaceId: string,
  { event, members }: { event: Inbound; members: readonly string[] },
): Promise<string | null> {
  const number = (await listNumbers(trx, workspaceId)).find((one) => one.number === event.own);
  if (number === undefined) return null;
  const nearest = await findNearestGroup(trx, workspaceId, { businessNumberId: number.id, members });
  if (nearest === null && members.length < 2) return null;
  const thread = {
    id: context.newId(),
    key: groupKey(event.own, members),
    name: null,
    mode: "native",
    businessNumberId: number.id,
    createdBy: null,
    predecessorId: null,
    nearestId: nearest,
    createdAt: event.at,
    participants: await participantsOf(context, trx, workspaceId, members),
  } satisfies Omit<NewGroupRow, "revision">;
  const changed = [thread.id, nearest].filter((id) => id !== null);
  const stored = await recordChange(context, trx, {
    workspaceId,
    changes: changed.map((groupId) => ({ kind: "group", groupId })),
    write: (revision) => insertGroup(trx, workspaceId, { ...thread, revision }),
  });
  if (stored) return thread.id;
  // Two texts to the same new set at once: the other one made it.
  return (await findGroupByKey(trx, workspaceId, thread.key))?.id ?? null;
}

async function participantsOf(context: Context, trx: Trx, workspaceId: string, members: readonly string[]) {
  const pairs = await findContactIdsByPhone(trx, workspaceId, members);
  const contacts = await findContacts(
    trx,
    workspaceId,
    pairs.map((pair) => pair.contactId),
  );
  return members.map((phone) => ({
    id: context.newId(),
    phone,
    contacts: pairs
      .filter((pair) => pair.phone === phone)
      .flatMap(({ contactId }) => contacts.filter((contact) => contact.id === contactId))
      .map(({ id, name }) => ({ id, name })),
  }));
}
