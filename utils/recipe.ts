import { z } from "zod";

const Pattern = z
  .string()
  .max(300)
  .refine((source) => isRegExp(source), "not a regular expression");
const Selector = z.string().min(1).max(500);

/** Where to find one text: in the row itself or something in it; its attribute or its text; the first group of a pattern. */
export const TextSource = z.object({
  selector: Selector.nullable(),
  attribute: z.string().max(60).nullable(),
  pattern: Pattern.nullable(),
});

/** Data that says how to read selected contacts from one CRM's pages. Never code. */
export const Recipe = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.int().positive(),
  /** Host names the CRM lives on, `*.` for every host below; empty for a CRM that may live anywhere. */
  hosts: z.array(z.string().max(200)),
  /** Something that only this CRM's pages have; null where the host says enough. */
  signature: Selector.nullable(),
  list: z.object({
    /** The list's own container: the only part of the page that is ever observed. */
    container: Selector,
    row: Selector,
    /** In a row: the control that is on, or the row itself when it is marked as selected. */
    checked: Selector,
    contactId: z.array(TextSource).min(1),
    name: z.array(TextSource),
    phone: z.array(TextSource),
  }),
  /** The page's own "12 selected". */
  count: z.object({ selector: Selector, pattern: Pattern }).nullable(),
  /** A contact's own page: its path, with the id as the first group. */
  record: z.object({ path: Pattern, name: Selector.nullable() }).nullable(),
  /** Events on `window` by which the page announces that it navigated. */
  routeEvents: z.array(z.string().max(60)),
});
export type Recipe = z.infer<typeof Recipe>;
export type TextSource = z.infer<typeof TextSource>;

/** The recipes that may fit a host, those that name it first. */
export function recipesFor(host: string, recipes: readonly Recipe[]): Recipe[] {
  const named = recipes.filter((recipe) => recipe.hosts.some((pattern) => matchesHost(pattern, host)));
  const anywhere = recipes.filter((recipe) => recipe.hosts.length === 0);
  return [...named, ...anywhere];
}

function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return host === pattern;
  return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
