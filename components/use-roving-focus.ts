import { useRef, useState } from "preact/hooks";

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** One tab stop for a whole list: arrows, Home and End move within it. `reveal` brings an item into the document first. */
export function useRovingFocus(count: number, reveal: (index: number) => void = () => undefined) {
  const [wanted, setWanted] = useState(0);
  const elements = useRef(new Map<number, HTMLElement>());
  const pending = useRef<number | null>(null);
  const active = Math.min(wanted, Math.max(count - 1, 0));

  return {
    onKeyDown: (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step === undefined || count === 0) return;
      event.preventDefault();
      const next = step(active, count - 1);
      setWanted(next);
      reveal(next);
      const element = elements.current.get(next);
      if (element === undefined) pending.current = next;
      else element.focus();
    },
    item: (index: number) => ({
      tabIndex: index === active ? 0 : -1,
      onFocus: () => setWanted(index),
      ref(element: HTMLElement | null) {
        if (element === null) {
          elements.current.delete(index);
          return;
        }
        elements.current.set(index, element);
        // Scrolled into being by `reveal`: only now can it take the focus.
        if (pending.current === index) {
          pending.current = null;
          element.focus();
        }
      },
    }),
  };
}
