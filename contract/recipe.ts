import { z } from "zod";
import { CrmAccount } from "./crm-account.ts";
import { hasGroup, isBoundedPattern, isBoundedSelector, isRareEvent, isStorable } from "./recipe-bounds.ts";

const Text = z.string().refine(isStorable, "holds a character that cannot be stored, such as U+0000");
const Pattern = Text.max(300).refine(isBoundedPattern, "not a regular expression, or one that could take for ever");
const NO_GROUP = "without a group that says which part is meant";
const Selector = Text.min(1)
  .max(700)
  .refine(isBoundedSelector, "not a selector, or one with parts that are not allowed");
const RouteEvent = Text.max(60).refine(isRareEvent, "an event of the browser's own, which tells nothing of a page");

/**
 * Where to find one text: in the element itself, or in the first thing in it that has such a text; its attribute or its
 * text, at most 300 characters of it; the first group of a pattern.
 */
export const TextSource = z.strictObject({
  selector: Selector.nullable().default(null),
  attribute: z
    .string()
    .regex(/^[a-zA-Z][\w:.-]{0,59}$/)
    .nullable()
    .default(null),
  pattern: Pattern.refine(hasGroup, NO_GROUP).nullable().default(null),
});
export type TextSource = z.infer<typeof TextSource>;

/** In order: the first that yields something counts. */
const TextSources = z.array(TextSource).max(20).default([]);

/** One of the lists that a CRM's pages show. */
export const ListRecipe = z.strictObject({
  kind: z.enum(["contacts", "conversations", "pipeline"]),
  /** The addresses that show it: path, query and fragment. Null where its container tells. */
  at: Pattern.nullable().default(null),
  /** The list's own container. Several are one list in groups, such as the stages of a board. */
  container: Selector,
  /** Whether rows leave the document as they scroll; where they do not, one that left is not selected any more. */
  scrolls: z.boolean().default(true),
  /** Null where no selector tells: then the rows are what repeats around the controls. */
  row: Selector.nullable(),
  /** What the parts of one row have in common, where a row's parts stand apart in the document. */
  join: TextSource.nullable().default(null),
  /** In a row: the control that is on, or the row itself when it is marked as selected. */
  checked: Selector,
  /** What ticks a row, on or off, where rows have others like it: only the first one in a row counts. Null: all count. */
  control: Selector.nullable().default(null),
  /** The row that stands open beside the list: it is selected where none is ticked. */
  open: Selector.nullable().default(null),
  contactId: z.array(TextSource).max(20),
  name: TextSources,
  phone: TextSources,
  /**
   * What a column's heading says, in lower case, when its cells hold names or phones, for tables whose cells say nothing
   * themselves. Such a cell comes before the sources.
   */
  columns: z.strictObject({ name: Pattern, phone: Pattern }).nullable().default(null),
});
export type ListRecipe = z.infer<typeof ListRecipe>;

/** A page about one contact, which thereby is selected: the contact's own, or a conversation with them. */
export const ContactPageRecipe = z.strictObject({
  kind: z.enum(["record", "conversation"]),
  /** Its addresses: path, query and fragment; the first group, if any, is the contact's id. */
  at: Pattern,
  /** Found in the whole page, where the address has no id. */
  contactId: TextSources,
  name: TextSources,
  phone: TextSources,
});
export type ContactPageRecipe = z.infer<typeof ContactPageRecipe>;

/** Data that says how to read selected contacts from one CRM's pages. Never code. */
export const Recipe = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  version: z.int().positive(),
  /** Host names the CRM lives on, `*.` for every host below; empty for a CRM that may live anywhere. */
  hosts: z.array(z.string().regex(/^(\*\.)?[a-z0-9.-]{1,200}$/)).max(50),
  /** Something that only this CRM's pages have; null where the host says enough. */
  signature: Selector.nullable().default(null),
  /** How this CRM's addresses begin, where the host does not say enough; null where it does. */
  path: Pattern.nullable().default(null),
  /**
   * Which account of the CRM a page belongs to: what `at` finds in its address. Where the workspace's contacts are that
   * CRM's, nobody on pages of another account is looked up.
   */
  account: z
    .strictObject({ crm: CrmAccount.shape.crm, at: Pattern.refine(hasGroup, NO_GROUP) })
    .nullable()
    .default(null),
  /** Of those that the page shows, the first one with a ticked row that can be read counts. */
  lists: z.array(ListRecipe).min(1).max(20),
  /** Read where the page shows none of the lists with a row selected. */
  contactPages: z.array(ContactPageRecipe).max(20).default([]),
  /** The page's own "12 selected". */
  count: TextSources,
  /** Yields something when the page has selected every result of a query, beyond the rows it has loaded. */
  everything: TextSources,
  /** The address of any contact: what `base` finds first in the page's path, then `to` with the id for `{id}`. */
  recordLink: z
    .strictObject({
      base: Pattern.nullable().default(null),
      // Two slashes, of either kind and with or without a line break between, lead to another host.
      to: Text.max(200).regex(/^\/(?![/\\])[^\s\\]*\{id\}[^\s\\]*$/),
    })
    .nullable()
    .default(null),
  /** Events on `window` by which the page announces that it navigated. */
  routeEvents: z.array(RouteEvent).max(10).default([]),
});
export type Recipe = z.infer<typeof Recipe>;
/** As it is written, with what has a default left out. */
export type RecipeSource = z.input<typeof Recipe>;
export type ListSource = z.input<typeof ListRecipe>;
export type ContactPageSource = z.input<typeof ContactPageRecipe>;

/**
 * The recipes that may fit a host: those that name it before those for any, so that a correction of one is what counts
 * there; of either, those that the page itself has to bear out before the others.
 */
export function recipesFor(host: string, recipes: readonly Recipe[]): Recipe[] {
  const fitting = recipes.filter(({ hosts }) => hosts.length === 0 || hosts.some((one) => matchesHost(one, host)));
  const rank = ({ hosts, path, signature }: Recipe) =>
    (hosts.length > 0 ? 0 : 2) + (path !== null || signature !== null ? 0 : 1);
  return fitting.toSorted((one, other) => rank(one) - rank(other));
}

function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return host === pattern;
  return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
}
