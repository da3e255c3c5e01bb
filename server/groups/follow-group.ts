import { mayFollow } from "@partyline/domain/succession";
import { recordChange } from "../changes.ts";
import type { Context } from "../context.ts";
import { ProblemError } from "../http/problem-error.ts";
import { holdNumbers } from "../store/change-log.ts";
import { findAncestors, linkGroup } from "../store/group-links.ts";
import { holdGroups } from "../store/groups.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { gatherFacts, isVisibleTo, type GroupFacts } from "./group-facts.ts";
import { refuseReaders } from "./hold-group.ts";

/**
 * Changing a group's people may lead to a group that exists already (rule R9): that one then follows it like one newly
 * made, where nothing speaks against it. Else both stay as they are, which is no fault of who opens it.
 */
export async function followGroup(
  context: Context,
  trx: Trx,
  { member, groupId, predecessorId }: { member: Member; groupId: string; predecessorId: string },
): Promise<void> {
  const { workspaceId } = member;
  const ids = [groupId, predecessorId];
  await holdGroups(trx, workspaceId, ids);
  const facts = (await gatherFacts(trx, workspaceId, ids)).filter((one) => isVisibleTo(member, one));
  const group = factsOf(facts, groupId);
  const before = factsOf(facts, predecessorId);
  refuseReaders(member, group);
  // A circle may close far from these two rows: from here to the commit nobody else ties groups together.
  await holdNumbers(trx, workspaceId);
  const ancestors = await findAncestors(trx, workspaceId, predecessorId);
  if (!mayFollow(asFollowing(group), { ...asFollowing(before), ancestors })) return;
  await recordChange(context, trx, {
    workspaceId,
    changes: ids.map((id) => ({ kind: "group", groupId: id })),
    write: (revision) => linkGroup(trx, workspaceId, { groupId, predecessorId, revision }),
  });
}

function factsOf(facts: readonly GroupFacts[], id: string): GroupFacts {
  const found = facts.find(({ group }) => group.id === id);
  if (found === undefined) throw new ProblemError("not_found");
  return found;
}

function asFollowing({ group: { id, createdBy, predecessorId } }: GroupFacts) {
  return { id, predecessorId, discovered: createdBy === null };
}
