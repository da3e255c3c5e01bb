import type { ContactPageRecipe, Recipe } from "@partyline/contract/recipe";
import type { SelectedRow } from "../selection.ts";
import { createRowReader } from "./row-reader.ts";
import { matchAddress } from "./row-text.ts";

/** How long a page that nobody watched may go on showing whom it showed before, once its address has changed. */
const SETTLING_MS = 3_000;

type Texts = Pick<SelectedRow, "name" | "phone">;
const NO_TEXTS: Texts = { name: null, phone: null };

/**
 * A contact's own page, and a conversation with them, select that contact. An application changes the address first and
 * what it shows some time after: until a text is another one, it is about whoever the page was about before.
 */
export function createContactPage(recipe: Recipe, page: Document, now: () => number) {
  let place: string | null = null;
  let seen = NO_TEXTS;
  let stale = NO_TEXTS;
  let staleUntil = Infinity;
  let wasWatched = false;

  /** Only what somebody watches is known to have been seen as it was last. */
  function noticePlace(here: string, texts: Texts): void {
    if (place !== null && place !== here) {
      stale = wasWatched ? seen : texts;
      staleUntil = wasWatched ? Infinity : now() + SETTLING_MS;
    }
    if (now() >= staleUntil) stale = NO_TEXTS;
    place = here;
    seen = texts;
  }

  return {
    /** Whose page this is, if it is somebody's. */
    look(isWatched: boolean): SelectedRow[] {
      const row = readContactPage(recipe, page);
      const { pathname, search, hash } = page.location;
      noticePlace(row?.contactId ?? pathname + search + hash, row ?? readTexts(recipe, page));
      wasWatched = isWatched;
      if (row === null) return [];
      const { contactId } = row;
      const name = fresh(row.name, stale.name);
      const phone = fresh(row.phone, stale.phone);
      return contactId === null && phone === null ? [] : [{ contactId, name, phone }];
    },
  };
}

function fresh(text: string | null, old: string | null): string | null {
  return text === old ? null : text;
}

/** Whether this is the address of somebody's page, whether or not it shows them yet. */
export function isContactPage({ contactPages }: Recipe, page: Document): boolean {
  return contactPages.some(({ at }) => matchAddress(at, page) !== null);
}

export function readContactPage({ contactPages }: Recipe, page: Document): SelectedRow | null {
  for (const recipe of contactPages) {
    const match = matchAddress(recipe.at, page);
    if (match === null) continue;
    const row = readWhole(recipe, page);
    if (match[1] !== undefined) row.contactId = decoded(match[1]);
    if (row.contactId !== null || row.phone !== null) return row;
  }
  return null;
}

/** What stands on any other page where a contact's has their name and phone, such as the heading of a list. */
function readTexts({ contactPages: [recipe] }: Recipe, page: Document): Texts {
  if (recipe === undefined) return NO_TEXTS;
  return readWhole({ ...recipe, contactId: [] }, page);
}

function isShown(element: Element): boolean {
  return element.checkVisibility();
}

/** What is not drawn may be somebody else's page that was left behind. */
function readWhole(recipe: ContactPageRecipe, page: Document): SelectedRow {
  return createRowReader({ ...recipe, columns: null }, page.body, isShown).read([page.documentElement]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
