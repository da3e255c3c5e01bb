import type { NumberRefusal } from "@partyline/domain/access";
import { ProblemError } from "./http/problem-error.ts";

const DETAILS: Readonly<Record<NumberRefusal["reason"], string>> = {
  number_not_connected: "The number is not connected to this workspace. Whoever runs the backend can connect it.",
  number_released:
    "The number is no longer in the CRM's account, so nobody can send from it until the CRM lists it again. Use another one.",
  number_cannot_group: "The number cannot carry a group. Use another one.",
  number_assigned_to_other: "The number is assigned to somebody else. Use another one, or ask an admin.",
};

/** Why nobody, or not this user, sends from a business number (rules R3 and R11). */
export function numberProblem(refusal: NumberRefusal): ProblemError {
  return new ProblemError("number_not_usable", { detail: DETAILS[refusal.reason], refusal });
}
