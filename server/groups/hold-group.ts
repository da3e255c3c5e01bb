import { mayUseNumber } from "@partyline/domain/access";
import { ProblemError } from "../http/problem-error.ts";
import { numberProblem } from "../number-problem.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { holdFacts, isVisibleTo, type GroupFacts } from "./group-facts.ts";

/** The group under its row lock, for whoever may see it. */
export async function holdVisible(trx: Trx, member: Member, groupId: string): Promise<GroupFacts> {
  const facts = await holdFacts(trx, member.workspaceId, groupId);
  if (facts === undefined || !isVisibleTo(member, facts)) throw new ProblemError("not_found");
  return facts;
}

/** The same for whoever may write to it when it is open. */
export async function holdWritable(trx: Trx, member: Member, groupId: string): Promise<GroupFacts> {
  const facts = await holdVisible(trx, member, groupId);
  if (facts.group.createdBy === null) {
    throw new ProblemError("group_discovered", { detail: "Make these people a group first; then it can be answered." });
  }
  refuseReaders(member, facts);
  return facts;
}

/** Who may not use the number reads the group and changes nothing about it, for everybody would see that (rule R11). */
export function refuseReaders(member: Member, { number }: GroupFacts): void {
  const use = mayUseNumber(member, number);
  if (!use.ok) throw numberProblem(use.refusal);
}
