import type { Group, GroupLink, Participant } from "@partyline/contract/group";
import type { Message } from "@partyline/contract/message";
import type { ScheduledMessage } from "@partyline/contract/scheduled";
import { mayUseNumber, type User } from "@partyline/domain/access";
import { contactTag, disturbedContact } from "@partyline/domain/lock";
import { displayName } from "@partyline/domain/people";
import { viewMessages } from "../messages/message-list.ts";
import type { RosterRow } from "../store/groups.ts";
import { findLastMessages } from "../store/messages.ts";
import { findReading } from "../store/read-state.ts";
import { findScheduled, type ScheduledRow } from "../store/scheduled-messages.ts";
import type { Trx } from "../store/tenant.ts";
import { listUserNames, type Member, type UserName } from "../store/users.ts";
import { viewLinks } from "./group-links.ts";
import {
  asRosterEntry,
  causesOf,
  gatherFacts,
  isVisibleTo,
  lockFactsOf,
  lockingContactOf,
  type GroupFacts,
} from "./group-facts.ts";

/** Those of these groups that exist for this user, in the order asked for. */
export async function viewGroups(trx: Trx, member: Member, ids: readonly string[]): Promise<Group[]> {
  const { workspaceId } = member;
  const facts = (await gatherFacts(trx, workspaceId, ids)).filter((one) => isVisibleTo(member, one));
  const seen = facts.map((one) => one.group.id);
  const users = await listUserNames(trx, workspaceId);
  const reading = await findReading(trx, workspaceId, member.id, seen);
  const last = await viewMessages(trx, workspaceId, await findLastMessages(trx, workspaceId, seen));
  const lastOf = new Map(last.map((message) => [message.groupId, message]));
  const linksOf = await viewLinks(trx, member, seen);
  const scheduledOf = Map.groupBy(await findScheduled(trx, workspaceId, seen), (one) => one.groupId);
  const views = new Map(
    facts.map((one) => {
      const { readSeq, unread } = reading.get(one.group.id) ?? { readSeq: 0, unread: 0 };
      const { id } = one.group;
      const links = linksOf.get(id) ?? [];
      const reader = { users, readSeq, unread, last: lastOf.get(id), links, scheduled: scheduledOf.get(id) ?? [] };
      return [id, viewGroup(member, one, reader)];
    }),
  );
  return ids.flatMap((id) => views.get(id) ?? []);
}

interface ReaderFacts {
  users: readonly UserName[];
  readSeq: number;
  unread: number;
  last: Message | undefined;
  links: GroupLink[];
  scheduled: readonly ScheduledRow[];
}

function viewGroup(user: User, facts: GroupFacts, reader: ReaderFacts): Group {
  const { group, number } = facts;
  const use = mayUseNumber(user, number);
  const creator = reader.users.find((one) => one.id === group.createdBy);
  return {
    id: group.id,
    name: group.name,
    businessNumber: { id: number.id, number: number.number, label: number.label },
    mode: group.mode,
    participants: facts.roster.map((entry) => viewParticipant(entry, facts, reader.users)),
    lock: viewLock(user, facts),
    sendRefusal: use.ok ? null : use.refusal,
    createdAt: group.createdAt.toISOString(),
    createdBy: group.createdBy === null ? null : { id: group.createdBy, name: creator?.name ?? "" },
    discovered: group.createdBy === null,
    links: reader.links,
    lastMessage: reader.last ?? null,
    scheduled: reader.scheduled.map((one) => viewScheduled(one, reader.users)),
    lastActivityAt: group.lastActivityAt.toISOString(),
    readSeq: reader.readSeq,
    unread: reader.unread,
    revision: group.revision,
  };
}

function viewScheduled(scheduled: ScheduledRow, users: readonly UserName[]): ScheduledMessage {
  const { id, authorUserId, text, sendAt, held } = scheduled;
  const author = { id: authorUserId, name: users.find((one) => one.id === authorUserId)?.name ?? "" };
  return { id, author, text, sendAt: sendAt.toISOString(), held };
}

function viewParticipant(entry: RosterRow, facts: GroupFacts, users: readonly UserName[]): Participant {
  const { id, phone, contacts } = entry;
  return {
    id,
    phone,
    contacts: contacts.map((contact) => {
      const now = facts.contacts.get(contact.id);
      const ownerId = now?.ownerId ?? null;
      const tag = contactTag({ phone, name: contact.name }, now);
      return { ...contact, ownerId, ownerName: ownerName(users, ownerId), tag };
    }),
    doNotDisturb: disturbedContact(asRosterEntry(entry), lockFactsOf(facts)) !== undefined,
    optedOut: facts.optOuts.has(phone),
  };
}

/** The name of the user whom the CRM calls this owner. */
export function ownerName(users: readonly UserName[], ownerId: string | null): string | null {
  if (ownerId === null) return null;
  return users.find((user) => user.crmUserId === ownerId)?.name ?? null;
}

function viewLock(user: User, facts: GroupFacts): Group["lock"] {
  const { group, lockTimes } = facts;
  const causes = causesOf(facts).map((cause) => {
    const { participant, contactId, phone, reason } = cause;
    const since = lockTimes.get(contactId ?? phone) ?? group.lockedSince ?? group.createdAt;
    const by = lockingContactOf(user, facts, cause);
    const named = { participantId: participant.id, name: displayName(participant), reason };
    return { ...named, ...(by !== undefined && { by }), since: since.toISOString() };
  });
  const [first] = causes.map(({ since }) => since).toSorted();
  return first === undefined ? null : { since: first, causes };
}
