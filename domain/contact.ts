import type { E164 } from "./phone-number.ts";

/** How a CRM says that a contact does not want texts; `inactive` means it is fine to text. */
export type SmsStatus = "active" | "inactive" | "permanent";

export interface ContactPhone {
  /** As the CRM has it; judged by `judgePhoneNumber` before use. */
  number: string;
  /** Such as "mobile" or "work"; null where the CRM has none. */
  label: string | null;
  primary: boolean;
}

/** A person in the CRM, as the directory knows them now. `id` is the CRM's own id. */
export interface Contact {
  id: string;
  name: string;
  /** The CRM user this contact is assigned to; null when nobody. */
  ownerId: string | null;
  doNotDisturb: boolean;
  smsStatus: SmsStatus;
  phones: ContactPhone[];
  tags: string[];
  /** When the CRM deleted the contact; null while it exists. */
  deletedAt: string | null;
}

/** Rule R5's reading of a contact's do-not-disturb state. A `smsStatus` of active means DND is active for SMS. */
export function isOnDoNotDisturb(contact: Pick<Contact, "doNotDisturb" | "smsStatus">): boolean {
  return contact.doNotDisturb || contact.smsStatus !== "inactive";
}

/** The numbers an opt-out was recorded for, towards one business number. */
export type OptOuts = ReadonlySet<E164>;

/** A contact as refusals and locks name it. */
export interface NamedContact {
  id: string;
  name: string;
}

/**
 * By number, an existing contact who has it among their phones and is on do-not-disturb. It is a wish of the person who
 * holds the number, so it counts for every contact with that number. Null stands for one who is not to be named.
 */
export type DoNotDisturbs = ReadonlyMap<E164, NamedContact | null>;
