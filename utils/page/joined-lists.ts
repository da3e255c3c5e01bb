import type { Row } from "./row-text.ts";
import type { ShownList } from "./shown-list.ts";

/** Rows that are looked at before it is taken that the others are no better. */
const LOOKED_AT = 50;

type Parts = readonly [ShownList, ...ShownList[]];

/** One list of several that a page shows beside each other: groups of a table, stages of a board. */
export function joinLists(parts: Parts, isDescribed: boolean): ShownList {
  const [first] = parts;
  const meant = counting(parts, isDescribed);
  const of = (row: Row) => partOf(parts, row) ?? first;
  return {
    recipe: first.recipe,
    container: nearestAround(parts.map(({ container }) => container)) ?? first.container,
    parts,
    scrolls: first.scrolls,
    ticked: meant.flatMap(({ ticked }) => ticked),
    tickedInAll: meant.reduce((all, { tickedInAll }) => all + tickedInAll, 0),
    all: () => parts.flatMap((part) => part.all()),
    isTicked: (row) => first.isTicked(row),
    read: (row) => of(row).read(row),
    key: (row) => of(row).key(row),
    around: (inside) => of([inside]).around(inside),
  };
}

/** The part of a list that a row is in. */
export function partOf(parts: readonly ShownList[], [element]: Row): ShownList | undefined {
  return parts.find(({ container }) => element && container.contains(element));
}

/** Those whose ticks are meant, where several have some. */
function counting(parts: Parts, isDescribed: boolean): readonly ShownList[] {
  const ticked = parts.filter((part) => part.ticked.length > 0);
  if (isDescribed || ticked.length < 2) return parts;
  const readable = ticked.filter(hasReadableRow);
  return readable.length > 0 ? readable : parts;
}

export function hasReadableRow(list: ShownList): boolean {
  const isReadable = (row: Row) => list.key(row) !== null;
  return list.ticked.some(isReadable) || list.all().slice(0, LOOKED_AT).some(isReadable);
}

/** The innermost element around all of these. */
export function nearestAround(elements: readonly Element[]): Element | null {
  let around = elements[0] ?? null;
  for (const one of elements) while (around?.contains(one) === false) around = around.parentElement;
  return around;
}
