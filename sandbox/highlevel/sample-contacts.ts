import { samplePeople } from "../crm/people.ts";
import type { CrmContact } from "./crm-records.ts";

/** The people of Harbor & Pine Realty, as the emulated CRM has them. */
export function sampleContacts(): CrmContact[] {
  return samplePeople().map(({ id, name, phones, doNotDisturb, smsStatus, ownerId, tags }) => {
    const [firstName = "", ...rest] = name.split(" ");
    const primary = phones.find((phone) => phone.primary) ?? phones[0];
    return {
      id,
      firstName,
      lastName: rest.join(" "),
      phone: primary?.number ?? null,
      additionalPhones: phones
        .filter((phone) => phone !== primary)
        .map(({ number, label }) => ({ phone: number, label })),
      dnd: doNotDisturb,
      smsStatus,
      assignedTo: ownerId,
      tags,
    };
  });
}
