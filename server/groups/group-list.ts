import type { GroupFilter, GroupPage } from "@partyline/contract/group";
import { Id, Time } from "@partyline/contract/wire";
import { ProblemError } from "../http/problem-error.ts";
import { viewMessages } from "../messages/message-list.ts";
import { findSaid, pageGroupIds } from "../store/group-search.ts";
import { findMessages } from "../store/messages.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { viewGroups } from "./group-view.ts";

/** A page of the groups this user may see, latest activity first. */
export async function listGroups(
  trx: Trx,
  member: Member,
  page: { query: string; filter: GroupFilter; cursor?: string | undefined; limit: number },
): Promise<GroupPage> {
  const { ids, next } = await pageGroupIds(trx, member.workspaceId, {
    userId: member.id,
    query: page.query,
    filter: page.filter,
    assignedTo: member.assignedDataOnly ? (member.crmUserId ?? "") : null,
    before: page.cursor === undefined ? null : readCursor(page.cursor),
    limit: page.limit,
  });
  const groups = await viewGroups(trx, member, ids);
  const said = await findSaid(trx, member.workspaceId, { query: page.query, ids: groups.map(({ id }) => id) });
  return {
    groups,
    said: await viewMessages(trx, member.workspaceId, await findMessages(trx, member.workspaceId, said)),
    next: next === null ? null : `${next.at.toISOString()}_${next.id}`,
  };
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
