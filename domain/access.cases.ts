import type { BusinessNumber, NumberRefusal, User } from "./access.ts";

const BEN_ID = "01900000-0000-7000-8000-0000000000a2";
const CLEO_ID = "01900000-0000-7000-8000-0000000000a3";

export const users = {
  ava: { id: "01900000-0000-7000-8000-0000000000a1", role: "admin", assignedDataOnly: false, crmUserId: "u-ava" },
  ben: { id: BEN_ID, role: "user", assignedDataOnly: false, crmUserId: "u-ben" },
  cleo: { id: CLEO_ID, role: "user", assignedDataOnly: true, crmUserId: "u-cleo" },
  dora: { id: "01900000-0000-7000-8000-0000000000a4", role: "admin", assignedDataOnly: true, crmUserId: null },
} as const satisfies Record<string, User>;
type Who = keyof typeof users;

export interface NumberCase {
  title: string;
  number: BusinessNumber;
  /** Null where the user may send from it. */
  refusals: Record<Who, NumberRefusal | null>;
}

const nobodyRefused = { ava: null, ben: null, cleo: null, dora: null };
const everybody = (refusal: NumberRefusal) => ({ ava: refusal, ben: refusal, cleo: refusal, dora: refusal });
const others = (assignedTo: string): NumberRefusal => ({ reason: "number_assigned_to_other", assignedTo });
const longCode = { isDefault: false, assignedTo: null, connected: true, released: false, mms: true };

/** Rules R3 and R11. */
export const numberCases: NumberCase[] = [
  {
    title: "the default number is everybody's",
    number: { ...longCode, number: "+14155550100", isDefault: true },
    refusals: nobodyRefused,
  },
  {
    title: "the default number is everybody's although it is assigned",
    number: { ...longCode, number: "+14155550107", isDefault: true, assignedTo: BEN_ID },
    refusals: nobodyRefused,
  },
  {
    title: "an unassigned number is everybody's",
    number: { ...longCode, number: "+14155550102" },
    refusals: nobodyRefused,
  },
  {
    title: "an assigned number is its holder's and the admins'",
    number: { ...longCode, number: "+14155550101", assignedTo: BEN_ID },
    refusals: { ...nobodyRefused, cleo: others(BEN_ID) },
  },
  {
    title: "another's number is refused with whose it is",
    number: { ...longCode, number: "+14155550103", assignedTo: CLEO_ID },
    refusals: { ...nobodyRefused, ben: others(CLEO_ID) },
  },
  {
    title: "a toll-free number carries no group, not even for an admin",
    number: { ...longCode, number: "+18885550199" },
    refusals: everybody({ reason: "number_cannot_group", kind: "toll_free" }),
  },
  {
    title: "a number without MMS carries no group",
    number: { ...longCode, number: "+14155550104", mms: false },
    refusals: everybody({ reason: "number_cannot_group", kind: "no_mms" }),
  },
  {
    title: "a foreign number carries no group",
    number: { ...longCode, number: "+442079460958" },
    refusals: everybody({ reason: "number_cannot_group", kind: "not_long_code" }),
  },
  {
    title: "a number released in the CRM sends nothing, not even the default one",
    number: { ...longCode, number: "+14155550106", isDefault: true, released: true },
    refusals: everybody({ reason: "number_released" }),
  },
  {
    title: "a number that is not connected sends nothing",
    number: { ...longCode, number: "+14155550105", connected: false },
    refusals: everybody({ reason: "number_not_connected" }),
  },
];

export interface SightCase {
  title: string;
  /** The owners of the group's contacts now. */
  owners: (string | null)[];
  seenBy: Record<Who, boolean>;
}

/** Rule R10. */
export const sightCases: SightCase[] = [
  {
    title: "a group whose every contact is theirs is seen by a user with assigned data only",
    owners: ["u-cleo", "u-cleo"],
    seenBy: { ava: true, ben: true, cleo: true, dora: false },
  },
  {
    title: "one contact of somebody else's hides it",
    owners: ["u-cleo", "u-ben"],
    seenBy: { ava: true, ben: true, cleo: false, dora: false },
  },
  {
    title: "one contact of nobody's hides it",
    owners: ["u-cleo", null],
    seenBy: { ava: true, ben: true, cleo: false, dora: false },
  },
  {
    title: "contacts of nobody's are not those of a user whom the CRM does not know",
    owners: [null, null],
    seenBy: { ava: true, ben: true, cleo: false, dora: false },
  },
];
