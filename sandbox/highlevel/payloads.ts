import type { Behaviour } from "./behaviour.ts";
import type { CrmNumber, CrmUser, StoredContact } from "./crm-records.ts";

type Shapes = Pick<Behaviour, "additionalPhones" | "dndKeys">;

/** One contact as the API shows it. What a contact does not have is left out, as the vendor's description has no nulls. */
export function contactPayload(contact: StoredContact, locationId: string, shapes: Shapes): object {
  return {
    ...eventFields(contact, locationId, shapes),
    type: "lead",
    additionalPhones: additionalPhones(contact, shapes),
  };
}

/** The same as a webhook carries it, which never includes additional phones. */
export function eventFields(contact: StoredContact, locationId: string, shapes: Shapes): object {
  const { id, firstName, lastName, phone, dnd, assignedTo, tags, dateUpdated } = contact;
  return {
    id,
    locationId,
    name: `${firstName} ${lastName}`.trim(),
    firstName,
    lastName,
    ...(phone === null ? {} : { phone }),
    dnd,
    dndSettings: dndSettings(contact, shapes),
    ...(assignedTo === null ? {} : { assignedTo }),
    country: "US",
    tags,
    dateUpdated,
    customFields: [],
  };
}

function additionalPhones({ additionalPhones }: StoredContact, shapes: Shapes): unknown[] {
  if (shapes.additionalPhones === "strings") return additionalPhones.map(({ phone }) => phone);
  return additionalPhones.map(({ phone, label }) => ({ phone, phoneLabel: label }));
}

function dndSettings({ smsStatus }: StoredContact, { dndKeys }: Shapes): object {
  const settings = { SMS: { status: smsStatus, message: "", code: "" }, Email: { status: "inactive" } };
  if (dndKeys === "upper") return settings;
  return Object.fromEntries(Object.entries(settings).map(([channel, state]) => [channel.toLowerCase(), state]));
}

export function userPayload(user: CrmUser, locationId: string): object {
  const { id, firstName, lastName, email, role, assignedDataOnly } = user;
  return {
    id,
    name: `${firstName} ${lastName}`,
    firstName,
    lastName,
    email,
    permissions: { contactsEnabled: true, conversationsEnabled: true, assignedDataOnly },
    roles: { type: "account", role, locationIds: [locationId], restrictSubAccount: false },
    deleted: false,
  };
}

export function numberPayload(number: CrmNumber): object {
  const { phoneNumber, friendlyName, type, isDefaultNumber, linkedUser, mms } = number;
  return {
    phoneNumber,
    friendlyName,
    sid: `PN${phoneNumber.slice(1).padStart(32, "0")}`,
    countryCode: "US",
    capabilities: { voice: true, sms: true, mms, fax: false },
    type,
    isDefaultNumber,
    linkedUser,
    linkedRingAllUsers: [],
    isGroupConversationEnabled: type !== "toll-free" && mms,
    origin: "twilio",
  };
}
