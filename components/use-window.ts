import { useLayoutEffect, useState } from "preact/hooks";

/** Below this many items drawing them all is cheaper than deciding which to draw. */
const DRAWN_WHOLE = 100;
/** Scrolled so far, what is drawn is chosen anew. */
const STEP_PX = 280;
/** Drawn above and below what is in view, so that fast scrolling shows no gap. */
const MARGIN_PX = 560;

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
  const isLong = count > DRAWN_WHOLE;
  const view = useView(isLong, scroller);
  const { items, height } = stack(count, heightOf);
  if (!isLong) return { items, height, reveal: () => undefined };
  const from = view.top - MARGIN_PX;
  const to = view.top + STEP_PX + view.height + MARGIN_PX;
  return {
    items: items.filter(({ index, start }) => start + heightOf(index) > from && start < to),
    height,
    reveal(index) {
      const element = scroller();
      const item = items[index];
      if (element === null || item === undefined) return;
      const below = item.start + heightOf(index) - element.clientHeight;
      element.scrollTop = Math.max(Math.min(element.scrollTop, item.start), below);
    },
  };
}

/** What of the list is in view, its top rounded down to whole steps: between them nothing is drawn again. */
function useView(isLong: boolean, scroller: () => HTMLElement | null): { top: number; height: number } {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = isLong ? scroller() : null;
    if (element === null) return;
    const look = () => {
      setTop(Math.floor(element.scrollTop / STEP_PX) * STEP_PX);
      setHeight(element.clientHeight);
    };
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the list's own element stays the same
  }, [isLong]);
  return { top, height };
}

function stack(count: number, heightOf: (index: number) => number): Omit<Slice, "reveal"> {
  let height = 0;
  const items = Array.from({ length: count }, (_, index) => {
    const start = height;
    height += heightOf(index);
    return { index, start };
  });
  return { items, height };
}
