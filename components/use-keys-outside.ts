import { useEffect, useRef } from "preact/hooks";
import { isWriting } from "./panel-keys.ts";

/**
 * Keys pressed while nothing in particular has the focus, such as right after the panel opened. Where a field went away
 * under somebody's hands, what they go on typing is no key of ours until they are somewhere else.
 */
export function useKeysOutside(root: { current: HTMLElement | null }, hear: (event: KeyboardEvent) => void) {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const page = root.current?.ownerDocument;
    if (page === undefined) return undefined;
    let place: EventTarget | null = null;
    const move = ({ type, target }: Event) => {
      place = type === "focusin" ? target : null;
    };
    const isTyping = () => place instanceof Node && !place.isConnected && isWriting(place);
    const listen = (event: KeyboardEvent) => {
      if (event.target === page.body && !(isTyping() && event.key !== "Escape")) latest.current(event);
    };
    page.addEventListener("focusin", move);
    page.addEventListener("pointerdown", move);
    page.addEventListener("keydown", listen);
    return () => {
      page.removeEventListener("focusin", move);
      page.removeEventListener("pointerdown", move);
      page.removeEventListener("keydown", listen);
    };
  }, [root]);
}
