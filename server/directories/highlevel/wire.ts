import { z } from "zod";
import type { Contact, ContactPhone, SmsStatus } from "@partyline/domain/contact";
import { normalisePhone } from "@partyline/domain/phone-number";
import type { DirectoryNumber, DirectoryUser } from "../directory.ts";

const Text = z.string().nullish();

/** Strings in one version of the vendor's contract, objects in another. */
const AdditionalPhone = z.union([z.string(), z.looseObject({ phone: z.string(), phoneLabel: Text, label: Text })]);

/**
 * A contact in the answers of HighLevel's API. Fields nobody needs are let through unread; what decides whether somebody
 * may be texted has to have a shape we know.
 */
export const WireContact = z.looseObject({
  id: z.string().min(1),
  locationId: Text,
  name: Text,
  contactName: Text,
  firstName: Text,
  lastName: Text,
  companyName: Text,
  email: Text,
  phone: Text,
  phoneLabel: Text,
  /** Each read by itself: one odd entry must not make its contact unreadable. */
  additionalPhones: z.array(z.unknown()).nullish().catch(null),
  dnd: z.boolean().nullish(),
  dndSettings: z.record(z.string(), z.unknown()).nullish(),
  assignedTo: Text,
  tags: z.array(z.string()).nullish(),
  dateUpdated: Text,
});
export type WireContact = z.infer<typeof WireContact>;

export const ContactAnswer = z.looseObject({ contact: WireContact });
/** Its contacts are read one by one: an odd one must not hide the others. */
export const SearchAnswer = z.looseObject({ contacts: z.array(z.unknown()), total: z.number().int().nullish() });

export const UsersAnswer = z.looseObject({
  users: z.array(
    z.looseObject({
      id: z.string().min(1),
      name: Text,
      firstName: Text,
      lastName: Text,
      deleted: z.boolean().nullish(),
      roles: z.looseObject({ role: Text }).nullish(),
      permissions: z.looseObject({ assignedDataOnly: z.boolean().nullish() }).nullish(),
    }),
  ),
});

export const NumbersAnswer = z.looseObject({
  numbers: z.array(
    z.looseObject({
      phoneNumber: z.string(),
      friendlyName: Text,
      capabilities: z.looseObject({ mms: z.boolean().nullish() }),
      isDefaultNumber: z.boolean(),
      linkedUser: Text,
    }),
  ),
});

export const TokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  userType: Text,
  locationId: Text,
});

/** What our own contract takes; a CRM has no such bounds, and one odd record must not make the rest unreadable. */
const NAME_MAX = 200;
const PHONES_MAX = 11;
const NUMBER_MAX = 40;
const LABEL_MAX = 40;
const TAGS_MAX = 50;
const TAG_MAX = 60;

export function toContact(wire: WireContact): Omit<Contact, "deletedAt"> {
  return {
    id: wire.id,
    name: storable(nameOf(wire), NAME_MAX),
    ownerId: wire.assignedTo || null,
    // The vendor: where the global `dnd` is absent, it is false.
    doNotDisturb: wire.dnd ?? false,
    smsStatus: smsStatusOf(wire),
    phones: phonesOf(wire),
    tags: (wire.tags ?? []).slice(0, TAGS_MAX).map((tag) => storable(tag, TAG_MAX)),
  };
}

function nameOf(wire: WireContact): string {
  const parts = [wire.firstName, wire.lastName].map((part) => part?.trim() ?? "").filter((part) => part !== "");
  const names = [parts.join(" "), wire.name, wire.contactName, wire.companyName, wire.email];
  return names.find((name) => name !== undefined && name !== null && name.trim() !== "")?.trim() ?? "";
}

const SmsSetting = z.looseObject({ status: z.enum(["active", "inactive", "permanent"]) });

/**
 * The channel is called `SMS`, or `sms` in a later version of the contract; without a setting texts are welcome. One
 * that cannot be read is taken for do-not-disturb: a text too few can be mended, a text too many cannot.
 */
function smsStatusOf({ dndSettings }: WireContact): SmsStatus {
  const setting = Object.entries(dndSettings ?? {}).find(([channel]) => channel.toLowerCase() === "sms")?.[1];
  if (setting === undefined || setting === null) return "inactive";
  return SmsSetting.safeParse(setting).data?.status ?? "active";
}

function phonesOf(wire: WireContact): ContactPhone[] {
  const primary = wire.phone?.trim() ?? "";
  const first = primary === "" ? [] : [{ number: primary, label: wire.phoneLabel ?? null, primary: true }];
  const others = (wire.additionalPhones ?? []).flatMap((entry) => {
    const phone = AdditionalPhone.safeParse(entry).data;
    if (phone === undefined) return [];
    return typeof phone === "string"
      ? { number: phone.trim(), label: null, primary: false }
      : { number: phone.phone.trim(), label: phone.phoneLabel ?? phone.label ?? null, primary: false };
  });
  return [...first, ...others]
    .filter(({ number }) => number !== "" && number.length <= NUMBER_MAX)
    .slice(0, PHONES_MAX)
    .map(({ number, label, primary }) => ({
      number: storable(number, NUMBER_MAX),
      label: storable(label ?? "", LABEL_MAX) || null,
      primary,
    }));
}

/**
 * PostgreSQL stores neither the null character nor half of a surrogate pair, such as a cut may leave. Somebody who could
 * not be stored would be texted although they are on do-not-disturb.
 */
function storable(text: string, max: number): string {
  const cut = text.replaceAll("\0", "").slice(0, max);
  return cut.replace(/[\uD800-\uDBFF]$/, "").toWellFormed();
}

export function toUsers({ users }: z.infer<typeof UsersAnswer>): DirectoryUser[] {
  return users.map((user) => ({
    crmUserId: user.id,
    name: user.name?.trim() || [user.firstName, user.lastName].filter(Boolean).join(" "),
    role: user.roles?.role === "admin" ? "admin" : "user",
    assignedDataOnly: user.permissions?.assignedDataOnly ?? null,
    deleted: user.deleted === true,
  }));
}

/** Toll-free numbers and foreign ones are kept: the rules say why they cannot carry a group. */
export function toNumbers({ numbers }: z.infer<typeof NumbersAnswer>): DirectoryNumber[] {
  return numbers.flatMap((wire) => {
    const number = normalisePhone(wire.phoneNumber);
    if (number === null) return [];
    return [
      {
        number,
        label: storable(wire.friendlyName ?? "", NAME_MAX) || null,
        isDefault: wire.isDefaultNumber,
        crmUserId: wire.linkedUser || null,
        mms: wire.capabilities.mms ?? false,
      },
    ];
  });
}
