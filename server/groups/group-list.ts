import type { Group, GroupFilter, GroupPage } from "@partyline/contract/group";
import { Id, Time } from "@partyline/contract/wire";
import { ProblemError } from "../http/problem-error.ts";
import { viewMessages } from "../messages/message-list.ts";
import { findSaid, pageGroupIds, type GroupIdPage } from "../store/group-search.ts";
import { findMessages } from "../store/messages.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { viewGroups } from "./group-view.ts";

interface Asked {
  query: string;
  filter: GroupFilter;
  cursor?: string | undefined;
  limit: number;
}

/** How many groups somebody is given who knows none; older ones are paged in as they scroll. */
const FIRST_RECENT = 50;
/** More than a badge counts. */
const FIRST_UNREAD = 120;

/** The latest groups, and the latest of those with something unread, however old. */
export async function listFirst(trx: Trx, member: Member): Promise<{ groups: Group[]; unreadFrom: string | null }> {
  const recent = await pageIds(trx, member, { query: "", filter: "all", limit: FIRST_RECENT });
  const unread = await pageIds(trx, member, { query: "", filter: "unread", limit: FIRST_UNREAD });
  const ids = [...new Set([...recent.ids, ...unread.ids])];
  return { groups: await viewGroups(trx, member, ids), unreadFrom: writeCursor(unread.next) };
}

/** A page of the groups this user may see, latest activity first. */
export async function listGroups(trx: Trx, member: Member, page: Asked): Promise<GroupPage> {
  const { ids, next } = await pageIds(trx, member, page);
  const groups = await viewGroups(trx, member, ids);
  const said = await findSaid(trx, member.workspaceId, { query: page.query, ids: groups.map(({ id }) => id) });
  return {
    groups,
    said: await viewMessages(trx, member.workspaceId, await findMessages(trx, member.workspaceId, said)),
    next: writeCursor(next),
  };
}

function pageIds(trx: Trx, member: Member, page: Asked): Promise<GroupIdPage> {
  return pageGroupIds(trx, member.workspaceId, {
    userId: member.id,
    query: page.query,
    filter: page.filter,
    assignedTo: member.assignedDataOnly ? (member.crmUserId ?? "") : null,
    before: page.cursor === undefined ? null : readCursor(page.cursor),
    limit: page.limit,
  });
}

function writeCursor(next: GroupIdPage["next"]): string | null {
  return next === null ? null : `${next.at.toISOString()}_${next.id}`;
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [time, id] = cursor.split("_");
  const at = Time.safeParse(time);
  const group = Id.safeParse(id);
  if (!at.success || !group.success) {
    throw new ProblemError("invalid_request", { detail: "cursor: pass back what you were given as `next`." });
  }
  return { at: new Date(at.data), id: group.data };
}
