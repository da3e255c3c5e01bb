import { maySeeContact, maySeeGroup, type User } from "@partyline/domain/access";
import { isOnDoNotDisturb, type Contact, type NamedContact } from "@partyline/domain/contact";
import { lockCauses, type LockCause, type LockFacts } from "@partyline/domain/lock";
import type { RosterEntry } from "@partyline/domain/roster";
import { doNotDisturbsOf, findWishes, liftsOf, optOutsTowards, type NumberWishes } from "../number-wishes.ts";
import { findContacts, findDoNotDisturbTimes } from "../store/contacts.ts";
import { findGroups, findRosters, holdGroup, type GroupRow, type RosterRow } from "../store/groups.ts";
import type { NumberHolder } from "../store/number-wishes.ts";
import { listNumbers, type NumberRow } from "../store/numbers.ts";
import type { Trx } from "../store/tenant.ts";

/** A group with everything the rules need to know about it, read in one transaction. */
export interface GroupFacts {
  group: GroupRow;
  number: NumberRow;
  roster: RosterRow[];
  /** The roster's contacts as the directory knows them now. */
  contacts: ReadonlyMap<string, Contact>;
  /** Phones that opted out of this group's business number. */
  optOuts: ReadonlySet<string>;
  /** Existing contacts with a word on do-not-disturb, by their numbers. */
  holders: ReadonlyMap<string, readonly NumberHolder[]>;
  /** Since when whoever keeps the group locked does: opt-outs by phone, do-not-disturb by contact. */
  lockTimes: ReadonlyMap<string, Date>;
}

/** Facts of the groups that exist, in no particular order. */
export async function gatherFacts(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<GroupFacts[]> {
  return addFacts(trx, workspaceId, await findGroups(trx, workspaceId, ids));
}

/** Facts of one group under its row lock; undefined when there is no such group. */
export async function holdFacts(trx: Trx, workspaceId: string, id: string): Promise<GroupFacts | undefined> {
  const group = await holdGroup(trx, workspaceId, id);
  if (group === undefined) return undefined;
  // Only after the lock: what was read before it could have changed while we waited.
  const [facts] = await addFacts(trx, workspaceId, [group]);
  return facts;
}

async function addFacts(trx: Trx, workspaceId: string, groups: readonly GroupRow[]): Promise<GroupFacts[]> {
  if (groups.length === 0) return [];
  const ids = groups.map((group) => group.id);
  const rosters = await findRosters(trx, workspaceId, ids);
  const contactIds = rosters.flatMap((entry) => entry.contacts.map((contact) => contact.id));
  const contacts = new Map((await findContacts(trx, workspaceId, contactIds)).map((contact) => [contact.id, contact]));
  const numbers = new Map((await listNumbers(trx, workspaceId)).map((number) => [number.id, number]));
  const phones = rosters.map((entry) => entry.phone);
  const wishes = await findWishes(trx, workspaceId, phones);
  const dndTimes = await findDoNotDisturbTimes(
    trx,
    workspaceId,
    [...contacts.values()].filter(isOnDoNotDisturb).map((contact) => contact.id),
  );
  const rosterOf = Map.groupBy(rosters, (entry) => entry.groupId);
  return groups.map((group) => {
    const number = numbers.get(group.businessNumberId);
    if (number === undefined) throw new Error("a group's business number is gone");
    const roster = rosterOf.get(group.id) ?? [];
    const optOuts = optOutsTowards(wishes, number.number);
    const lockTimes = new Map([...holderTimes(wishes), ...dndTimes, ...optOuts]);
    return { group, number, roster, contacts, optOuts: new Set(optOuts.keys()), holders: wishes.holders, lockTimes };
  });
}

function holderTimes({ holders }: NumberWishes): [string, Date][] {
  return [...holders.values()].flat().flatMap(({ id, since }) => (since === null ? [] : [[id, since]]));
}

/** Rule R10 on these facts; a participant without a contact belongs to nobody. */
export function isVisibleTo(user: User, facts: GroupFacts): boolean {
  const owners = facts.roster.flatMap((entry) =>
    entry.contacts.length === 0 ? [null] : entry.contacts.map(({ id }) => facts.contacts.get(id)?.ownerId ?? null),
  );
  return maySeeGroup(user, owners);
}

export type CauseWithParticipant = LockCause & { participant: RosterRow };

/** Rule R8 on these facts, each cause with its participant. */
export function causesOf(facts: GroupFacts): CauseWithParticipant[] {
  return lockCauses(frozenRoster(facts), lockFactsOf(facts)).flatMap((cause) => {
    const participant = facts.roster.find((entry) => entry.phone === cause.phone);
    return participant ? [{ ...cause, participant }] : [];
  });
}

/** What the rules on locks go by; whom a user may see named is for the view to say. */
export function lockFactsOf(facts: GroupFacts): LockFacts {
  const { contacts, optOuts } = facts;
  return { contacts, optOuts, doNotDisturbs: doNotDisturbsOf(facts, () => true), lifts: liftsOf(facts) };
}

/**
 * The contact who locks the group where the participant's name does not tell: one of several who are that participant, or
 * another one with the number; null for one without a name, or whom this user may not see (rule R10).
 */
export function lockingContactOf(
  user: User,
  { holders, contacts }: GroupFacts,
  { participant, contactId, phone, reason }: CauseWithParticipant,
): NamedContact | null | undefined {
  if (reason !== "do_not_disturb") return undefined;
  const own = participant.contacts.find(({ id }) => id === contactId);
  if (own !== undefined) {
    if (participant.contacts.length === 1) return undefined;
    const name = [own.name, contacts.get(own.id)?.name ?? ""].find((one) => one.trim() !== "");
    return name === undefined ? null : { id: own.id, name };
  }
  return doNotDisturbsOf({ holders }, (holder) => maySeeContact(user, holder)).get(phone);
}

/** The roster as the domain's rules take it; who owned a contact then plays no part after creation. */
export function frozenRoster({ roster }: Pick<GroupFacts, "roster">): RosterEntry[] {
  return roster.map(asRosterEntry);
}

export function asRosterEntry({ phone, contacts }: RosterRow): RosterEntry {
  return { phone, contacts: contacts.map((contact) => ({ ...contact, ownerId: null })) };
}
