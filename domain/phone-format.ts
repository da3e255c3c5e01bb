import type { E164 } from "./phone-number.ts";

/**
 * `(415) 555-0142` for +1 numbers; null for others, whose form is in numbering plans that take a library to read. Apart
 * from those, since numbers are shown where none is judged.
 */
export function formatNanp(number: E164): string | null {
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return nanp && `(${nanp[1]}) ${nanp[2]}-${nanp[3]}`;
}
