import { z } from "zod";
import type { StoredContact } from "./crm-records.ts";

const Filter = z.strictObject({
  field: z.enum(["phone", "assignedTo"]),
  operator: z.literal("eq"),
  value: z.string(),
});

const FilterGroup = z.strictObject({ group: z.enum(["AND", "OR"]), filters: z.array(Filter).min(1) });

/** What the vendor's own document of the search says of its body; the machine-readable description leaves it out. */
export const SearchBody = z.strictObject({
  locationId: z.string(),
  page: z.number().int().min(1).default(1),
  pageLimit: z.number().int().min(1).max(500),
  query: z.string().max(75).optional(),
  filters: z.array(z.union([Filter, FilterGroup])).default([]),
  sort: z.array(z.strictObject({ field: z.string(), direction: z.enum(["asc", "desc"]) })).optional(),
});
export type SearchBody = z.infer<typeof SearchBody>;

/** Beyond this many the vendor pages only with a cursor. */
const WINDOW = 10_000;

export function matching(contacts: readonly StoredContact[], body: SearchBody) {
  const found = contacts
    .filter((contact) => body.filters.every((filter) => passes(contact, filter)) && speaksOf(contact, body.query ?? ""))
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other)) || one.id.localeCompare(other.id));
  const start = (body.page - 1) * body.pageLimit;
  return {
    total: found.length,
    contacts: start + body.pageLimit > WINDOW ? [] : found.slice(start, start + body.pageLimit),
  };
}

function passes(contact: StoredContact, filter: SearchBody["filters"][number]): boolean {
  if ("group" in filter) {
    const passed = filter.filters.filter((one) => passes(contact, one)).length;
    return filter.group === "AND" ? passed === filter.filters.length : passed > 0;
  }
  const { field, value } = filter;
  if (field === "assignedTo") return contact.assignedTo === value;
  return phonesOf(contact).some((phone) => digitsOf(phone) === digitsOf(value));
}

function speaksOf(contact: StoredContact, query: string): boolean {
  const words = query.trim().toLowerCase();
  if (words === "" || nameOf(contact).includes(words)) return true;
  const digits = digitsOf(words);
  return digits.length >= 3 && phonesOf(contact).some((phone) => digitsOf(phone).includes(digits));
}

function nameOf({ firstName, lastName }: StoredContact): string {
  return `${firstName} ${lastName}`.toLowerCase();
}

function phonesOf({ phone, additionalPhones }: StoredContact): string[] {
  return [...(phone === null ? [] : [phone]), ...additionalPhones.map((one) => one.phone)];
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
