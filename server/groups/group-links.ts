import type { GroupLink } from "@partyline/contract/group";
import { groupTitle } from "@partyline/domain/people";
import { findLinks } from "../store/group-links.ts";
import type { Trx } from "../store/tenant.ts";
import type { Member } from "../store/users.ts";
import { gatherFacts, isVisibleTo } from "./group-facts.ts";

/** What each of these groups is tied to, as far as this user may see it. */
export async function viewLinks(
  trx: Trx,
  member: Member,
  groupIds: readonly string[],
): Promise<Map<string, GroupLink[]>> {
  const links = await findLinks(trx, member.workspaceId, groupIds);
  if (links.length === 0) return new Map();
  const ids = [...new Set(links.flatMap((link) => [link.fromId, link.toId]))];
  const facts = (await gatherFacts(trx, member.workspaceId, ids)).filter((one) => isVisibleTo(member, one));
  const titles = new Map(
    facts.map(({ group, roster }) => [group.id, groupTitle({ name: group.name, participants: roster })]),
  );
  const views = new Map<string, GroupLink[]>();
  const add = (from: string, to: string, relation: GroupLink["relation"]) => {
    const title = titles.get(to);
    const known = views.get(from) ?? [];
    // Two groups may be tied in two ways: the succession, which comes first, says more.
    if (title === undefined || known.some((link) => link.groupId === to)) return;
    views.set(from, [...known, { groupId: to, title, relation }]);
  };
  for (const { fromId, toId, relation } of links) {
    add(fromId, toId, relation);
    add(toId, fromId, relation === "nearest" ? "discovered" : "successor");
  }
  return views;
}
