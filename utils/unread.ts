import type { Group } from "@partyline/contract/group";
import { browser } from "./browser.ts";
import type { Replica } from "./replica.ts";

const unreadOnly = () => IDBKeyRange.lowerBound(0, true);

export function countUnread(replica: Pick<Replica, "countFromIndex">): Promise<number> {
  return replica.countFromIndex("groups", "by_unread", unreadOnly());
}

export function listUnread(replica: Pick<Replica, "getAllFromIndex">): Promise<Group[]> {
  return replica.getAllFromIndex("groups", "by_unread", unreadOnly());
}

const TEAL = "#0b7285";

/** The badge on the toolbar button: how many threads have something new. */
export async function drawBadge(count: number): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: TEAL });
  await browser.action.setBadgeText({ text: badgeText(count) });
}

/** Room is for four characters at most. */
export function badgeText(count: number): string {
  if (count === 0) return "";
  return count > 99 ? "99+" : String(count);
}
