import type { Contact, NamedContact } from "./contact.ts";
import type { LockCause, ContactTag } from "./lock.ts";
import { contactNamed } from "./roster.cases.ts";

const DANA = "+14155550142";
const LUIS = "+16285550110";
const SHARED = "+15105550177";
const dana = contactNamed("Dana Wu", DANA);
const luis = contactNamed("Luis Ortega", LUIS);
const june = contactNamed("June Park", SHARED);
const joan = contactNamed("Joan Park", SHARED);
const DELETED = "2026-11-01T12:00:00.000Z";
const frozen = ({ id, name }: Contact) => ({ id, name, ownerId: null });

/** The roster of every lock case: two people, and two more who share a number. */
export const lockedRoster = [
  { phone: DANA, contacts: [frozen(dana)] },
  { phone: LUIS, contacts: [frozen(luis)] },
  { phone: SHARED, contacts: [frozen(june), frozen(joan)] },
];

export interface LockCase {
  title: string;
  /** The directory now; who is not named is as they were. */
  now?: Contact[];
  optOuts?: string[];
  /** Existing contacts on do-not-disturb who have a number now. */
  holders?: [string, NamedContact | null][];
  /** When somebody who has a number now came off do-not-disturb. */
  lifts?: [string, string][];
  causes: LockCause[];
}

export const unchanged = [dana, luis, june, joan];

/** Rule R8. */
export const lockCases: LockCase[] = [
  { title: "a group of people who may be texted is open", causes: [] },
  {
    title: "one person on do-not-disturb locks it",
    now: [{ ...luis, doNotDisturb: true }],
    causes: [{ phone: LUIS, contactId: luis.id, reason: "do_not_disturb" }],
  },
  {
    title: "DND for SMS alone locks it too",
    now: [{ ...luis, smsStatus: "permanent" }],
    causes: [{ phone: LUIS, contactId: luis.id, reason: "do_not_disturb" }],
  },
  {
    title: "one of two people who share a number locks it, and is named",
    now: [{ ...joan, doNotDisturb: true }],
    causes: [{ phone: SHARED, contactId: joan.id, reason: "do_not_disturb" }],
  },
  {
    title: "both of two people who share a number are one cause",
    now: [
      { ...june, doNotDisturb: true },
      { ...joan, doNotDisturb: true },
    ],
    causes: [{ phone: SHARED, contactId: june.id, reason: "do_not_disturb" }],
  },
  {
    title: "an opt-out locks it and belongs to the number",
    optOuts: [SHARED],
    causes: [{ phone: SHARED, contactId: null, reason: "opted_out" }],
  },
  {
    title: "an opt-out outweighs do-not-disturb: only the person can lift it",
    now: [{ ...dana, doNotDisturb: true }],
    optOuts: [DANA],
    causes: [{ phone: DANA, contactId: null, reason: "opted_out" }],
  },
  {
    title: "every cause is named",
    now: [{ ...dana, doNotDisturb: true }],
    optOuts: [LUIS],
    causes: [
      { phone: DANA, contactId: dana.id, reason: "do_not_disturb" },
      { phone: LUIS, contactId: null, reason: "opted_out" },
    ],
  },
  {
    title: "somebody deleted while on do-not-disturb keeps it locked",
    now: [{ ...dana, doNotDisturb: true, deletedAt: DELETED }],
    causes: [{ phone: DANA, contactId: dana.id, reason: "do_not_disturb" }],
  },
  { title: "an opt-out of somebody else's number leaves it open", optOuts: ["+15105550100"], causes: [] },
  {
    title: "another contact with a participant's number on do-not-disturb locks it, and is named",
    holders: [[DANA, { id: "c-again", name: "Dana W." }]],
    causes: [{ phone: DANA, contactId: "c-again", reason: "do_not_disturb" }],
  },
  {
    title: "a contact made anew in the place of a deleted one locks it",
    now: [{ ...dana, deletedAt: DELETED }],
    holders: [[DANA, { id: "c-again", name: "Dana Wu" }]],
    causes: [{ phone: DANA, contactId: "c-again", reason: "do_not_disturb" }],
  },
  {
    title: "one who is not to be named locks it too",
    holders: [[DANA, null]],
    causes: [{ phone: DANA, contactId: null, reason: "do_not_disturb" }],
  },
  {
    title: "the participant's own contact is named before another one with the number",
    now: [{ ...dana, doNotDisturb: true }],
    holders: [[DANA, { id: "c-again", name: "Dana W." }]],
    causes: [{ phone: DANA, contactId: dana.id, reason: "do_not_disturb" }],
  },
  {
    title: "an existing contact is named before a deleted one: only there can anybody change it",
    now: [{ ...dana, doNotDisturb: true, deletedAt: DELETED }],
    holders: [[DANA, { id: "c-again", name: "Dana Wu" }]],
    causes: [{ phone: DANA, contactId: "c-again", reason: "do_not_disturb" }],
  },
  {
    title: "do-not-disturb of a number that nobody in it has leaves it open",
    holders: [["+15105550100", { id: "c-other", name: "Sam Stone" }]],
    causes: [],
  },
  {
    title: "somebody deleted on do-not-disturb keeps it locked no longer once the number's holder came off it",
    now: [{ ...dana, doNotDisturb: true, deletedAt: DELETED }],
    lifts: [[DANA, "2026-11-02T09:00:00.000Z"]],
    causes: [],
  },
  {
    title: "the holder who came off do-not-disturb before the deletion lifts nothing",
    now: [{ ...dana, doNotDisturb: true, deletedAt: DELETED }],
    lifts: [[DANA, "2026-10-31T09:00:00.000Z"]],
    causes: [{ phone: DANA, contactId: dana.id, reason: "do_not_disturb" }],
  },
  {
    title: "somebody existing stays on do-not-disturb whoever else with the number came off it",
    now: [{ ...dana, doNotDisturb: true }],
    lifts: [[DANA, "2026-11-02T09:00:00.000Z"]],
    causes: [{ phone: DANA, contactId: dana.id, reason: "do_not_disturb" }],
  },
];

