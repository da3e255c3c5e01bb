import type { Group, Participant } from "@partyline/contract/group";

/** Who wrote here alone, outside of any group: such a thread is nothing to answer in (rules R1, R14). Null elsewhere. */
export function loneWriter({ discovered, participants }: Group): Participant | null {
  const [first, ...others] = participants;
  return discovered && first !== undefined && others.length === 0 ? first : null;
}
