import type { Contact, ContactsResolved } from "@partyline/contract/contact";
import type { Result } from "@partyline/domain/result";
import type { CallRefusal } from "../command.ts";
import type { SelectedRow } from "../selection.ts";
import type { Gateway } from "./gateway.ts";

/** One row of the page and the contact behind it; null where the directory knows none, or this user may not see it. */
export interface SelectedPerson {
  row: SelectedRow;
  contact: Contact | null;
}

/** The wire's limit for one question. */
const BATCH = 200;

type Calls = Pick<Gateway["calls"], "resolve_contacts">;

/** Finds the contacts behind the selected rows: by the CRM's id first, then by phone where the id led nowhere. */
export async function lookUpRows(
  calls: Calls,
  rows: readonly SelectedRow[],
): Promise<Result<SelectedPerson[], CallRefusal>> {
  const byId = new Map<string, Contact>();
  for (const ids of batches(present(rows.map((row) => row.contactId)))) {
    const answer = await calls.resolve_contacts({ ids, phones: [] });
    if (!answer.ok) return answer;
    for (const contact of answer.value.contacts) byId.set(contact.id, contact);
  }
  const missing = rows.filter((row) => row.contactId === null || !byId.has(row.contactId));
  const byPhone = new Map<string, Contact[]>();
  for (const phones of batches(present(missing.map((row) => row.phone)))) {
    const answer = await calls.resolve_contacts({ ids: [], phones });
    if (!answer.ok) return answer;
    for (const [phone, contacts] of contactsByPhone(answer.value)) byPhone.set(phone, contacts);
  }
  return {
    ok: true,
    value: rows.map((row) => ({
      row,
      contact: byId.get(row.contactId ?? "") ?? closest(row, byPhone.get(row.phone ?? "") ?? []),
    })),
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

/** Several contacts may share the row's phone: the one with the row's name is meant, else the first. */
function closest(row: SelectedRow, contacts: readonly Contact[]): Contact | null {
  return contacts.find((contact) => contact.name === row.name) ?? contacts[0] ?? null;
}

function present(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null && value !== ""))] as string[];
}

function batches(values: readonly string[]): string[][] {
  const count = Math.ceil(values.length / BATCH);
  return Array.from({ length: count }, (_, index) => values.slice(index * BATCH, (index + 1) * BATCH));
}
