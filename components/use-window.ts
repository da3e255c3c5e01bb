import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Below this many items drawing them all is cheaper than deciding which to draw. */
const DRAWN_WHOLE = 100;

export interface Slice {
  items: { index: number; start: number }[];
  height: number;
  reveal(index: number): void;
}

/** The part of a long list that is in view, for items whose height is known. */
export function useWindow(
  count: number,
  heightOf: (index: number) => number,
  scroller: () => HTMLElement | null,
): Slice {
  const [, redraw] = useState(0);
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count,
    enabled: count > DRAWN_WHOLE,
    getScrollElement: scroller,
    estimateSize: heightOf,
    overscan: 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw((times) => times + 1),
  };
  const kept = useRef<Virtualizer<HTMLElement, HTMLElement> | null>(null);
  kept.current ??= new Virtualizer(options);
  const virtualizer = kept.current;
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());

  if (count > DRAWN_WHOLE) {
    return {
      items: virtualizer.getVirtualItems(),
      height: virtualizer.getTotalSize(),
      reveal: (index) => virtualizer.scrollToIndex(index),
    };
  }
  return { ...stackAll(count, heightOf), reveal: () => undefined };
}

function stackAll(count: number, heightOf: (index: number) => number): Omit<Slice, "reveal"> {
  let height = 0;
  const items = Array.from({ length: count }, (_, index) => {
    const start = height;
    height += heightOf(index);
    return { index, start };
  });
  return { items, height };
}
