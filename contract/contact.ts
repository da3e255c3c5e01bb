import { z } from "zod";
import { CrmAccount } from "./crm-account.ts";
import { ContactId, Cursor, PhoneNumber, Time } from "./wire.ts";

export const SmsStatus = z
  .enum(["active", "inactive", "permanent"])
  .describe("DND for SMS; inactive means texting is fine");

export const ContactPhone = z.object({
  number: z.string().max(40).describe("As the CRM has it; not necessarily a valid number"),
  label: z.string().max(40).nullable(),
  primary: z.boolean(),
});

const Name = z.string().max(200);
const OwnerId = z
  .string()
  .min(1)
  .max(128)
  .nullable()
  .describe("The CRM's id of the user it is assigned to; null when it is nobody's");
const Phones = z.array(ContactPhone).max(11).describe("One primary and up to ten additional");
const Tags = z.array(z.string().max(60)).max(50);

export const NamedContact = z.object({ id: ContactId, name: Name });

/** A contact as the directory knows it now. */
export const Contact = z
  .object({
    id: ContactId,
    name: Name,
    ownerId: OwnerId,
    ownerName: z.string().nullable().describe("The owner's name, where the owner is a user of this workspace"),
    doNotDisturb: z.boolean(),
    smsStatus: SmsStatus,
    phones: Phones,
    tags: Tags,
    deletedAt: Time.nullable(),
    optedOutOf: z
      .array(z.object({ businessNumber: PhoneNumber, phone: PhoneNumber }))
      .describe("Opt-outs recorded for this contact's phones, by business number"),
    doNotDisturbBy: z
      .array(z.object({ phone: PhoneNumber, contact: NamedContact.nullable() }))
      .optional()
      .describe("Phones that another contact has too, who is on do-not-disturb; null for one this user may not see"),
  })
  .meta({ id: "Contact" });
export type Contact = z.infer<typeof Contact>;

/** What `PUT /v1/contacts/{id}` writes to the built-in directory. */
export const ContactWrite = z
  .object({ name: Name, ownerId: OwnerId, doNotDisturb: z.boolean(), smsStatus: SmsStatus, phones: Phones, tags: Tags })
  .meta({ id: "ContactWrite" });
export type ContactWrite = z.infer<typeof ContactWrite>;

/** What the page's selection gave: ids where it had them, phones where it had only those. */
export const ContactsResolve = z
  .object({
    ids: z.array(ContactId).max(200).default([]),
    phones: z.array(z.string().min(1).max(40)).max(200).default([]),
    account: CrmAccount.optional().describe(
      "Whose page gave them: refused where it is not the workspace's own account",
    ),
  })
  .meta({ id: "ContactsResolve" });
export type ContactsResolve = z.infer<typeof ContactsResolve>;

export const ContactsResolved = z
  .object({
    contacts: z.array(Contact),
    byPhone: z
      .array(z.object({ phone: z.string(), contactIds: z.array(ContactId) }))
      .describe("Which contacts each asked phone belongs to"),
    unknownIds: z.array(ContactId).describe("Ids the directory does not know, or this user may not see"),
    unknownPhones: z.array(z.string()),
    unreadable: z
      .array(z.object({ id: ContactId, reason: z.enum(["unreadable_contact", "unanswered_contact"]) }))
      .default([])
      .describe("Ids about which the CRM says nothing that can be understood, or nothing at the moment"),
  })
  .meta({ id: "ContactsResolved" });
export type ContactsResolved = z.infer<typeof ContactsResolved>;

export const ContactPage = z
  .object({ contacts: z.array(Contact), next: Cursor.nullable(), total: z.number().int() })
  .meta({ id: "ContactPage" });
export type ContactPage = z.infer<typeof ContactPage>;

/** Writes many contacts of the built-in directory at once, for imports. */
export const ContactsImport = z
  .object({
    contacts: z
      .array(ContactWrite.extend({ id: ContactId }))
      .min(1)
      .max(500),
  })
  .meta({ id: "ContactsImport" });
export type ContactsImport = z.infer<typeof ContactsImport>;

export const OwnerList = z
  .object({ owners: z.array(z.object({ crmUserId: z.string(), name: z.string() })) })
  .meta({ id: "OwnerList" });
export type OwnerList = z.infer<typeof OwnerList>;
