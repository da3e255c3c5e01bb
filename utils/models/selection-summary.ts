import type { Contact } from "@partyline/contract/contact";
import type { JoinRefusal } from "@partyline/domain/roster";
import { selectedCount, type Selection } from "../selection.ts";
import type { SelectedPerson } from "./contact-lookup.ts";
import { contactRefusal, joinFacts, otherPhones, phoneChoices, type OurNumbers } from "./joining.ts";

interface SelectionReason {
  key: string;
  name: string | null;
  refusal: JoinRefusal;
  /** Whether another phone of theirs could be texted. */
  hasOtherPhone: boolean;
}

export interface SelectionSummary {
  /** What the page shows as selected, whether or not it could be read. */
  selected: number;
  read: number;
  joining: Contact[];
  /** Distinct numbers among those who can join: how many would get the message. */
  participants: number;
  refused: number;
  /** Read from the page, but not in the directory, or not for this user. */
  unknown: number;
  /** Everybody read who cannot join, in page order. */
  reasons: SelectionReason[];
}

/** Who of the people found behind a selection can join, and why the others cannot. */
export function summarise(
  selection: Selection,
  people: readonly SelectedPerson[],
  numbers: OurNumbers,
): SelectionSummary {
  const contacts = people.flatMap((person) => (person.contact === null ? [] : [person.contact]));
  const facts = joinFacts(numbers, contacts);
  const reasons = people.flatMap(({ row, contact, unreadable }, index) => {
    const refusal: JoinRefusal | null =
      contact === null ? { reason: unreadable ?? "unknown_contact" } : contactRefusal(contact, facts);
    return refusal === null
      ? []
      : [
          {
            key: contact?.id ?? `row ${index}`,
            name: contact?.name ?? row.name ?? row.phone,
            refusal,
            hasOtherPhone: contact !== null && otherPhones(contact, facts).length > 0,
          },
        ];
  });
  const joining = contacts.filter((contact) => contactRefusal(contact, facts) === null);
  const choices = joining.map((contact) => phoneChoices(contact, facts)[0]);
  return {
    selected: selectedCount(selection),
    read: selection.rows.length,
    joining,
    participants: new Set(choices.map((choice) => choice?.number)).size,
    refused: contacts.length - joining.length,
    unknown: people.length - contacts.length,
    reasons,
  };
}
