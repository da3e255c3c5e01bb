import type { Recipe } from "@partyline/contract/recipe";
import { triedPart } from "@partyline/contract/tried-text";
import { NOTHING_SELECTED } from "../selection.ts";
import { watchAccount } from "./account-change.ts";
import { accountOf } from "./page-account.ts";
import { createSelectionReader, type Seen, type SelectionReader } from "./selection-reader.ts";

export interface PageReader extends Pick<SelectionReader, "read" | "follow"> {
  /** What was read last; null where no recipe fits. */
  seen(): Seen | null;
  /** Takes corrected recipes, once that forgets nobody who is out of sight. */
  renew(recipes: readonly Recipe[]): void;
}

/**
 * Reads a page by the first recipe that fits it, asked anew at every look: an application draws itself some time after
 * its page has loaded, and goes from one kind of address to another without a new one.
 */
export function createPageReader(
  recipes: readonly Recipe[],
  page: Document,
  now: () => number = () => performance.now(),
): PageReader {
  const whose = watchAccount(now);
  let corrected = recipes;
  let current: { recipe: Recipe; reader: SelectionReader } | null = null;

  function fitting(): SelectionReader | null {
    if (!current?.reader.seen().away) recipes = corrected;
    // What the page bore out once is believed for as long as the address is one of its own.
    const recipe = recipes.find((one) => isAddressed(one, page) && (one === current?.recipe || isBorneOut(one, page)));
    if (recipe === undefined) current = null;
    else if (whose.isOther(accountOf(recipe, page), current?.reader.seen().rows) || recipe !== current?.recipe)
      current = { recipe, reader: createSelectionReader(recipe, page, now) };
    return current?.reader ?? null;
  }

  return {
    read() {
      const reader = fitting();
      if (!reader) return NOTHING_SELECTED;
      if (!whose.isSettled()) return reader.blank();
      const { rows, ...selection } = reader.read();
      return { ...selection, rows: rows.filter(whose.isOwn) };
    },
    follow() {
      const reader = fitting();
      if (whose.isSettled()) reader?.follow();
    },
    seen: () => current?.reader.seen() ?? null,
    renew: (others) => void (corrected = others),
  };
}

function isAddressed({ path }: Recipe, { location }: Document): boolean {
  return path === null || new RegExp(path).test(triedPart(location.pathname));
}

/** A recipe whose selector this browser does not know is not usable, and must not keep others from being tried. */
function isBorneOut({ signature }: Recipe, page: Document): boolean {
  try {
    return signature === null || page.querySelector(signature) !== null;
  } catch {
    return false;
  }
}
