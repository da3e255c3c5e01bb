import { describe, expect, test } from "vitest";
import { judgeDue, judgeSendTime, LATE_MS, SCHEDULE_DAYS } from "./send-time.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const after = (ms: number) => new Date(NOW.getTime() + ms);
const YEAR_MS = SCHEDULE_DAYS * 86_400_000;

describe("the time a message is to be sent at", () => {
  test.each([
    ["a moment from now is fine", 1, null],
    ["a year from now is fine", YEAR_MS, null],
    ["now is too late", 0, "time_passed"],
    ["yesterday has passed", -86_400_000, "time_passed"],
    ["more than a year is too far", YEAR_MS + 1, "time_too_far"],
  ])("%s", (_, ahead, reason) => {
    const judged = judgeSendTime(after(ahead), NOW);
    expect(judged.ok ? null : judged.refusal.reason).toBe(reason);
  });
});

describe("a scheduled message whose time has come", () => {
  const due = { at: NOW, now: after(1_000), isLocked: false, mayAuthorSend: true };
  test.each([
    ["goes out", {}, null],
    ["goes out a little late", { now: after(LATE_MS) }, null],
    ["waits for a person when it would go out much too late", { now: after(LATE_MS + 1) }, "missed"],
    ["is held by a lock", { isLocked: true }, "locked"],
    ["is held when whoever wrote it may not send here any more", { mayAuthorSend: false }, "author_cannot_send"],
    ["is held by the lock first", { isLocked: true, mayAuthorSend: false, now: after(LATE_MS + 1) }, "locked"],
  ])("%s", (_, change, hold) => expect(judgeDue({ ...due, ...change })).toBe(hold));
});
