import type { NumberKind } from "./area-codes.ts";
import { isOnDoNotDisturb, type Contact, type DoNotDisturbs, type NamedContact, type OptOuts } from "./contact.ts";
import { judgePhoneNumber, normalisePhone, type E164 } from "./phone-number.ts";
import { allow, refuse, type Result } from "./result.ts";
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS } from "./roster-size.ts";

/** Why one contact, or one of its phones, cannot be in a group. */
export type JoinRefusal =
  /** `by` is another contact with this number, who is on it; null where they are not to be named. */
  | { reason: "do_not_disturb"; by?: NamedContact | null }
  | { reason: "opted_out" }
  | { reason: "unknown_contact" }
  | { reason: "unreadable_contact" }
  | { reason: "unanswered_contact" }
  | { reason: "contact_deleted" }
  | { reason: "no_phone" }
  | { reason: "phone_not_of_contact" }
  | { reason: "own_number" }
  | { reason: "not_us_ca"; country: string | null }
  | { reason: "not_textable"; kind: NumberKind }
  | { reason: "invalid_number" };

/** Why a set of people cannot be a group. */
export type RosterRefusal =
  | { reason: "cannot_join"; who: { contactId: string; name: string; phone: string; refusal: JoinRefusal }[] }
  | { reason: "too_few_participants"; count: number; min: number }
  | { reason: "too_many_participants"; count: number; max: number };

/** One person of a roster: a frozen number and every contact it stands for (two contacts may share a number, R4). */
export interface RosterEntry {
  phone: E164;
  contacts: { id: string; name: string; ownerId: string | null }[];
}

export interface PhonePick {
  contact: Contact;
  phone: string;
}

export interface RosterFacts {
  /** Every number of the workspace, whoever may use it: a group with one of them would text ourselves. */
  ownNumbers: ReadonlySet<E164>;
  optOuts: OptOuts;
  doNotDisturbs: DoNotDisturbs;
  /** The carrier's limit in native mode, at most 9. */
  maxParticipants: number;
}

/** Rules R2, R4 and R5 for one phone of one contact: its E.164 number, or why not. */
export function judgeJoin(
  pick: PhonePick,
  facts: JoinFacts,
): Result<{ number: E164; unverified: boolean }, JoinRefusal> {
  const { contact, phone } = pick;
  if (contact.deletedAt !== null) return refuse({ reason: "contact_deleted" });
  if (isOnDoNotDisturb(contact)) return refuse({ reason: "do_not_disturb" });
  if (contact.phones.length === 0) return refuse({ reason: "no_phone" });
  if (!hasPhone(contact, phone)) return refuse({ reason: "phone_not_of_contact" });
  return judgeNumber(phone, facts);
}

export type JoinFacts = Omit<RosterFacts, "maxParticipants">;

/**
 * Rule R2 for a number without a contact, that it is neither one of our own nor opted out, and that nobody
 * who has it is on do-not-disturb.
 */
export function judgeNumber(
  phone: string,
  facts: JoinFacts,
): Result<{ number: E164; unverified: boolean }, JoinRefusal> {
  const judged = judgePhoneNumber(phone);
  switch (judged.verdict) {
    case "invalid":
      return refuse({ reason: "invalid_number" });
    case "not_us_ca":
      return refuse({ reason: "not_us_ca", country: judged.country });
    case "not_textable":
      return refuse({ reason: "not_textable", kind: judged.kind });
    case "ok":
    case "ok_unverified":
      if (facts.ownNumbers.has(judged.number)) return refuse({ reason: "own_number" });
      return (
        judgeConsent(judged.number, facts) ??
        allow({ number: judged.number, unverified: judged.verdict === "ok_unverified" })
      );
  }
}

/** Rule R5 for the number: both an opt-out and do-not-disturb are wishes of the person who holds it. */
function judgeConsent(number: E164, { optOuts, doNotDisturbs }: JoinFacts) {
  if (optOuts.has(number)) return refuse({ reason: "opted_out" as const });
  const by = doNotDisturbs.get(number);
  return by === undefined ? null : refuse({ reason: "do_not_disturb" as const, by });
}

/** Whether a phone is one of the contact's, compared as numbers: "(415) 555-0142" is "+14155550142". */
function hasPhone(contact: Contact, phone: string): boolean {
  const wanted = normalisePhone(phone);
  return contact.phones.some(
    (own) => own.number === phone || (wanted !== null && normalisePhone(own.number) === wanted),
  );
}

/** Rules R1, R2, R4 and R5 together: the frozen roster of a new group, or everything that is wrong with it. */
export function judgeRoster(picks: readonly PhonePick[], facts: RosterFacts): Result<RosterEntry[], RosterRefusal> {
  const refused: { contactId: string; name: string; phone: string; refusal: JoinRefusal }[] = [];
  const entries = new Map<E164, RosterEntry>();
  for (const pick of picks) {
    const judged = judgeJoin(pick, facts);
    const { id, name, ownerId } = pick.contact;
    if (!judged.ok) {
      refused.push({ contactId: id, name, phone: pick.phone, refusal: judged.refusal });
      continue;
    }
    const entry = entries.get(judged.value.number) ?? { phone: judged.value.number, contacts: [] };
    if (!entry.contacts.some((contact) => contact.id === id)) entry.contacts.push({ id, name, ownerId });
    entries.set(entry.phone, entry);
  }
  if (refused.length > 0) return refuse({ reason: "cannot_join", who: refused });
  return judgeCount([...entries.values()], facts.maxParticipants);
}

function judgeCount(roster: RosterEntry[], maxParticipants: number): Result<RosterEntry[], RosterRefusal> {
  const count = roster.length;
  const max = Math.min(maxParticipants, MAX_PARTICIPANTS);
  if (count < MIN_PARTICIPANTS) return refuse({ reason: "too_few_participants", count, min: MIN_PARTICIPANTS });
  if (count > max) return refuse({ reason: "too_many_participants", count, max });
  return allow(roster);
}
