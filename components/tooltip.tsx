import "./tooltip.css";
import type { ButtonHTMLAttributes } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const DELAY_MS = 400;
const GAP_PX = 4;
const EDGE_PX = 8;

type Hearing = Pick<
  ButtonHTMLAttributes,
  "onPointerEnter" | "onPointerLeave" | "onPointerDown" | "onFocus" | "onBlur" | "onKeyDown"
>;

/** Whether a button's tooltip is shown, and what the button has to hear for it: a pointer that rests, a focus by keys. */
export function useTooltip(): { isShown: boolean; hearing: Hearing } {
  const [isShown, setShown] = useState(false);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = () => {
    clearTimeout(pause.current);
    setShown(false);
  };
  useEffect(() => () => clearTimeout(pause.current), []);
  const hearing: Hearing = {
    onPointerEnter: ({ pointerType }) => {
      if (pointerType !== "touch") pause.current = setTimeout(() => setShown(true), DELAY_MS);
    },
    onPointerLeave: hide,
    onPointerDown: hide,
    onFocus: ({ currentTarget }) => setShown(currentTarget.matches(":focus-visible")),
    onBlur: hide,
    // Heard on the way: Escape goes a level back all the same.
    onKeyDown: hide,
  };
  return { isShown, hearing };
}

/** Beside its button, and within the window. The button has the same words for its name: here they would be read twice. */
export function Tooltip({ text, anchor }: { text: string; anchor: { current: HTMLElement | null } }) {
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (bubble.current !== null && anchor.current !== null) place(bubble.current, anchor.current);
  }, [text, anchor]);
  return (
    <div ref={bubble} class="tooltip" aria-hidden="true">
      {text}
    </div>
  );
}

function place(bubble: HTMLElement, anchor: HTMLElement): void {
  const { width, height } = bubble.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  const middle = at.left + (at.width - width) / 2;
  const below = at.bottom + GAP_PX;
  bubble.style.left = `${Math.max(EDGE_PX, Math.min(middle, innerWidth - width - EDGE_PX))}px`;
  bubble.style.top = `${below + height + EDGE_PX > innerHeight ? at.top - GAP_PX - height : below}px`;
}
