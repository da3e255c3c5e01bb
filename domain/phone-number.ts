import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { lookUpAreaCode, type NumberKind } from "./area-codes.ts";
import { formatNanp } from "./phone-format.ts";

/** A number in E.164 form, such as `+14155550142`. */
export type E164 = string;

/** `country` is an ISO 3166 code; null where a new US or Canadian area code is not yet in any table. */
export type PhoneVerdict =
  | { verdict: "ok"; number: E164; country: "US" | "CA" }
  | { verdict: "ok_unverified"; number: E164; country: "US" | "CA" | null }
  | { verdict: "not_us_ca"; number: E164; country: string | null }
  | { verdict: "not_textable"; number: E164; kind: NumberKind }
  | { verdict: "invalid" };

/** Calling codes that several countries share: the small metadata cannot tell them apart, so the largest is named. */
const MAIN_COUNTRY: Record<string, string> = {
  "7": "RU",
  "39": "IT",
  "44": "GB",
  "47": "NO",
  "61": "AU",
  "212": "MA",
  "262": "RE",
  "290": "SH",
  "358": "FI",
  "590": "GP",
  "599": "CW",
};

/** Rule R2: only US and Canadian numbers that can receive a text, decided by area code. */
export function judgePhoneNumber(input: string): PhoneVerdict {
  const parsed = parsePhoneNumberFromString(input, "US");
  if (!parsed?.isPossible()) return { verdict: "invalid" };
  if (parsed.countryCallingCode !== "1") {
    const country = MAIN_COUNTRY[parsed.countryCallingCode] ?? parsed.country ?? null;
    return { verdict: "not_us_ca", number: parsed.number, country };
  }
  return judgeNanp(parsed.number, parsed.nationalNumber);
}

function judgeNanp(number: E164, national: string): PhoneVerdict {
  // An exchange starts with 2 to 9 and is never a service code such as 911; 555-1212 is directory assistance everywhere.
  if (!/^[2-9]\d\d(?!5551212)[2-9](?!11)\d{6}$/.test(national)) return { verdict: "invalid" };
  const area = lookUpAreaCode(national.slice(0, 3));
  switch (area.use) {
    case "geographic":
      return { verdict: "ok", number, country: area.country };
    case "unverified":
      return { verdict: "ok_unverified", number, country: area.country };
    case "elsewhere":
      return { verdict: "not_us_ca", number, country: area.country };
    case "special":
      return { verdict: "not_textable", number, kind: area.kind };
    case "impossible":
      return { verdict: "invalid" };
  }
}

/** The E.164 form of anything that is a number at all, textable or not; null when it is none. */
export function normalisePhone(input: string): E164 | null {
  const judged = judgePhoneNumber(input);
  return judged.verdict === "invalid" ? null : judged.number;
}

/** What stands behind a number to be dialled once somebody picks up: a text never gets there. Null where nothing does. */
export function extensionOf(input: string): string | null {
  return parsePhoneNumberFromString(input, "US")?.ext ?? null;
}

/** `(415) 555-0142` for +1 numbers, the international form for others. For display only. */
export function formatPhone(number: E164): string {
  return formatNanp(number) ?? parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** What a log may show of a number: its last two digits. */
export function maskPhone(number: string): string {
  return `…${number.slice(-2)}`;
}
