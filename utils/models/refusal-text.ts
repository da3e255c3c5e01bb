import { PROBLEMS, type ProblemCode } from "@partyline/contract/problem-codes";
import type { Contact } from "@partyline/contract/contact";
import type { NumberRefusal } from "@partyline/domain/access";
import type { FailureClass } from "@partyline/domain/delivery";
import type { TextRefusal } from "@partyline/domain/message-text";
import { formatNanp } from "@partyline/domain/phone-format";
import type { JoinRefusal, RosterRefusal } from "@partyline/domain/roster";
import type { SendTimeRefusal } from "@partyline/domain/send-time";
import type { CallRefusal } from "../command.ts";
import { countryName, t, tn, type MessageKey } from "../text.ts";

/** Why a contact cannot join, short enough to stand beside its name. */
export function joinRefusalText(refusal: JoinRefusal): string {
  if (refusal.reason === "not_us_ca") {
    const country = countryName(refusal.country);
    return country === null ? t("join_not_us_ca_unnamed") : t("join_not_us_ca", { country });
  }
  if (refusal.reason === "not_textable") return t("join_not_textable", { kind: t(`number_kind_${refusal.kind}`) });
  if (refusal.reason === "do_not_disturb" && refusal.by !== undefined) {
    const { by } = refusal;
    return by === null ? t("join_do_not_disturb_by_unnamed") : t("join_do_not_disturb_by", { name: by.name });
  }
  // A reason without a text of its own does not compile: the key's type is exhaustive.
  return t(`join_${refusal.reason}`);
}

/** What can be done about it, where that is up to the person or to somebody in the CRM; null where nothing is. */
export function joinHintText(
  refusal: JoinRefusal,
  { smsStatus }: Pick<Contact, "smsStatus">,
  from: string | null,
): string | null {
  const { reason } = refusal;
  if (reason === "do_not_disturb") {
    return t(smsStatus === "permanent" ? "join_hint_permanent" : "join_hint_do_not_disturb");
  }
  if (reason === "contact_deleted") return t("join_hint_contact_deleted");
  return reason === "opted_out" && from !== null
    ? t("join_hint_opted_out", { number: formatNanp(from) ?? from })
    : null;
}

/**
 * What to ask somebody with, another way than by text, so that they can join; null where asking would not help. Texting
 * START lifts an opt-out by itself; do-not-disturb is for the CRM to switch off once they have said yes.
 */
export function optInRequest(
  { reason }: JoinRefusal,
  { name, smsStatus }: Pick<Contact, "name" | "smsStatus">,
  from: string | null,
): string | null {
  if (from === null || smsStatus === "permanent") return null;
  if (reason !== "opted_out" && reason !== "do_not_disturb") return null;
  const first = name.trim().split(/\s+/)[0] ?? "";
  const greeting = first === "" ? t("opt_in_greeting_unnamed") : t("opt_in_greeting", { name: first });
  return `${greeting} ${t(`opt_in_request_${reason}`, { number: formatNanp(from) ?? from })}`;
}

/** Why a business number cannot be used; `owner` is the name of the user it is assigned to. */
export function numberRefusalText(refusal: NumberRefusal, owner: string | null): string {
  switch (refusal.reason) {
    case "number_not_connected":
      return t("number_not_connected");
    case "number_released":
      return t("number_released");
    case "number_cannot_group": {
      const kind = NUMBER_KINDS[refusal.kind];
      return kind === undefined ? t("number_cannot_group") : t("number_cannot_group_kind", { kind: t(kind) });
    }
    case "number_assigned_to_other":
      return owner === null ? t("number_assigned_to_other") : t("number_assigned_to", { owner });
  }
}

const NUMBER_KINDS: Readonly<Record<string, MessageKey>> = {
  toll_free: "number_kind_toll_free",
  premium: "number_kind_premium",
  personal: "number_kind_personal",
  non_geographic: "number_kind_non_geographic",
  not_long_code: "number_kind_not_long_code",
  no_mms: "number_kind_no_mms",
};

