import { endsOf } from "./row-text.ts";
import type { ShownList } from "./shown-list.ts";

/** Rows that are looked at from either end of those in the document. */
const LOOKED_AT = 30;
/** Places that are kept, before all are forgotten but those in sight. */
const MOST_PLACES = 2_000;

interface Place {
  top: number;
  bottom: number;
}

/**
 * Tells a list that shows other results from one that was scrolled, at one and the same address: where a row stood another
 * one stands, and none of those that stood in the list is among them. Places are those in the scrolled content, so that
 * rows which are not drawn yet, or not moved yet, prove nothing.
 */
export function watchRows() {
  let before = new Map<string, Place>();
  return {
    forget: () => before.clear(),
    /** To be asked at every look; it costs little as long as nothing is ticked. */
    areReplaced(list: ShownList, isAnyTicked: boolean): boolean {
      if (!isAnyTicked) {
        before.clear();
        return false;
      }
      const now = placesOf(list);
      const places = [...before.values()];
      const stoodThere = ({ top, bottom }: Place) => {
        const middle = (top + bottom) / 2;
        return places.some((place) => place.top < middle && middle < place.bottom);
      };
      const isReplaced = ![...now.keys()].some((key) => before.has(key)) && [...now.values()].some(stoodThere);
      before = isReplaced || before.size > MOST_PLACES ? now : new Map([...before, ...now]);
      return isReplaced;
    },
  };
}

function placesOf(list: ShownList): Map<string, Place> {
  const scrolled = new Map<Element | null, number>();
  const places = new Map<string, Place>();
  for (const row of endsOf(list.all(), LOOKED_AT)) {
    const [part] = row;
    const key = list.key(row);
    if (key === null || part === undefined) continue;
    const parent = part.parentElement;
    const by = scrolled.get(parent) ?? scrollAround(parent);
    scrolled.set(parent, by);
    const { top, height } = part.getBoundingClientRect();
    if (height > 0) places.set(key, { top: top + by, bottom: top + by + height });
  }
  return places;
}

function scrollAround(element: Element | null): number {
  let by = 0;
  for (let at = element; at !== null; at = at.parentElement) by += at.scrollTop;
  return by;
}
