import { ContactWrite, type Contact, type OwnerList } from "@partyline/contract/contact";
import { formatPhone, normalisePhone } from "@partyline/domain/phone-number";
import { z } from "zod";

/** A contact as the CRM's own page shows it. */
export interface CrmContact extends ContactWrite {
  id: string;
  phones: (ContactWrite["phones"][number] & { shown: string })[];
  activity: { what: string; at: string } | null;
}

export interface ContactList {
  contacts: CrmContact[];
  owners: OwnerList["owners"];
}

/** What the record page's form saves. Do-not-disturb has a switch of its own, so a form left open never undoes it. */
export const ContactEdit = ContactWrite.pick({ name: true, ownerId: true, phones: true, tags: true });
export type ContactEdit = z.infer<typeof ContactEdit>;

export const DoNotDisturbEdit = z.object({ on: z.boolean() });

/** Why the CRM could not do what its page asked, in words for the person. */
export interface Trouble {
  trouble: string;
}

export function toCrmContact(contact: Contact, activity: CrmContact["activity"]): CrmContact {
  const { id, name, ownerId, doNotDisturb, smsStatus, tags } = contact;
  const phones = contact.phones.map((phone) => ({ ...phone, shown: showPhone(phone.number) }));
  return { id, name, ownerId, doNotDisturb, smsStatus, phones, tags, activity };
}

function showPhone(number: string): string {
  const normal = normalisePhone(number);
  return normal === null ? number : formatPhone(normal);
}
