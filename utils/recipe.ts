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

/** One of the lists that a CRM's pages show. */
export const ListRecipe = z.object({
  /** The list's own container: the only part of the page that is ever observed. */
  container: Selector,
  row: Selector,
  /** In a row: the control that is on, or the row itself when it is marked as selected. */
  checked: Selector,
  /** The row that stands open beside the list: it is selected where none is ticked. */
  open: Selector.nullable(),
  contactId: z.array(TextSource).min(1),
  name: z.array(TextSource),
  phone: z.array(TextSource),
});
export type ListRecipe = z.infer<typeof ListRecipe>;

/** Data that says how to read selected contacts from one CRM's pages. Never code. */
export const Recipe = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.int().positive(),
  /** Host names the CRM lives on, `*.` for every host below; empty for a CRM that may live anywhere. */
  hosts: z.array(z.string().max(200)),
  /** Something that only this CRM's pages have; null where the host says enough. */
  signature: Selector.nullable(),
  /** How this CRM's addresses begin, where the host does not say enough; null where it does. */
  path: Pattern.nullable(),
  /** The first one that the page shows is read. */
  lists: z.array(ListRecipe).min(1),
  /** The page's own "12 selected". */
  count: z.object({ selector: Selector, pattern: Pattern }).nullable(),
  /** A contact's own page: its path, with the id as the first group. */
  record: z
    .object({
      path: Pattern,
      name: Selector.nullable(),
      /** The address of any contact: what `base` finds first in the page's path, then `to` with the id for `{id}`. */
      link: z.object({ base: Pattern.nullable(), to: z.string().startsWith("/").includes("{id}").max(200) }),
    })
    .nullable(),
  /** Events on `window` by which the page announces that it navigated. */
  routeEvents: z.array(z.string().max(60)),
});
export type Recipe = z.infer<typeof Recipe>;
export type TextSource = z.infer<typeof TextSource>;

/**
 * The recipes that may fit a host: first those that the page itself has to bear out, then those that name the host, then
 * those for any.
 */
export function recipesFor(host: string, recipes: readonly Recipe[]): Recipe[] {
  const fitting = recipes.filter(({ hosts }) => hosts.length === 0 || hosts.some((one) => matchesHost(one, host)));
  const rank = ({ hosts, path, signature }: Recipe) =>
    path !== null || signature !== null ? 0 : hosts.length > 0 ? 1 : 2;
  return fitting.toSorted((one, other) => rank(one) - rank(other));
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
