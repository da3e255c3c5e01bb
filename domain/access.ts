import type { E164 } from "./phone-number.ts";
import { judgePhoneNumber } from "./phone-number.ts";
import { allow, refuse, type Result } from "./result.ts";

export interface User {
  id: string;
  role: "admin" | "user";
  assignedDataOnly: boolean;
  /** The CRM's id of this user, what a contact's `ownerId` is compared with; null when not matched to one. */
  crmUserId: string | null;
}

export interface BusinessNumber {
  number: E164;
  isDefault: boolean;
  /** Our user id; null when assigned to nobody. */
  assignedTo: string | null;
  connected: boolean;
  /** The CRM had it in the account, and no longer has. */
  released: boolean;
  mms: boolean;
}

/**
 * Rule R10: a user with assigned data only sees a group only while every contact in it is assigned to them. A deleted
 * contact counts with its last owner. Where this says false the group does not exist for the user.
 */
export function maySeeGroup(user: User, owners: readonly (string | null)[]): boolean {
  if (!user.assignedDataOnly) return true;
  return user.crmUserId !== null && owners.every((owner) => owner === user.crmUserId);
}

/** R10 for one contact: whether the user may see and pick it. */
export function maySeeContact(user: User, contact: { ownerId: string | null }): boolean {
  return maySeeGroup(user, [contact.ownerId]);
}

export type NumberRefusal =
  | { reason: "number_not_connected" }
  | { reason: "number_released" }
  | { reason: "number_cannot_group"; kind: string }
  | { reason: "number_assigned_to_other"; assignedTo: string };

/** Rule R3: only a connected US or Canadian long code with MMS can carry a group, while it is the workspace's. */
export function judgeBusinessNumber(number: BusinessNumber): Result<E164, NumberRefusal> {
  if (number.released) return refuse({ reason: "number_released" });
  if (!number.connected) return refuse({ reason: "number_not_connected" });
  const judged = judgePhoneNumber(number.number);
  if (judged.verdict === "not_textable") return refuse({ reason: "number_cannot_group", kind: judged.kind });
  if (judged.verdict !== "ok" && judged.verdict !== "ok_unverified") {
    return refuse({ reason: "number_cannot_group", kind: "not_long_code" });
  }
  return number.mms ? allow(judged.number) : refuse({ reason: "number_cannot_group", kind: "no_mms" });
}

/** Rules R3 and R11: whether this user may send from this number. */
export function mayUseNumber(user: User, number: BusinessNumber): Result<E164, NumberRefusal> {
  const judged = judgeBusinessNumber(number);
  if (!judged.ok || user.role === "admin" || number.isDefault) return judged;
  if (number.assignedTo === null || number.assignedTo === user.id) return judged;
  return refuse({ reason: "number_assigned_to_other", assignedTo: number.assignedTo });
}
