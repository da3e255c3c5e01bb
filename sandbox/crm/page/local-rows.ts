import type { CrmContact } from "../crm-contact.ts";

/** Rows for measuring with `?rows=10000`: they exist in this page only, and say so. */
export function localRows(search: string): CrmContact[] {
  const count = Math.min(Math.max(Number(new URLSearchParams(search).get("rows")) || 0, 0), 100_000);
  return Array.from({ length: count }, (_, index) => ({
    id: `localonly${String(index + 1).padStart(11, "0")}`,
    name: `Local row ${index + 1}`,
    ownerId: null,
    doNotDisturb: false,
    smsStatus: "inactive",
    phones: [],
    tags: ["not in directory"],
    activity: null,
  }));
}

export function isLocalRow(id: string): boolean {
  return id.startsWith("localonly");
}
