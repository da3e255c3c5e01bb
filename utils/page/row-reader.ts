import type { ListRecipe } from "@partyline/contract/recipe";
import type { SelectedRow } from "../selection.ts";
import { columnOf } from "./list-columns.ts";
import { readText, type Row } from "./row-text.ts";

/** What the backend takes: longer texts are no ids and no phones. */
const LONGEST_ID = 128;
const LONGEST_PHONE = 40;
export const SOMETHING = /.+/;
export const PHONE = /[+(]*\d[\d ().+/-]{5,20}\d/;

/** Reads rows as their recipe says. */
export function createRowReader(
  { contactId, name, phone, columns }: Pick<ListRecipe, "contactId" | "name" | "phone" | "columns">,
  container: Element,
  isMeant?: (found: Element) => boolean,
) {
  const nameCell = columnOf(container, columns?.name, SOMETHING);
  const phoneCell = columnOf(container, columns?.phone, PHONE);
  const readId = (row: Row) => upTo(LONGEST_ID, readText(row, contactId, isMeant));
  const readPhone = (row: Row) => upTo(LONGEST_PHONE, phoneCell(row) ?? readText(row, phone, isMeant));
  const readName = (row: Row) => nameCell(row) ?? readText(row, name, isMeant);
  const read = (row: Row): SelectedRow => ({ contactId: readId(row), name: readName(row), phone: readPhone(row) });
  return {
    read,
    /** What tells a row from the others. Null for one that cannot be read. */
    key: (row: Row) => readId(row) ?? keyOf(read(row)),
  };
}

export function keyOf({ contactId, name, phone }: SelectedRow): string | null {
  return contactId ?? (phone && phoneKey(phone, name));
}

/** A household may share a phone: without an id, only phone and name together tell who a row is about. */
export function phoneKey(phone: string, name: string | null): string {
  return `${phone}\n${(name ?? "").toLowerCase()}`;
}

export type RowReader = ReturnType<typeof createRowReader>;

/** What is known of a row from its parts, or from how it looked before. */
export function merged(row: SelectedRow, other: SelectedRow | undefined): SelectedRow {
  return { ...row, name: row.name ?? other?.name ?? null, phone: row.phone ?? other?.phone ?? null };
}

function upTo(length: number, text: string | null): string | null {
  return text !== null && text.length <= length ? text : null;
}
