/** A group as far as following another one goes. */
interface Following {
  id: string;
  /** Made by nobody (rule R14): such a thread becomes a group, it neither follows one nor goes before one. */
  discovered: boolean;
}

/**
 * Rules R6 and R9 together: whether a group that exists already may be tied to the one whose people were changed into
 * its own. What it follows already stays, and no group comes to follow itself.
 * @param ancestors what the group before follows, and what that follows, as far back as is known
 */
export function mayFollow(
  group: Following & { predecessorId: string | null },
  before: Following & { ancestors: readonly string[] },
): boolean {
  if (group.discovered || before.discovered || group.predecessorId !== null) return false;
  return group.id !== before.id && !before.ancestors.includes(group.id);
}
