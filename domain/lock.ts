import { isOnDoNotDisturb, type Contact, type OptOuts } from "./contact.ts";
import { normalisePhone, type E164 } from "./phone-number.ts";
import type { RosterEntry } from "./roster.ts";

/** Contacts of a roster as the directory knows them now, by id; a missing one was never in the directory. */
export type ContactsNow = ReadonlyMap<string, Contact>;

export type LockReason = "do_not_disturb" | "opted_out";

/** One participant who keeps a group locked. */
export interface LockCause {
  phone: E164;
  /** The contact on do-not-disturb; null for an opt-out, which belongs to the number. */
  contactId: string | null;
  reason: LockReason;
}

/**
 * Rule R8: everybody who keeps the group from sending; an empty list means it is open. A deleted contact's last known
 * state still counts: deleting somebody in the CRM must not turn texts to them back on.
 */
export function lockCauses(roster: readonly RosterEntry[], contacts: ContactsNow, optOuts: OptOuts): LockCause[] {
  return roster.flatMap((entry): LockCause[] => {
    if (optOuts.has(entry.phone)) return [{ phone: entry.phone, contactId: null, reason: "opted_out" }];
    return entry.contacts
      .filter(({ id }) => {
        const contact = contacts.get(id);
        return contact !== undefined && isOnDoNotDisturb(contact);
      })
      .slice(0, 1)
      .map(({ id }) => ({ phone: entry.phone, contactId: id, reason: "do_not_disturb" }));
  });
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
  const name = now.name === frozen.name ? null : now.name;
  if (kept && name === null) return null;
  return { kind: "updated", phone: kept ? null : primaryPhone(now), name };
}

/** The phone a CRM treats as the contact's first: the primary one, else whichever comes first. */
export function primaryPhone(contact: Pick<Contact, "phones">): string | null {
  return (contact.phones.find((phone) => phone.primary) ?? contact.phones[0])?.number ?? null;
}
