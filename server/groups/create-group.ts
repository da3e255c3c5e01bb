import type { NewGroup } from "@partyline/contract/group";
import { maySeeContact, maySeeGroup, mayUseNumber } from "@partyline/domain/access";
import type { Contact } from "@partyline/domain/contact";
import { groupKey } from "@partyline/domain/group-key";
import { judgeRoster, type RosterEntry, type RosterRefusal } from "@partyline/domain/roster";
import { MAX_PARTICIPANTS } from "@partyline/domain/roster-size";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { DirectoryUnavailableError, type UnreadableContact } from "../directories/directory.ts";
import { ProblemError } from "../http/problem-error.ts";
import { judgeSendable, sendMessage } from "../messages/send-message.ts";
import { numberProblem } from "../number-problem.ts";
import { doNotDisturbsOf, findWishes, optOutsTowards } from "../number-wishes.ts";
import { gatherFacts, holdFacts, isVisibleTo } from "./group-facts.ts";
import { endOfSight } from "./sight-losses.ts";
import { holdContacts } from "../store/contacts.ts";
import { absorbThread, findAncestors, findLinks, releaseKey } from "../store/group-links.ts";
import { findGroupByKey, holdGroups, insertGroup, type NewGroupRow } from "../store/groups.ts";
import { holdNumber, listNumbers, type NumberRow } from "../store/numbers.ts";
import { holdWishes } from "../store/number-wishes.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { normalisePhone } from "@partyline/domain/phone-number";

/** Makes a group, and sends its first message in the same transaction; refuses with everything that is wrong with it. */
export async function createGroup(context: Context, trx: Trx, member: Member, wanted: NewGroup): Promise<void> {
  const number = await usableNumber(trx, member, wanted.businessNumberId);
  if (wanted.firstMessage !== null) judgeSendable(wanted.firstMessage.text, context);
  const roster = await judgeWanted(context, trx, { member, number, wanted });
  await storeGroup(context, trx, { member, number, wanted, roster });
  if (wanted.firstMessage !== null) {
    await sendMessage(context, trx, { member, groupId: wanted.id, message: wanted.firstMessage });
  }
}

async function usableNumber(trx: Trx, member: Member, id: string): Promise<NumberRow> {
  const number = await holdNumber(trx, member.workspaceId, id);
  if (number === undefined) throw new ProblemError("unknown_number");
  const use = mayUseNumber(member, number);
  if (!use.ok) throw numberProblem(use.refusal);
  return number;
}

async function judgeWanted(
  context: Context,
  trx: Trx,
  { member, number, wanted }: { member: Member; number: NumberRow; wanted: NewGroup },
): Promise<RosterEntry[]> {
  const { workspaceId } = member;
  const ids = wanted.participants.map((participant) => participant.contactId);
  const contacts = new Map<string, Contact>();
  for (const contact of await holdContacts(trx, workspaceId, ids)) {
    if (maySeeContact(member, contact)) contacts.set(contact.id, contact);
  }
  const unknown = wanted.participants.filter(({ contactId }) => !contacts.has(contactId));
  if (unknown.length > 0) throw refused({ reason: "cannot_join", who: unknown.map(asUnknown) });
  const phones = wanted.participants.flatMap(({ phone }) => normalisePhone(phone) ?? []);
  await holdWishes(trx, workspaceId, "read");
  const wishes = await findWishes(trx, workspaceId, phones);
  const judged = judgeRoster(
    wanted.participants.flatMap(({ contactId, phone }) => {
      const contact = contacts.get(contactId);
      return contact ? [{ contact, phone }] : [];
    }),
    {
      ownNumbers: new Set((await listNumbers(trx, workspaceId)).map((own) => own.number)),
      optOuts: new Set(optOutsTowards(wishes, number.number).keys()),
      doNotDisturbs: doNotDisturbsOf(wishes, (holder) => maySeeContact(member, holder)),
      maxParticipants: Math.min(MAX_PARTICIPANTS, context.carrier.caps.nativeMaxParticipants),
    },
  );
  if (!judged.ok) throw refused(judged.refusal);
  return judged.value;
}

/** Whom the CRM says nothing of that can be understood cannot be judged; what it may say soon is worth another try. */
export function refuseUnreadable({ participants }: NewGroup, unreadable: readonly UnreadableContact[]): void {
  if (unreadable.some(({ reason }) => reason === "unanswered_contact")) {
    throw new DirectoryUnavailableError("The CRM does not answer about everybody in this group at the moment.");
  }
  const ids = new Set(unreadable.map(({ id }) => id));
  const who = participants.filter(({ contactId }) => ids.has(contactId)).map(asUnreadable);
  if (who.length > 0) throw refused({ reason: "cannot_join", who });
}

function asUnreadable({ contactId, phone }: NewGroup["participants"][number]) {
  return { contactId, name: "", phone, refusal: { reason: "unreadable_contact" as const } };
}

/** A contact that does not exist, or not for this user: the answer is the same. */
function asUnknown({ contactId, phone }: NewGroup["participants"][number]) {
  return { contactId, name: "", phone, refusal: { reason: "unknown_contact" as const } };
}

function refused(refusal: RosterRefusal): ProblemError {
  return new ProblemError("roster_refused", { detail: sentence(refusal), refusal });
}

