import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ThreadItem } from "../../utils/models/thread-items.ts";

/** So near to the bottom counts as being there: new messages keep it there. */
const AT_BOTTOM_PX = 40;

/** Keeps a thread where its reader is: at the bottom, or on the message they look at while older ones come in above. */
export function useThreadScroll(box: RefObject<HTMLDivElement | null>, items: readonly ThreadItem[]) {
  const atBottom = useRef(true);
  const before = useRef<{ height: number; first: string | undefined; last: string | undefined; top: number } | null>(
    null,
  );
  const first = items.find((item) => item.kind === "message")?.key;
  const last = items.at(-1)?.key;
  const ownLast = items.at(-1)?.kind === "pending";

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || items.length === 0) return;
    const was = before.current;
    if (was === null) showStart(element);
    else if (atBottom.current || (ownLast && was.last !== last)) element.scrollTop = element.scrollHeight;
    else if (was.first !== first) element.scrollTop = was.top + element.scrollHeight - was.height;
    before.current = { height: element.scrollHeight, first, last, top: element.scrollTop };
  }, [box, items, first, last, ownLast]);

  return {
    onScroll() {
      const element = box.current;
      if (element === null) return;
      atBottom.current = element.scrollHeight - element.scrollTop - element.clientHeight < AT_BOTTOM_PX;
      if (before.current !== null) before.current.top = element.scrollTop;
    },
  };
}

/** At the line above what is new; else at the end. */
function showStart(element: HTMLElement): void {
  const line = element.querySelector("[data-new]");
  if (line === null) element.scrollTop = element.scrollHeight;
  // Not scrollIntoView: that would scroll the page around the panel as well.
  else
    element.scrollTop +=
      line.getBoundingClientRect().top - element.getBoundingClientRect().top - element.clientHeight / 3;
}
