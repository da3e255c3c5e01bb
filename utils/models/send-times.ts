const EVENING = 18;
const MORNING = 9;
const MONDAY = 1;

/** Times somebody who sends later is likely to mean, in this machine's time, the first one first. */
export function likelyTimes(now: Date): Date[] {
  const at = (day: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + day, hour);
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  return [
    // An hour before it, "this evening" is as good as now.
    ...(now.getHours() < EVENING - 1 ? [at(0, EVENING)] : []),
    at(1, MORNING),
    ...(toMonday > 1 ? [at(toMonday, MORNING)] : []),
  ];
}

const two = (part: number) => String(part).padStart(2, "0");

/** As a `datetime-local` field has it: this machine's time, without a zone, to the minute. */
export function toField(time: Date): string {
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
