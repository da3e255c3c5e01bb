import type { SelectedRow } from "../selection.ts";
import { watchRows } from "./replaced-rows.ts";
import { merged, phoneKey } from "./row-reader.ts";
import type { Row } from "./row-text.ts";
import type { ShownList } from "./shown-list.ts";

/** How long a page may go on showing the list before, once its address has changed. */
const SETTLING_MS = 700;

/** Lists that take rows out of the document do so to have far fewer. */
const LONGEST_SCROLLING = 500;

type Rows = ReadonlyMap<string, SelectedRow>;

/** The rows that were seen ticked, those that left the document included, until the page goes somewhere else. */
export function createSelectionMemory({ location }: Document, now: () => number, isDescribed: boolean) {
  const rows = new Map<string, SelectedRow>();
  const hasMoved = watchPlace(location);
  const shown = watchRows();
  let settledAt = 0;
  let isSettled = true;
  let hasCounted = false;

  function noticePlace(): void {
    // A page that has counted is believed when it keeps its selection from one page of a list to the next; no other is.
    if (hasMoved(hasCounted)) {
      settledAt = now() + SETTLING_MS;
      isSettled = hasCounted = false;
    }
    // What was read since may have been of the list before.
    if (!isSettled) forgetAll();
    isSettled = now() >= settledAt;
  }

  function forgetAll(): void {
    rows.clear();
    shown.forget();
  }

  /** Of what is remembered, the list may now show a part unticked: how much of it. */
  function dropUnticked(ticked: Rows, list: ShownList): number {
    const before = rows.size;
    if ([...rows.keys()].every((key) => ticked.has(key))) return 0;
    const all = list.all();
    // What keeps so many rows in the document takes none out of it as they scroll.
    if (all.length > LONGEST_SCROLLING) keepOnly(rows, ticked);
    else dropShown(rows, all, ticked, list);
    return before - rows.size;
  }

  function forget(ticked: Rows, claimed: number | null, list: ShownList): void {
    if (!list.scrolls) rows.clear();
    // Other results where the page says nothing of its selection: as with the address of another page.
    else if (!hasCounted && shown.areReplaced(list, rows.size + ticked.size > 0)) rows.clear();
    const dropped = dropUnticked(ticked, list);
    // Several at once and none left: all of them were unticked, those out of sight, too. A page that counts says so itself.
    if (dropped > 1 && ticked.size === 0 && claimed === null) rows.clear();
  }

  function take(ticked: Rows, unreadable: number, claimed: number | null, list: ShownList | null): void {
    noticePlace();
    hasCounted ||= claimed !== null && isDescribed;
    if (list !== null) forget(ticked, claimed, list);
    for (const [key, row] of ticked) {
      for (const earlier of earlierKeys(row)) if (!ticked.has(earlier)) rows.delete(earlier);
      rows.set(key, merged(row, rows.get(key)));
    }
    judge(claimed, rows.size + unreadable, ticked);
  }

  /**
   * A page that has counted and shows no count any more has nothing selected. In a CRM that nobody described a number may
   * be of something else: it says nothing until it was just that of the rows, and where it is gone while some are ticked.
   */
  function judge(claimed: number | null, known: number, ticked: Rows): void {
    hasCounted ||= known > 0 && claimed === known;
    if (hasCounted && (claimed ?? (isDescribed || ticked.size === 0 ? 0 : known)) < known) keepOnly(rows, ticked);
  }

  return { take, rows: () => [...rows.values()] };
}

/** Says whether the page went somewhere else since it was asked last. */
function watchPlace(location: Location) {
  const placeNow = () => location.pathname + location.hash;
  let before = { place: placeNow(), search: location.search };
  return (keepsOverPages: boolean): boolean => {
    const { place, search } = before;
    before = { place: placeNow(), search: location.search };
    return place !== before.place || (!keepsOverPages && search !== before.search);
  };
}

/** What the same row was kept by while its id, or its name, was not there yet. */
function earlierKeys({ contactId, name, phone }: SelectedRow): string[] {
  if (phone === null) return [];
  return contactId === null ? [phoneKey(phone, null)] : [phoneKey(phone, null), phoneKey(phone, name)];
}

/** Drops what the list shows unticked. */
function dropShown(rows: Map<string, SelectedRow>, all: readonly Row[], ticked: Rows, list: ShownList): void {
  for (const row of all) {
    const key = list.key(row) ?? "";
    if (rows.has(key) && !ticked.has(key) && !list.isTicked(row)) rows.delete(key);
  }
}

/** What is not in view any more was unticked out of our sight. */
function keepOnly(rows: Map<string, SelectedRow>, ticked: Rows): void {
  for (const key of rows.keys()) if (!ticked.has(key)) rows.delete(key);
}