export interface TagCase {
  title: string;
  /** Dana as the directory has her now; null where it does not know her. */
  now: Contact | null;
  tag: ContactTag | null;
}

const phone = (number: string, primary = true) => ({ number, label: null, primary });

/** Rule R7, for Dana as she was frozen. */
export const tagCases: TagCase[] = [
  { title: "somebody as frozen has no tag", now: dana, tag: null },
  {
    title: "the number written another way is no change",
    now: { ...dana, phones: [phone("(415) 555-0142")] },
    tag: null,
  },
  { title: "somebody the directory never knew has no tag", now: null, tag: null },
  {
    title: "a number added is no change",
    now: { ...dana, phones: [phone(DANA), phone("+14155550199", false)] },
    tag: null,
  },
  {
    title: "the number is no longer primary but still hers: no change",
    now: { ...dana, phones: [phone("+14155550199"), phone(DANA, false)] },
    tag: null,
  },
  {
    title: "another number shows as updated, with the new primary one",
    now: { ...dana, phones: [phone("+14155550198", false), phone("+14155550199")] },
    tag: { kind: "updated", phone: "+14155550199", name: null },
  },
  {
    title: "another name shows as updated",
    now: { ...dana, name: "Dana Wu-Hart" },
    tag: { kind: "updated", phone: null, name: "Dana Wu-Hart" },
  },
  {
    title: "a name that differs in what nobody can see is no change",
    now: { ...dana, name: " Dana\u00A0 Wu" },
    tag: null,
  },
  {
    title: "no number any more shows as updated",
    now: { ...dana, phones: [] },
    tag: { kind: "updated", phone: null, name: null },
  },
  {
    title: "a deleted contact shows as deleted, whatever else changed",
    now: { ...dana, name: "Gone", deletedAt: "2026-11-01T12:00:00.000Z" },
    tag: { kind: "deleted" },
  },
];
