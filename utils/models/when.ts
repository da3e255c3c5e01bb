import { LOCALE, t, tn } from "../text.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(LOCALE, { timeStyle: "short" });
const dayAndMonth = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const withYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "short" });

/** For lists: "3 m", "5 h", then "12 Mar", then with the year. */
export function shortAge(time: string, now: number): string {
  const age = now - Date.parse(time);
  if (age < MINUTE) return t("when_now");
  if (age < HOUR) return t("when_minutes", { count: Math.floor(age / MINUTE) });
  if (age < DAY) return t("when_hours", { count: Math.floor(age / HOUR) });
  if (age < 7 * DAY) return tn("when_days", Math.floor(age / DAY));
  return sameYear(time, now) ? dayAndMonth.format(new Date(time)) : withYear.format(new Date(time));
}

/** "9:40 AM". */
export function clockTime(time: string): string {
  return clock.format(new Date(time));
}

/** Within a sentence: "9:12 AM" today, else with the date. */
export function clockTimeOrDate(time: string, now: number): string {
  if (new Date(time).toDateString() === new Date(now).toDateString()) return clockTime(time);
  return `${dayAndMonth.format(new Date(time))}, ${clockTime(time)}`;
}

/** Above the messages of a day: "Today", "Yesterday", "Tuesday, March 4". */
export function dayName(time: string, now: number): string {
  const day = new Date(time).toDateString();
  if (day === new Date(now).toDateString()) return t("when_today");
  if (day === new Date(now + DAY).toDateString()) return t("when_tomorrow");
  if (day === new Date(now - DAY).toDateString()) return t("when_yesterday");
  return sameYear(time, now) ? weekday.format(new Date(time)) : withYear.format(new Date(time));
}

/** Of something to come: "Today, 6:00 PM", "Tomorrow, 9:00 AM", "Monday, November 30, 9:00 AM". */
export function dayAndTime(time: string, now: number): string {
  return t("when_day_and_time", { day: dayName(time, now), time: clockTime(time) });
}

/** Everything there is to know about a moment, for tooltips and screen readers. */
export function fullTime(time: string): string {
  return full.format(new Date(time));
}

function sameYear(time: string, now: number): boolean {
  return new Date(time).getFullYear() === new Date(now).getFullYear();
}
