import { describe, expect, it } from "vitest";
import { likelyTimes, toField } from "../../../utils/models/send-times.ts";

// 2026-11-24 is a Tuesday.
const on = (day: number, hour: number) => new Date(2026, 10, day, hour, 20);

describe("the times that are offered for sending later", () => {
  it.each([
    ["in the morning: this evening, tomorrow, and next Monday", on(24, 10), ["24T18", "25T09", "30T09"]],
    ["in the evening: tomorrow and next Monday", on(24, 17), ["25T09", "30T09"]],
    ["on Sunday evening: tomorrow, which is Monday, once", on(29, 20), ["30T09"]],
    ["on a Monday: the next one, not today", on(23, 20), ["24T09", "30T09"]],
  ])("are, %s", (_, now, times) => {
    expect(likelyTimes(now).map(toField)).toEqual(times.map((time) => `2026-11-${time}:00`));
  });

  it("cross the end of a year", () => {
    expect(toField(likelyTimes(new Date(2026, 11, 31, 20))[0]!)).toBe("2027-01-01T09:00");
  });
});
