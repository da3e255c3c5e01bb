import catalogue from "../public/_locales/en/messages.json";

/**
 * Everything the panel says, from the extension's own message catalogue. Read from the bundled file rather than through
 * `browser.i18n`, so that keys are checked at build time and values carry names: `{name}`, which the browser leaves alone.
 */
export type MessageKey = keyof typeof catalogue;

/** Keys that exist as `<key>_one` and `<key>_other`. */
export type CountedKey = MessageKey extends infer Key ? (Key extends `${infer Base}_other` ? Base : never) : never;

type Values = Readonly<Record<string, string | number>>;

export const LOCALE = "en";
const plurals = new Intl.PluralRules(LOCALE);
const lists = new Intl.ListFormat(LOCALE, { type: "conjunction" });
const countries = new Intl.DisplayNames(LOCALE, { type: "region", fallback: "none" });

export function t(key: MessageKey, values: Values = {}): string {
  return fill(catalogue[key].message, values);
}

/** The same for a count: `{count}` is given, and the plural form is the language's. */
export function tn(key: CountedKey, count: number, values: Values = {}): string {
  const form = `${key}_${plurals.select(count)}`;
  const message = isKey(form) ? catalogue[form] : catalogue[`${key}_other`];
  return fill(message.message, { ...values, count: count.toLocaleString(LOCALE) });
}

/** "Dana, Luis and Priya". */
export function listNames(names: readonly string[]): string {
  return lists.format(names);
}

/** "Jamaica" for "JM"; null for a country nobody has named. */
export function countryName(code: string | null): string | null {
  return code === null ? null : (countries.of(code) ?? null);
}

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(catalogue, key);
}

function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
