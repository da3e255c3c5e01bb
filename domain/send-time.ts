import { allow, refuse, type Result } from "./result.ts";

/** So far ahead a message may be scheduled. */
export const SCHEDULE_DAYS = 365;
/** So many may wait in one group. */
export const SCHEDULED_MAX = 20;
/** What could not go out at its time, because the backend was down, still goes out by itself this much later. */
export const LATE_MS = 60 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

export type SendTimeRefusal =
  | { reason: "time_passed" }
  | { reason: "time_too_far"; days: number }
  | { reason: "too_many_scheduled"; max: number };

/** Why a message that was to be sent later was not, and waits for a person. */
export const SCHEDULED_HOLDS = ["locked", "author_cannot_send", "missed"] as const;
export type ScheduledHold = (typeof SCHEDULED_HOLDS)[number];

/** Whether a message can be sent at this time, seen from now. */
export function judgeSendTime(at: Date, now: Date): Result<Date, SendTimeRefusal> {
  const ahead = at.getTime() - now.getTime();
  if (ahead <= 0) return refuse({ reason: "time_passed" });
  if (ahead > SCHEDULE_DAYS * DAY_MS) return refuse({ reason: "time_too_far", days: SCHEDULE_DAYS });
  return allow(at);
}

/**
 * What becomes of a scheduled message at its time.
 * @returns null when it goes out
 */
export function judgeDue(due: {
  at: Date;
  now: Date;
  isLocked: boolean;
  mayAuthorSend: boolean;
}): ScheduledHold | null {
  if (due.isLocked) return "locked";
  if (!due.mayAuthorSend) return "author_cannot_send";
  // "Good morning" is wrong in the evening.
  return due.now.getTime() - due.at.getTime() > LATE_MS ? "missed" : null;
}