/** Why these people cannot be a group, in one sentence. */
export function rosterRefusalText(refusal: RosterRefusal): string {
  switch (refusal.reason) {
    case "cannot_join":
      return refusal.who
        .map((one) => t("roster_cannot_join", { name: one.name, reason: joinRefusalText(one.refusal) }))
        .join(" ");
    case "too_few_participants":
      return t("roster_too_few", { min: refusal.min });
    case "too_many_participants":
      return tn("roster_too_many", refusal.count - refusal.max, { max: refusal.max, total: refusal.count });
  }
}

export function textRefusalText(refusal: TextRefusal): string {
  switch (refusal.reason) {
    case "empty_message":
      return t("text_empty");
    case "text_too_long":
      return tn("text_too_long", refusal.length - refusal.max, { max: refusal.max.toLocaleString() });
  }
}

export function sendTimeRefusalText(refusal: SendTimeRefusal): string {
  switch (refusal.reason) {
    case "time_passed":
      return t("send_time_passed");
    case "time_too_far":
      return t("send_time_too_far", { days: refusal.days });
    case "too_many_scheduled":
      return t("send_time_too_many", { max: refusal.max });
  }
}

/** The carrier's reason for not delivering, in words. */
export function failureText(failure: FailureClass): string {
  return t(`failure_${failure}`);
}

/** Why a call to the backend gave nothing. */
export function callRefusalText(refusal: CallRefusal): string {
  switch (refusal.reason) {
    case "signed_out":
      return t("call_signed_out");
    case "no_permission":
      return t("call_no_permission", { origin: refusal.origin });
    case "unreachable":
      return t("call_unreachable", { backend: refusal.backend });
    case "not_a_backend":
      return t("call_not_a_backend", { backend: refusal.backend });
    case "problem":
      return problemText(refusal);
  }
}

/** Why signing in led nowhere: without a backend there is nobody to sign in with. */
export function signInRefusalText(refusal: CallRefusal): string {
  return refusal.reason === "signed_out" ? t("sign_in_refused") : callRefusalText(refusal);
}

/** Where somebody is to wait and the backend did not say for how long. */
const WAIT_S = 10;

/** A rule's own refusal says more than its code does; the backend's sentence is the last resort. */
function problemText(problem: Extract<CallRefusal, { reason: "problem" }>): string {
  if (isTextRefusal(problem.refusal)) return textRefusalText(problem.refusal);
  if (isSendTimeRefusal(problem.refusal)) return sendTimeRefusalText(problem.refusal);
  if (isNumberReleased(problem.refusal)) return t("number_released_hint");
  if (isRosterRefusal(problem.refusal)) return rosterRefusalText(problem.refusal);
  if (isProblemCode(problem.code)) return t(`problem_${problem.code}`, { seconds: problem.retryAfter ?? WAIT_S });
  return problem.detail ?? t("problem_internal");
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

function isRosterRefusal(refusal: unknown): refusal is RosterRefusal {
  const reasons = ["cannot_join", "too_few_participants", "too_many_participants"];
  return reasons.includes(reasonOf(refusal));
}

function isNumberReleased(refusal: unknown): boolean {
  return reasonOf(refusal) === "number_released";
}

function isTextRefusal(refusal: unknown): refusal is TextRefusal {
  return ["empty_message", "text_too_long"].includes(reasonOf(refusal));
}

function isSendTimeRefusal(refusal: unknown): refusal is SendTimeRefusal {
  return ["time_passed", "time_too_far", "too_many_scheduled"].includes(reasonOf(refusal));
}

function reasonOf(refusal: unknown): string {
  if (typeof refusal !== "object" || refusal === null || !("reason" in refusal)) return "";
  return typeof refusal.reason === "string" ? refusal.reason : "";
}
