import type { E164 } from "./phone-number.ts";

/**
 * Rule R9: what makes two groups the same handset thread — our number plus the set of theirs. Order and repeats do
 * not matter. Unique per workspace.
 */
export function groupKey(businessNumber: E164, members: readonly E164[]): string {
  return `${businessNumber}:${[...new Set(members)].toSorted().join(",")}`;
}

/** Everybody on a carrier's inbound message except us: the roster it was written to. */
export function inboundMembers(own: E164, from: E164, others: readonly E164[]): E164[] {
  return [...new Set([from, ...others])].filter((number) => number !== own).toSorted();
}
