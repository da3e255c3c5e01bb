import { createHash } from "node:crypto";
import type { ContactWrite } from "@partyline/contract/contact";
import type { ContactPhone } from "@partyline/domain/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import { ACTIVITIES, AREA_CODES, FAMILY_NAMES, GIVEN_NAMES, TAG_SETS } from "./people-names.ts";
import { AWKWARD_PEOPLE, STORY_PEOPLE } from "./story-people.ts";

type Person = ContactWrite & { id: string };

export interface Activity {
  what: string;
  /** RFC 3339, UTC. */
  at: string;
}

const COUNT = 240;
const OWNERS = ["u-ava", "u-ben", "u-cleo", null] as const;
const MINUTE = 60_000;

/** The workspace's own numbers: no contact may have one. */
const BUSINESS_NUMBERS = ["+14155550100", "+14155550101", "+14155550102", "+14155550103", "+18885550199"];

/** The people of Harbor & Pine Realty, the same on every machine and every start, latest activity first. */
export function samplePeople(): Person[] {
  const written = [...STORY_PEOPLE, ...AWKWARD_PEOPLE].map((person) => Object.assign({}, BLANK, person));
  const numbers = numberBook(written.flatMap((person) => person.phones));
  const generated = Array.from({ length: COUNT - written.length }, (_, index) => generatePerson(index, numbers));
  return [...written, ...generated].map((person, index) => Object.assign(person, { id: contactId(index) }));
}

/** What last happened with each sample contact, counted back from `now`. */
export function sampleActivity(now: number): Map<string, Activity> {
  return new Map(
    samplePeople().map((person, index) => {
      // Grows a little faster with each place, from minutes at the top to months at the end.
      const ago = (4 + index * 9 + index * index * 3) * MINUTE;
      return [
        person.id,
        { what: ACTIVITIES[(index * 3) % ACTIVITIES.length] ?? "Note added", at: new Date(now - ago).toISOString() },
      ];
    }),
  );
}

const BLANK: ContactWrite = {
  name: "",
  ownerId: null,
  doNotDisturb: false,
  smsStatus: "inactive",
  phones: [],
  tags: [],
};

function generatePerson(index: number, nextNumber: () => string): ContactWrite {
  const given = GIVEN_NAMES.split(" ");
  const family = FAMILY_NAMES.split(" ");
  return {
    name: `${pick(given, index)} ${pick(family, index * 11)}`,
    ownerId: pick(OWNERS, index),
    doNotDisturb: index % 17 === 9,
    smsStatus: smsStatusOf(index),
    phones: phonesOf(index, nextNumber),
    tags: [...pick(TAG_SETS, index * 5)],
  };
}

function smsStatusOf(index: number): ContactWrite["smsStatus"] {
  if (index % 41 === 20) return "active";
  return index % 61 === 33 ? "permanent" : "inactive";
}

function phonesOf(index: number, nextNumber: () => string): ContactPhone[] {
  const labels = ["mobile", "mobile", "home", "work", null] as const;
  const phones: ContactPhone[] = [{ number: nextNumber(), label: pick(labels, index), primary: true }];
  if (index % 6 === 1) phones.push({ number: nextNumber(), label: "work", primary: false });
  if (index % 19 === 7) phones.push({ number: nextNumber(), label: "home", primary: false });
  return phones;
}

/** Hands out 555-01xx numbers, which are set aside for fiction, never one twice. */
function numberBook(used: readonly ContactPhone[]): () => string {
  const taken = new Set([...BUSINESS_NUMBERS, ...used.map(({ number }) => normalisePhone(number))]);
  const areas = AREA_CODES.split(" ");
  let turn = 0;
  return function next(): string {
    const area = pick(areas, turn);
    const line = (turn * 37) % 100;
    turn += 1;
    const number = `+1${area}55501${String(line).padStart(2, "0")}`;
    if (taken.has(number)) return next();
    taken.add(number);
    return number;
  };
}

/** Twenty letters and digits, as HighLevel's ids look. */
function contactId(index: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const digest = createHash("sha256").update(`harbor-pine-contact-${index}`).digest();
  return Array.from(digest.subarray(0, 20), (byte) => alphabet[byte % alphabet.length]).join("");
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError("There is nothing to pick from");
  return item;
}
