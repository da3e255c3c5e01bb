import type { Contact } from "@partyline/contract/contact";
import { extensionOf, type E164 } from "@partyline/domain/phone-number";
import { judgeJoin, type JoinFacts, type JoinRefusal } from "@partyline/domain/roster";

export interface PhoneChoice {
  /** As the CRM has it: what travels to the backend. */
  phone: string;
  /** E.164 where the rules allow it, else as the CRM has it. */
  number: string;
  label: string | null;
  unverified: boolean;
  /** What the CRM has behind the number, where no text gets to; null where it has nothing there. */
  extension: string | null;
  refusal: JoinRefusal | null;
}

/** Every phone of a contact with the rules' word on it, the primary one first. */
export function phoneChoices(contact: Contact, facts: JoinFacts): PhoneChoice[] {
  const primaryFirst = contact.phones.toSorted((one, other) => Number(other.primary) - Number(one.primary));
  return primaryFirst.map(({ number, label }) => {
    const judged = judgeJoin({ contact, phone: number }, facts);
    const choice = { phone: number, label, extension: extensionOf(number) };
    return judged.ok
      ? { ...choice, number: judged.value.number, unverified: judged.value.unverified, refusal: null }
      : { ...choice, number, unverified: false, refusal: judged.refusal };
  });
}

/** Why a contact cannot join as it stands, with its primary phone; null when it can. */
export function contactRefusal(contact: Contact, facts: JoinFacts): JoinRefusal | null {
  const first = phoneChoices(contact, facts)[0];
  if (first !== undefined) return first.refusal;
  const judged = judgeJoin({ contact, phone: "" }, facts);
  return judged.ok ? null : judged.refusal;
}

/** The phone a contact joins with unless the user picks another: the primary one, where it may be texted. */
export function usualPhone(contact: Contact, facts: JoinFacts): string | null {
  const first = phoneChoices(contact, facts)[0];
  return first?.refusal === null ? first.phone : null;
}

/**
 * The phones by which somebody can join whose primary one cannot be texted. They are offered and never taken by
 * themselves: it may be a desk that others read. None for those who said no, since they meant themselves, not a phone.
 */
export function otherPhones(contact: Contact, facts: JoinFacts): PhoneChoice[] {
  const reason = contactRefusal(contact, facts)?.reason;
  if (reason === "opted_out" || reason === "do_not_disturb") return [];
  return phoneChoices(contact, facts).filter((choice) => choice.refusal === null);
}

export interface OurNumbers {
  /** The one to text from; null where none can be. */
  businessNumber: E164 | null;
  /** Every one of the workspace, as far as they are known. */
  ownNumbers: readonly E164[];
}

/** What these contacts are judged by towards one business number: each brings what is known of its phones. */
export function joinFacts({ businessNumber, ownNumbers }: OurNumbers, contacts: readonly Contact[]): JoinFacts {
  const optOuts = contacts.flatMap((contact) => contact.optedOutOf);
  const doNotDisturbs = contacts.flatMap(({ doNotDisturbBy = [] }) => doNotDisturbBy);
  return {
    ownNumbers: new Set(businessNumber === null ? ownNumbers : [businessNumber, ...ownNumbers]),
    optOuts: new Set(optOuts.filter((entry) => entry.businessNumber === businessNumber).map((entry) => entry.phone)),
    doNotDisturbs: new Map(doNotDisturbs.map(({ phone, contact }) => [phone, contact])),
  };
}
