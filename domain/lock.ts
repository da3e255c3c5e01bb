import { isOnDoNotDisturb, type Contact, type DoNotDisturbs, type OptOuts } from "./contact.ts";
import { normalisePhone, type E164 } from "./phone-number.ts";
import type { RosterEntry } from "./roster.ts";

/** Contacts of a roster as the directory knows them now, by id; a missing one was never in the directory. */
export type ContactsNow = ReadonlyMap<string, Contact>;

export type LockReason = "do_not_disturb" | "opted_out";

/** One participant who keeps a group locked. */
export interface LockCause {
  phone: E164;
  /**
   * The contact on do-not-disturb, who may be another one than the participant's, with the same number; null for one who
   * is not to be named, and for an opt-out.
   */
  contactId: string | null;
  reason: LockReason;
}

export interface LockFacts {
  contacts: ContactsNow;
  optOuts: OptOuts;
  doNotDisturbs: DoNotDisturbs;
  /** When an existing contact with this number last came off do-not-disturb, by number. */
  lifts: ReadonlyMap<E164, string>;
}

/** Rule R8: everybody who keeps the group from sending; an empty list means it is open. */
export function lockCauses(roster: readonly RosterEntry[], facts: LockFacts): LockCause[] {
  return roster.flatMap((entry): LockCause[] => {
    const { phone } = entry;
    if (facts.optOuts.has(phone)) return [{ phone, contactId: null, reason: "opted_out" }];
    const disturbed = disturbedContact(entry, facts);
    return disturbed === undefined ? [] : [{ phone, contactId: disturbed, reason: "do_not_disturb" }];
  });
}

/**
 * The id of the contact by whom a participant is on do-not-disturb, null for one who is not to be named; undefined while
 * texting is fine. The wish belongs to whoever holds the number: any existing contact with it speaks for them, such as
 * the one that a CRM made anew when it merged two. A participant's own contact speaks even with another number now.
 */
export function disturbedContact(
  { phone, contacts: frozen }: RosterEntry,
  { contacts, doNotDisturbs, lifts }: Omit<LockFacts, "optOuts">,
): string | null | undefined {
  const own = frozen.flatMap(({ id }) => contacts.get(id) ?? []).filter(isOnDoNotDisturb);
  const existing = own.find(({ deletedAt }) => deletedAt === null);
  if (existing !== undefined) return existing.id;
  const holder = doNotDisturbs.get(phone);
  if (holder !== undefined) return holder?.id ?? null;
  return own.find(({ deletedAt }) => deletedAt !== null && !isLifted(deletedAt, lifts.get(phone)))?.id;
}

/**
 * Deleting somebody in the CRM must not turn texts to them back on: their last known state counts until somebody who has
 * the number now comes off do-not-disturb.
 */
function isLifted(deletedAt: string, liftedAt: string | undefined): boolean {
  return liftedAt !== undefined && Date.parse(liftedAt) >= Date.parse(deletedAt);
}

export type ContactTag =
  | { kind: "deleted" }
  /** What the directory has now, where it differs from what was frozen; null where it does not. */
  | { kind: "updated"; phone: string | null; name: string | null };

/**
 * Rule R7: how the directory's present differs from one contact as frozen; of two who share a number, each has their own.
 * A number counts as changed only when the contact no longer has it among its phones; the tag then names the primary
 * phone it has instead.
 */
export function contactTag(frozen: { phone: E164; name: string }, now: Contact | undefined): ContactTag | null {
  if (now === undefined) return null;
  if (now.deletedAt !== null) return { kind: "deleted" };
  const kept = now.phones.some((phone) => normalisePhone(phone.number) === frozen.phone);
  const name = plainName(now.name) === plainName(frozen.name) ? null : now.name;
  if (kept && name === null) return null;
  return { kind: "updated", phone: kept ? null : primaryPhone(now), name };
}

/** What two spellings have in common that nobody can see apart. */
function plainName(name: string): string {
  return name.normalize("NFC").trim().replaceAll(/\s+/g, " ");
}

/** The phone a CRM treats as the contact's first: the primary one, else whichever comes first. */
export function primaryPhone(contact: Pick<Contact, "phones">): string | null {
  return (contact.phones.find((phone) => phone.primary) ?? contact.phones[0])?.number ?? null;
}
