import type { PersonRow } from "./contact-lookup.ts";
import type { NewGroupStart } from "./navigation.ts";

/** A new group that was left without being sent: what its user chose beyond what it began with. */
export interface UnfinishedGroup {
  userId: string | null;
  start: NewGroupStart;
  /** Who came by a search, or was ticked later. */
  added: readonly PersonRow[];
  /** Which phones were picked by hand, by contact. */
  chosen: ReadonlyMap<string, readonly string[]>;
  name: string;
  businessNumberId: string | null;
}

/**
 * Goes on with the group that was left, where it is the same one: the same user's, following the same group, and with
 * everybody it began with still selected. With other people it is another group, and nobody is carried over into that.
 */
export function goOn(left: UnfinishedGroup | null, userId: string | null, start: NewGroupStart): UnfinishedGroup {
  const now = new Set(start.rows.map(keyOf));
  const isSame =
    left !== null &&
    left.userId === userId &&
    left.start.successorOf === start.successorOf &&
    left.start.rows.every((row) => now.has(keyOf(row)));
  if (!isSame) {
    const { name, businessNumberId } = start;
    return { userId, start, added: [], chosen: new Map(), name: name ?? "", businessNumberId };
  }
  return { ...left, start, added: left.added.filter((row) => !now.has(keyOf(row))) };
}

const NOBODY: NewGroupStart = {
  rows: [],
  account: null,
  missing: 0,
  businessNumberId: null,
  name: null,
  successorOf: null,
};

/** What a new group begins with beside a page that has nobody for it: the one that was left goes on as it is. */
export function startElsewhere(left: UnfinishedGroup | null, userId: string | null): NewGroupStart {
  return left !== null && left.userId === userId && left.start.successorOf === null ? left.start : NOBODY;
}

function keyOf({ contactId, phone }: PersonRow): string {
  return contactId ?? phone ?? "";
}