function sentence(refusal: RosterRefusal): string {
  switch (refusal.reason) {
    case "too_few_participants":
      return `A group needs at least ${refusal.min} people; this one has ${refusal.count}.`;
    case "too_many_participants":
      return `This carrier takes at most ${refusal.max} people in a group; this one has ${refusal.count}.`;
    case "cannot_join":
      return `${refusal.who.map(nameOf).join(", ")} cannot be in this group; "refusal" says why. Go on without them.`;
  }
}

function nameOf({ name, phone }: { name: string; phone: string }): string {
  return name === "" ? phone : name;
}

async function storeGroup(
  context: Context,
  trx: Trx,
  { member, number, wanted, roster }: { member: Member; number: NumberRow; wanted: NewGroup; roster: RosterEntry[] },
): Promise<void> {
  const { workspaceId } = member;
  const key = groupKey(
    number.number,
    roster.map((entry) => entry.phone),
  );
  const thread = await holdDiscovered(trx, member, key);
  const predecessor = await holdPredecessor(trx, member, wanted.successorOf);
  const tied = thread === null ? [] : await holdTied(trx, workspaceId, thread);
  const changed = new Set([wanted.id, thread, predecessor, ...tied].filter((id) => id !== null));
  const ended = thread === null ? [] : await endOfSight(trx, workspaceId, thread);
  const stored = await recordChange(context, trx, {
    workspaceId,
    changes: [...[...changed].map((groupId) => ({ kind: "group", groupId }) as const), ...ended],
    write: async (revision) => {
      if (thread !== null) await releaseKey(trx, workspaceId, thread);
      const predecessorId = await outsideCircle(trx, workspaceId, { predecessor, thread });
      const row = newRow({ context, member, number, wanted, roster, key, revision, predecessorId });
      const inserted = await insertGroup(trx, workspaceId, row);
      if (inserted && thread !== null) await absorbThread(trx, workspaceId, { threadId: thread, groupId: wanted.id });
      return inserted;
    },
  });
  if (!stored) throw await groupExists(trx, member, key);
}

/**
 * A thread that these people began on their handsets (rule R14) becomes this group, with what was said in it; but not
 * for somebody to whom it does not exist, because the same phone is also a colleague's contact's (rule R10).
 */
async function holdDiscovered(trx: Trx, member: Member, key: string): Promise<string | null> {
  const { workspaceId } = member;
  const found = await findGroupByKey(trx, workspaceId, key);
  if (found === undefined || found.createdBy !== null) return null;
  // Somebody else may have made it a group while we waited for the row.
  const held = await holdFacts(trx, workspaceId, found.id);
  if (held === undefined) return null;
  // A phone that was nobody's contact when the thread began keeps nobody away.
  const owners = [...held.contacts.values()].map((contact) => contact.ownerId);
  if (!maySeeGroup(member, owners)) throw await groupExists(trx, member, key);
  return held.group.id;
}

/** The groups that show a link to a thread which is about to become another group. */
async function holdTied(trx: Trx, workspaceId: string, threadId: string): Promise<string[]> {
  const links = await findLinks(trx, workspaceId, [threadId]);
  const ids = links.flatMap(({ fromId, toId }) => [fromId, toId]);
  await holdGroups(trx, workspaceId, ids);
  return ids;
}

async function holdPredecessor(trx: Trx, member: Member, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const facts = await holdFacts(trx, member.workspaceId, id);
  if (facts !== undefined && isVisibleTo(member, facts)) return id;
  throw new ProblemError("not_found", { detail: "successorOf: there is no such group for this user." });
}

/** What is made of a thread is followed by whatever followed that, and so cannot follow it in turn. */
async function outsideCircle(
  trx: Trx,
  workspaceId: string,
  { predecessor, thread }: { predecessor: string | null; thread: string | null },
): Promise<string | null> {
  if (predecessor === null || thread === null) return predecessor;
  const line = [predecessor, ...(await findAncestors(trx, workspaceId, predecessor))];
  return line.includes(thread) ? null : predecessor;
}

/** Names the group to open instead, unless it is one that does not exist for this user (rule R10). */
async function groupExists(trx: Trx, member: Member, key: string): Promise<ProblemError> {
  const group = await findGroupByKey(trx, member.workspaceId, key);
  const [facts] = group === undefined ? [] : await gatherFacts(trx, member.workspaceId, [group.id]);
  if (facts !== undefined && isVisibleTo(member, facts)) {
    return new ProblemError("group_exists", { detail: "Open that one instead.", groupId: facts.group.id });
  }
  const detail = "A colleague has it, with contacts that are not assigned to you. Ask an admin to assign them.";
  return new ProblemError("group_exists", { detail });
}

function newRow(group: {
  context: Context;
  member: Member;
  number: NumberRow;
  wanted: NewGroup;
  roster: RosterEntry[];
  key: string;
  revision: number;
  predecessorId: string | null;
}): NewGroupRow {
  const { context, wanted, roster, key, revision, predecessorId } = group;
  return {
    id: wanted.id,
    key,
    name: wanted.name,
    mode: "native",
    businessNumberId: group.number.id,
    createdBy: group.member.id,
    predecessorId,
    nearestId: null,
    createdAt: context.now(),
    revision,
    participants: roster.map(({ phone, contacts }) => ({ id: context.newId(), phone, contacts })),
  };
}
