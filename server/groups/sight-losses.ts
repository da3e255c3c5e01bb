import type { User } from "@partyline/domain/access";
import type { LoggedChange } from "../store/change-log.ts";
import { findSoleOwners } from "../store/group-search.ts";
import type { Trx } from "../store/tenant.ts";
import { listUsers } from "../store/users.ts";
import { isVisibleTo, type GroupFacts } from "./group-facts.ts";

/**
 * Which users with assigned data only saw these groups until now and see them no longer (rule R10): the ones to be told
 * to forget them. To be asked while the groups are held and before `indexGroups` writes whose they are now.
 * @param facts as they are from now on
 */
export async function sightLosses(
  trx: Trx,
  workspaceId: string,
  facts: readonly GroupFacts[],
): Promise<LoggedChange[]> {
  const now = new Map(facts.map((one) => [one.group.id, one]));
  const before = await limitedSeers(trx, workspaceId, [...now.keys()]);
  return before.flatMap(({ groupId, user }) => {
    const group = now.get(groupId);
    return group !== undefined && isVisibleTo(user, group) ? [] : [goneFor(groupId, user)];
  });
}

/** Everybody with assigned data only who sees a group that is about to end. */
export async function endOfSight(trx: Trx, workspaceId: string, groupId: string): Promise<LoggedChange[]> {
  const seers = await limitedSeers(trx, workspaceId, [groupId]);
  return seers.map(({ user }) => goneFor(groupId, user));
}

function goneFor(groupId: string, user: User): LoggedChange {
  return { kind: "group_gone", groupId, userId: user.id };
}

async function limitedSeers(
  trx: Trx,
  workspaceId: string,
  groupIds: readonly string[],
): Promise<{ groupId: string; user: User }[]> {
  const limited = (await listUsers(trx, workspaceId)).filter((user) => user.assignedDataOnly);
  if (limited.length === 0) return [];
  const owners = await findSoleOwners(trx, workspaceId, groupIds);
  return [...owners].flatMap(([groupId, owner]) =>
    limited.filter(({ crmUserId }) => crmUserId === owner).map((user) => ({ groupId, user })),
  );
}
