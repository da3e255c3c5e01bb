import type { Contact, NamedContact } from "./contact.ts";
import type { E164 } from "./phone-number.ts";
import type { JoinRefusal, RosterRefusal } from "./roster.ts";

/** The business number of every case. */
export const OWN: E164 = "+14155550100";

/** Another number of the workspace. */
export const OTHER_OWN: E164 = "+14155550101";

export interface RosterCase {
  title: string;
  picks: { contact: Contact; phone: string }[];
  /** Phones that opted out of the business number. */
  optOuts?: E164[];
  /** Contacts on do-not-disturb by the numbers they have. */
  doNotDisturbs?: [E164, NamedContact | null][];
  /** The carrier's limit; eight unless said. */
  maxParticipants?: number;
  expected: { roster: { phone: E164; contacts: string[] }[] } | { refusal: RosterRefusal };
}

/** A contact as most are; a case says what is different about it. */
export function contactNamed(name: string, number: string, rest: Partial<Contact> = {}): Contact {
  return {
    id: `c-${name.toLowerCase().replaceAll(" ", "-")}`,
    name,
    ownerId: "u-ava",
    doNotDisturb: false,
    smsStatus: "inactive",
    phones: [{ number, label: "mobile", primary: true }],
    tags: [],
    deletedAt: null,
    ...rest,
  };
}

const dana = contactNamed("Dana Wu", "(415) 555-0142");
const luis = contactNamed("Luis Ortega", "+16285550110");
const pick = (contact: Contact, phone = contact.phones[0]?.number ?? "") => ({ contact, phone });

/** `count` people with numbers in a row, of an exchange of their own. */
function people(exchange: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const number = `+1510${exchange}${String(1000 + index)}`;
    return contactNamed(`Person ${exchange} ${index + 1}`, number);
  });
}

function rosterOf(contacts: Contact[]) {
  return { roster: contacts.map(({ id, phones }) => ({ phone: phones[0]!.number, contacts: [id] })) };
}

function cannotJoin(contact: Contact, refusal: JoinRefusal, phone = contact.phones[0]?.number ?? "") {
  const { id: contactId, name } = contact;
  return { refusal: { reason: "cannot_join" as const, who: [{ contactId, name, phone, refusal }] } };
}

/** One who cannot join, beside two who can. */
function refused(title: string, contact: Contact, refusal: JoinRefusal, more: Partial<RosterCase> = {}): RosterCase {
  return { title, picks: [pick(dana), pick(contact), pick(luis)], expected: cannotJoin(contact, refusal), ...more };
}

const nora = contactNamed("Nora Blake", "+15105550199");
const two = people(201, 2);
const eight = people(208, 8);
const nine = people(209, 9);
const shared = "+15105550177";
const june = contactNamed("June Park", shared);
const joan = contactNamed("Joan Park", "510-555-0177");
const home = "+15105550188";
const pat = contactNamed("Pat Reyes", "+15105550187", {
  phones: [
    { number: "+15105550187", label: "mobile", primary: true },
    { number: home, label: "home", primary: false },
  ],
});
const agent = contactNamed("Ben Carter", "+15105550186", {
  phones: [
    { number: "+15105550186", label: "mobile", primary: true },
    { number: OTHER_OWN, label: "work", primary: false },
  ],
});
const foreign = contactNamed("Nia Campbell", "+1 876 555 0123");

