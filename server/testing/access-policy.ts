import type { ProblemCode } from "@partyline/contract/problem-codes";
import { maySeeGroup, mayUseNumber, type BusinessNumber, type User } from "@partyline/domain/access";

/** Whose contacts a group has, seen from the one who asks: theirs alone, theirs and a colleague's, a colleague's. */
export const SIGHTS = ["own", "shared", "foreign"] as const;
/** Which business number a group has, seen from the one who asks. */
export const HOLDINGS = ["default", "own", "unassigned", "others"] as const;

/** What a request is aimed at, seen from the one who asks. */
export interface Cell {
  sight: (typeof SIGHTS)[number];
  holding: (typeof HOLDINGS)[number];
}

/** Everything the rules need to know about one cell. */
export interface CellFacts {
  /** Null for somebody of another workspace, whose own rules are not in question. */
  user: User | null;
  /** Of the contacts the request is about. */
  owners: string[];
  number: BusinessNumber;
}

/** The status of a success, or the code of a refusal. */
export type Outcome = number | ProblemCode;

/** Who gets what from a route, and the cells in which that may differ. */
export interface Policy {
  cells: readonly Cell[];
  outcome: (facts: CellFacts) => Outcome;
}

const ANYWHERE: readonly Cell[] = [{ sight: "own", holding: "default" }];
/** What is somebody's, and what is not. */
const CONTACTS: readonly Cell[] = [
  { sight: "own", holding: "default" },
  { sight: "foreign", holding: "default" },
];
const GROUPS: readonly Cell[] = SIGHTS.flatMap((sight) => HOLDINGS.map((holding) => ({ sight, holding })));

/** The same for whoever is signed in. */
export function everybody(outcome: Outcome): Policy {
  return { cells: ANYWHERE, outcome: () => outcome };
}

/**
 * For admins, each of their own workspace.
 * @param elsewhere for the other workspace's, where that is another directory's
 */
export function admins(outcome: Outcome, elsewhere = outcome): Policy {
  const ours = (user: User) => (user.role === "admin" ? outcome : "not_allowed");
  return { cells: ANYWHERE, outcome: ({ user }) => (user === null ? elsewhere : ours(user)) };
}

/** For admins, about a contact that has to be their workspace's; the one from the other workspace is an admin there. */
export function contactAdmins(outcome: Outcome): Policy {
  return { ...admins(outcome, "not_found"), cells: CONTACTS };
}

/** For whoever may see the contact, or a group of such contacts. */
export function contactSeers(outcome: Outcome): Policy {
  return { cells: CONTACTS, outcome: (facts) => (sees(facts) ? outcome : "not_found") };
}

/** For whoever may see the group, whatever number it has. */
export function seers(outcome: Outcome): Policy {
  return { cells: GROUPS, outcome: (facts) => (sees(facts) ? outcome : "not_found") };
}

/** For those of them who may also use its number. */
export function senders(outcome: Outcome): Policy {
  const judge = (facts: CellFacts) => (uses(facts) ? outcome : "number_not_usable");
  return { cells: GROUPS, outcome: (facts) => (sees(facts) ? judge(facts) : "not_found") };
}

/** For nobody, as long as somebody in it does not want to be texted; only who could otherwise send is told so. */
export function lockedOut(): Policy {
  return senders("group_locked");
}

/** For whoever may see the group that the new one of their own people succeeds. */
export function successors(outcome: Outcome): Policy {
  const judge = (facts: CellFacts) => (sees(facts) ? outcome : "not_found");
  const cells = SIGHTS.map((sight): Cell => ({ sight, holding: "default" }));
  return { cells, outcome: (facts) => (facts.user === null ? "unknown_number" : judge(facts)) };
}

/** For those who may use the number and see every contact; who may do neither is told of the number alone. */
export function creators(outcome: Outcome): Policy {
  const judge = (facts: CellFacts) => (sees(facts) ? outcome : "roster_refused");
  return {
    cells: GROUPS,
    outcome: (facts) => {
      if (facts.user === null) return "unknown_number";
      return uses(facts) ? judge(facts) : "number_not_usable";
    },
  };
}

function sees({ user, owners }: CellFacts): boolean {
  return user !== null && maySeeGroup(user, owners);
}

function uses({ user, number }: CellFacts): boolean {
  return user !== null && mayUseNumber(user, number).ok;
}
