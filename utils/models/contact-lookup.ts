import type { Contact, ContactsResolved } from "@partyline/contract/contact";
import type { CrmAccount } from "@partyline/domain/crm-account";
import { normalisePhone } from "@partyline/domain/phone-number";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal } from "../command.ts";
import type { SelectedRow } from "../selection.ts";
import type { Gateway } from "./gateway.ts";

/** Somebody to find: read off a page, or known from a group or a search of our own. */
export interface PersonRow extends SelectedRow {
  /** The id is the directory's own, so it is this contact, whatever became of the name and the phone since. */
  own?: true;
}

/** One row of the page and the contact behind it; null where the directory knows none, or this user may not see it. */
export interface SelectedPerson {
  row: PersonRow;
  contact: Contact | null;
  /** Why the CRM's own record did not lead to one. */
  unreadable?: Unreadable["reason"];
}

type Unreadable = ContactsResolved["unreadable"][number];

/** The wire's limits: for one question, and for each thing asked about. What is longer is no id and no phone. */
const BATCH = 200;
const ID_MAX = 128;
const PHONE_MAX = 40;

type Calls = Pick<Gateway["calls"], "resolve_contacts">;

/** Rows that came together, and the CRM's account whose page they were read from; null for none that is known. */
interface Asked {
  rows: readonly PersonRow[];
  account: CrmAccount | null;
}

/** Finds the contacts behind the selected rows: by the CRM's id first, then by phone where the id led nowhere. */
export async function lookUpRows(
  calls: Calls,
  { rows, account }: Asked,
): Promise<Result<SelectedPerson[], CallRefusal>> {
  const from = account === null ? {} : { account };
  const byId = new Map<string, Contact>();
  const unreadable = new Map<string, Unreadable["reason"]>();
  for (const ids of batches(
    present(
      rows.map((row) => row.contactId),
      ID_MAX,
    ),
  )) {
    const answer = await calls.resolve_contacts({ ids, phones: [], ...from });
    if (!answer.ok) return answer;
    for (const contact of answer.value.contacts) byId.set(contact.id, contact);
    for (const { id, reason } of answer.value.unreadable) unreadable.set(id, reason);
  }
  const known = (row: PersonRow) => {
    const contact = byId.get(row.contactId ?? "");
    return contact !== undefined && (row.own || isAbout(row, contact)) ? contact : null;
  };
  const missing = rows.filter((row) => known(row) === null);
  const byPhone = new Map<string, Contact[]>();
  for (const phones of batches(
    present(
      missing.map((row) => row.phone),
      PHONE_MAX,
    ),
  )) {
    const answer = await calls.resolve_contacts({ ids: [], phones, ...from });
    if (!answer.ok) return answer;
    for (const [phone, contacts] of contactsByPhone(answer.value)) byPhone.set(phone, contacts);
  }
  return {
    ok: true,
    value: rows.map((row) => {
      const contact = known(row) ?? closest(row, byPhone.get(row.phone ?? "") ?? []);
      const reason = contact === null ? unreadable.get(row.contactId ?? "") : undefined;
      return { row, contact, ...(reason !== undefined && { unreadable: reason }) };
    }),
  };
}

function contactsByPhone(answer: ContactsResolved): [string, Contact[]][] {
  const byId = new Map(answer.contacts.map((contact) => [contact.id, contact]));
  return answer.byPhone.map(({ phone, contactIds }) => [
    phone,
    contactIds.flatMap((id) => {
      const contact = byId.get(id);
      return contact === undefined ? [] : [contact];
    }),
  ]);
}

/**
 * Whether a row can be the contact whose id was read from it. One that shows their phone is; one that shows another name
 * is about something else, such as an order whose number happens to be somebody's id. Beside another phone only the
 * same name will do.
 */
function isAbout({ name, phone }: SelectedRow, contact: Contact): boolean {
  if (hasPhone(contact, phone) || hasPhone(contact, name)) return true;
  const shown = wordsOf(name ?? "");
  const known = wordsOf(contact.name);
  if (name !== null && phone !== null && normalisePhone(phone) !== null) return shown.join(" ") === known.join(" ");
  return shown.length === 0 || known.length === 0 || shown.some((word) => known.includes(word));
}

function hasPhone({ phones }: Contact, text: string | null): boolean {
  const number = text === null ? null : normalisePhone(text);
  return number !== null && phones.some((one) => normalisePhone(one.number) === number);
}

/** However they are written: accents and other marks aside. */
function wordsOf(name: string): string[] {
  return (
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * Several contacts may share the row's phone: the one with the row's name is meant, and nobody is guessed. Nor does a
 * phone alone put somebody else in the place of a contact of ours who is gone.
 */
function closest(row: PersonRow, contacts: readonly Contact[]): Contact | null {
  const isGone = row.own === true && row.contactId !== null;
  if (contacts.length < 2 && !isGone) return contacts[0] ?? null;
  const name = wordsOf(row.name ?? "").join(" ");
  return contacts.find((contact) => name !== "" && wordsOf(contact.name).join(" ") === name) ?? null;
}

function present(values: readonly (string | null)[], longest: number): string[] {
  return [...new Set(values)].filter((value) => value !== null && value !== "" && value.length <= longest) as string[];
}

function batches(values: readonly string[]): string[][] {
  const count = Math.ceil(values.length / BATCH);
  return Array.from({ length: count }, (_, index) => values.slice(index * BATCH, (index + 1) * BATCH));
}