export const rosterCases: RosterCase[] = [
  { title: "two people are a group", picks: two.map((one) => pick(one)), expected: rosterOf(two) },
  { title: "eight people are a group", picks: eight.map((one) => pick(one)), expected: rosterOf(eight) },
  {
    title: "nine people are a group where the carrier takes nine",
    picks: nine.map((one) => pick(one)),
    maxParticipants: 9,
    expected: rosterOf(nine),
  },
  {
    title: "nine people are too many for a carrier of eight",
    picks: nine.map((one) => pick(one)),
    expected: { refusal: { reason: "too_many_participants", count: 9, max: 8 } },
  },
  {
    title: "ten people are too many whatever the carrier takes",
    picks: people(210, 10).map((one) => pick(one)),
    maxParticipants: 12,
    expected: { refusal: { reason: "too_many_participants", count: 10, max: 9 } },
  },
  {
    title: "ten people are too many for a carrier of eight",
    picks: people(210, 10).map((one) => pick(one)),
    expected: { refusal: { reason: "too_many_participants", count: 10, max: 8 } },
  },
  {
    title: "one person is no group",
    picks: [pick(dana)],
    expected: { refusal: { reason: "too_few_participants", count: 1, min: 2 } },
  },
  {
    title: "nobody is no group",
    picks: [],
    expected: { refusal: { reason: "too_few_participants", count: 0, min: 2 } },
  },
  {
    title: "two people who share a number are one participant with both names",
    picks: [pick(june), pick(joan), pick(luis)],
    expected: {
      roster: [
        { phone: shared, contacts: [june.id, joan.id] },
        { phone: "+16285550110", contacts: [luis.id] },
      ],
    },
  },
  {
    title: "two people who share a number are too few by themselves",
    picks: [pick(june), pick(joan)],
    expected: { refusal: { reason: "too_few_participants", count: 1, min: 2 } },
  },
  {
    title: "one person picked twice with the same phone is one participant",
    picks: [pick(pat), pick(pat, "(510) 555-0187"), pick(dana)],
    expected: {
      roster: [
        { phone: "+15105550187", contacts: [pat.id] },
        { phone: "+14155550142", contacts: [dana.id] },
      ],
    },
  },
  {
    title: "two phones of one person may both be in a group",
    picks: [pick(pat), pick(pat, home)],
    expected: {
      roster: [
        { phone: "+15105550187", contacts: [pat.id] },
        { phone: home, contacts: [pat.id] },
      ],
    },
  },
  {
    title: "an area code too new for the tables is allowed",
    picks: [pick(dana), pick(contactNamed("Olga New", "+16215550123"))],
    expected: {
      roster: [
        { phone: "+14155550142", contacts: [dana.id] },
        { phone: "+16215550123", contacts: ["c-olga-new"] },
      ],
    },
  },
  refused("somebody on do-not-disturb cannot join", { ...nora, doNotDisturb: true }, { reason: "do_not_disturb" }),
  refused(
    "somebody with DND active for SMS cannot join",
    { ...nora, smsStatus: "active" },
    { reason: "do_not_disturb" },
  ),
  refused("somebody with permanent DND cannot join", { ...nora, smsStatus: "permanent" }, { reason: "do_not_disturb" }),
  refused("somebody who opted out cannot join", nora, { reason: "opted_out" }, { optOuts: ["+15105550199"] }),
  refused(
    "somebody whose number another contact on do-not-disturb has cannot join, and that one is named",
    nora,
    { reason: "do_not_disturb", by: { id: "c-nora-again", name: "Nora B." } },
    { doNotDisturbs: [["+15105550199", { id: "c-nora-again", name: "Nora B." }]] },
  ),
  refused(
    "somebody whose number a contact not to be named has on do-not-disturb cannot join",
    nora,
    { reason: "do_not_disturb", by: null },
    { doNotDisturbs: [["+15105550199", null]] },
  ),
  refused(
    "an opt-out outweighs another contact's do-not-disturb",
    nora,
    { reason: "opted_out" },
    { optOuts: ["+15105550199"], doNotDisturbs: [["+15105550199", { id: "c-nora-again", name: "Nora B." }]] },
  ),
  {
    title: "a phone of theirs that nobody on do-not-disturb has can join",
    picks: [pick(pat, home), pick(dana)],
    doNotDisturbs: [["+15105550187", { id: "c-pat-again", name: "Pat R." }]],
    expected: {
      roster: [
        { phone: home, contacts: [pat.id] },
        { phone: "+14155550142", contacts: [dana.id] },
      ],
    },
  },
  refused(
    "a deleted contact cannot join",
    { ...nora, deletedAt: "2026-11-01T12:00:00.000Z" },
    { reason: "contact_deleted" },
  ),
  {
    title: "somebody without a phone cannot join",
    picks: [pick(dana), pick({ ...nora, phones: [] }, "+15105550199"), pick(luis)],
    expected: cannotJoin(nora, { reason: "no_phone" }),
  },
  {
    title: "a phone that is not the contact's cannot be picked",
    picks: [pick(dana), pick(nora, "+15105550198"), pick(luis)],
    expected: cannotJoin(nora, { reason: "phone_not_of_contact" }, "+15105550198"),
  },
  refused("the business number itself cannot join", contactNamed("Front Desk", OWN), { reason: "own_number" }),
  refused("another number of the workspace cannot join", contactNamed("Back Desk", "(415) 555-0101"), {
    reason: "own_number",
  }),
  {
    title: "an additional phone that is a number of the workspace cannot join, and the other one can",
    picks: [pick(dana), pick(agent, OTHER_OWN), pick(agent)],
    expected: cannotJoin(agent, { reason: "own_number" }, OTHER_OWN),
  },
  refused("a Jamaican number is refused with its country", foreign, { reason: "not_us_ca", country: "JM" }),
  refused("a British number is refused with its country", contactNamed("Amy Hill", "+44 20 7946 0958"), {
    reason: "not_us_ca",
    country: "GB",
  }),
  refused("a toll-free number is refused as such", contactNamed("Help Line", "+18005550123"), {
    reason: "not_textable",
    kind: "toll_free",
  }),
  refused("a premium number is refused as such", contactNamed("Hot Line", "+19005550123"), {
    reason: "not_textable",
    kind: "premium",
  }),
  refused("what is no number is refused as such", contactNamed("No Number", "call me maybe"), {
    reason: "invalid_number",
  }),
  {
    title: "everybody who cannot join is named at once",
    picks: [pick(dana), pick(foreign), pick({ ...nora, doNotDisturb: true })],
    expected: {
      refusal: {
        reason: "cannot_join",
        who: [
          {
            contactId: foreign.id,
            name: foreign.name,
            phone: "+1 876 555 0123",
            refusal: { reason: "not_us_ca", country: "JM" },
          },
          { contactId: nora.id, name: nora.name, phone: "+15105550199", refusal: { reason: "do_not_disturb" } },
        ],
      },
    },
  },
];
