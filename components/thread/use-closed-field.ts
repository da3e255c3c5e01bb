import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { IN_PLACE_OF_FIELD, takeFocus } from "../take-focus.ts";

/** Where the field is taken away from somebody who writes in it, the focus goes to what says why. */
export function useClosedField(view: RefObject<HTMLElement | null>, isClosed: boolean): () => void {
  const isTaken = useRef(false);
  useLayoutEffect(() => {
    if (!isClosed || !isTaken.current) return undefined;
    isTaken.current = false;
    return takeFocus(() => view.current?.querySelector<HTMLElement>(`[${IN_PLACE_OF_FIELD}]`)?.focus());
  }, [view, isClosed]);
  return () => {
    isTaken.current = true;
  };
}
