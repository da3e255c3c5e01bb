import { formatPhone, normalisePhone } from "@partyline/domain/phone-number";
import type { Carrier } from "./carrier.ts";
import type { HandsetText } from "./state.ts";

/** Somebody as a handset shows them: the address book's name, or the number. */
export interface PartyView {
  number: string;
  label: string;
  name: string | null;
  business: boolean;
}

export interface TextView {
  id: string;
  from: PartyView;
  mine: boolean;
  text: string;
  pictures: { id: string; contentType: string }[];
  at: string;
}

/** One address set on one handset. `others` are the numbers a reply goes to. */
export interface ThreadView {
  key: string;
  title: string;
  others: PartyView[];
  texts: TextView[];
}

export interface PhoneView extends PartyView {
  threads: ThreadView[];
}

export interface PhonesView {
  businesses: PartyView[];
  people: PartyView[];
  phones: PhoneView[];
}

const TEXTS_SHOWN = 200;
const PHONES_SHOWN = 60;

/** Every handset that holds a text, the latest first, and those asked for besides. */
export function viewPhones(carrier: Carrier, also: readonly string[]): PhonesView {
  const latest = new Map<string, string>();
  for (const text of carrier.state.texts) for (const number of text.visibleTo) latest.set(number, text.at);
  const active = [...latest.keys()]
    .filter((number) => carrier.own(number) === undefined)
    .toSorted((a, b) => (latest.get(b) ?? "").localeCompare(latest.get(a) ?? "") || a.localeCompare(b))
    .slice(0, PHONES_SHOWN);
  const picked = also.filter((number) => !active.includes(number) && carrier.own(number) === undefined);
  return {
    businesses: carrier.parts.numbers.map((own) => viewParty(carrier, own.phoneNumber)),
    people: Object.keys(carrier.state.people).map((number) => viewParty(carrier, number)),
    phones: [...active, ...picked].map((number) => viewPhone(carrier, number)),
  };
}

/** Whoever is meant by a name in the address book or by a number; null for nobody, and for a business number. */
export function findPerson(carrier: Carrier, typed: string): PartyView | null {
  const wanted = typed.trim().toLowerCase();
  const named = Object.entries(carrier.state.people).find(([, name]) => name.toLowerCase() === wanted)?.[0];
  const number = named ?? normalisePhone(typed);
  return number === null || carrier.own(number) ? null : viewParty(carrier, number);
}

export function viewPhone(carrier: Carrier, number: string): PhoneView {
  const byThread = Map.groupBy(
    carrier.state.texts.filter((text) => text.visibleTo.includes(number)),
    (text) => text.members.join(","),
  );
  const threads = [...byThread].map(([key, texts]) => viewThread(carrier, number, key, texts));
  return {
    ...viewParty(carrier, number),
    threads: threads.toSorted((a, b) => lastAt(b).localeCompare(lastAt(a))),
  };
}

function viewThread(carrier: Carrier, number: string, key: string, texts: HandsetText[]): ThreadView {
  const others = key
    .split(",")
    .filter((member) => member !== number)
    .map((member) => viewParty(carrier, member))
    .toSorted((a, b) => Number(a.business) - Number(b.business) || nameOf(a).localeCompare(nameOf(b)));
  return {
    key,
    title: others.map((other) => nameOf(other)).join(", "),
    others,
    texts: texts.slice(-TEXTS_SHOWN).map((text) => ({
      id: text.id,
      from: viewParty(carrier, text.from),
      mine: text.from === number,
      text: text.text,
      pictures: text.pictures,
      at: text.at,
    })),
  };
}

function viewParty(carrier: Carrier, number: string): PartyView {
  const own = carrier.own(number);
  const name = carrier.state.people[number] ?? null;
  return { number, label: formatPhone(number), name, business: own !== undefined };
}

function nameOf(party: PartyView): string {
  return party.name ?? party.label;
}

function lastAt(thread: ThreadView): string {
  return thread.texts.at(-1)?.at ?? "";
}
