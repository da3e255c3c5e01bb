import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { setLocked, updateGroup } from "../store/groups.ts";
import { indexGroups } from "../store/group-search.ts";
import { readUpTo } from "../store/read-state.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { causesOf, gatherFacts, type GroupFacts } from "./group-facts.ts";
import { holdVisible, refuseReaders } from "./hold-group.ts";
import { sightLosses } from "./sight-losses.ts";

/** The name is the only thing about a group that can change (rule R6). */
export async function renameGroup(
  context: Context,
  trx: Trx,
  { member, groupId, name }: { member: Member; groupId: string; name: string | null },
): Promise<void> {
  refuseReaders(member, await holdVisible(trx, member, groupId));
  await recordChange(context, trx, {
    workspaceId: member.workspaceId,
    changes: [{ kind: "group", groupId }],
    write: (revision) => updateGroup(trx, member.workspaceId, groupId, { name, revision }),
  });
}

/** Moves this user's place forward; nobody else is told. */
export async function markRead(
  context: Context,
  trx: Trx,
  { member, groupId, seq }: { member: Member; groupId: string; seq: number },
): Promise<void> {
  const { workspaceId } = member;
  const { group } = await holdVisible(trx, member, groupId);
  const place = { userId: member.id, groupId, seq: Math.min(seq, group.messageSeq) };
  if (!(await readUpTo(trx, workspaceId, place))) return;
  await recordChange(context, trx, {
    workspaceId,
    changes: [{ kind: "group", groupId, userId: member.id }],
    write: (revision) => updateGroup(trx, workspaceId, groupId, { revision }),
  });
}

/**
 * After something about people changed in the directory or the opt-out ledger: locks and unlocks the groups they are
 * in (rule R8) and tells everybody who shows one.
 * @param groupIds held by the caller, see `holdGroups`
 */
export async function refreshGroups(
  context: Pick<Context, "wakeups" | "now">,
  trx: Trx,
  workspaceId: string,
  groupIds: readonly string[],
): Promise<void> {
  const facts = await gatherFacts(trx, workspaceId, groupIds);
  if (facts.length === 0) return;
  const { locked = [], open = [] } = Object.groupBy(facts, (one) => (causesOf(one).length > 0 ? "locked" : "open"));
  const lost = await sightLosses(trx, workspaceId, facts);
  await recordChange(context, trx, {
    workspaceId,
    changes: [...facts.map(({ group }) => ({ kind: "group", groupId: group.id }) as const), ...lost],
    write: async (revision) => {
      await setLocked(trx, workspaceId, locked.map(idOf), { since: context.now(), revision });
      await setLocked(trx, workspaceId, open.map(idOf), { since: null, revision });
      await indexGroups(trx, workspaceId, facts.map(idOf));
    },
  });
}

function idOf({ group }: GroupFacts): string {
  return group.id;
}
