/** What a page listens to for its hotkeys, its popovers and its focus traps. */
const KEPT = (
  "pointerdown pointerup lostpointercapture mousedown mouseup touchstart touchend click dblclick auxclick contextmenu " +
  "keydown keypress keyup focus focusin blur focusout"
).split(" ");
/** Listened to only while something of ours is being dragged: a page has many of them. */
const MOVES = ["pointermove", "mousemove"];
/** A hand that presses moves a little. */
const SLACK = 4;

export interface Hearing {
  /** By hand or by key; the end of a drag is none. */
  click?: () => void;
  keydown?: (event: KeyboardEvent) => void;
  keyup?: (event: KeyboardEvent) => void;
  focusin?: () => void;
  mousedown?: (event: MouseEvent) => void;
  pointerdown?: (event: PointerEvent) => void;
  /** Of a pointer that was captured, once it went further than a press does; then its end. */
  pointermove?: (event: PointerEvent) => void;
  lostpointercapture?: () => void;
}

/**
 * Keeps what is done to us from the page's listeners, to which it would look like something done in the page: stopped at
 * the window, on the way down, before any listener but those that a page put on its window before we came. What a page
 * makes up is stopped too, and not heard.
 */
export function keepEvents(host: HTMLElement, shadow: ShadowRoot, signal: AbortSignal) {
  const hearings = new Map<Element, Hearing>();
  let captured: Element | null = null;
  let from = { clientX: 0, clientY: 0 };
  let dragged = false;

  function keep(event: Event): void {
    // A dialog that we are in may be in a shadow tree.
    if (!event.composedPath().includes(host)) return;
    event.stopImmediatePropagation();
    if (event.isTrusted) pass(event, captured ?? placeOf(event)?.closest("button,[tabindex]"));
  }

  function pass(event: Event, control: Element | null | undefined): void {
    const kind = isLetGo(event) ? "lostpointercapture" : (event.type as keyof Hearing);
    if (kind === "lostpointercapture") release();
    if (control && isMeant(event)) hearings.get(control)?.[kind]?.(event as never);
  }

  /** From outside, a closed tree's events all seem to happen to its host. */
  function placeOf(event: Event): Element | null {
    // Keys, screen readers and Enter click without a place.
    const isPlaced = event instanceof MouseEvent && (event.detail > 0 || event.type !== "click");
    if (isPlaced) return shadow.elementFromPoint(event.clientX, event.clientY);
    return shadow.activeElement ?? shadow.querySelector("button");
  }

  function isMeant(event: Event): boolean {
    if (!(event instanceof MouseEvent)) return true;
    if (event.type === "click" && event.detail === 0) return true;
    if (event.type === "pointerdown") {
      from = event;
      dragged = false;
    }
    dragged ||= Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > SLACK;
    return event.type === "click" ? !dragged : dragged || event.type.endsWith("down");
  }

  function release(): void {
    captured?.parentElement?.classList.remove("held");
    captured = null;
    for (const kind of MOVES) removeEventListener(kind, keep, true);
  }

  for (const kind of KEPT) addEventListener(kind, keep, { capture: true, signal });
  return {
    hear: (control: Element, hearing: Hearing) => void hearings.set(control, { ...hearings.get(control), ...hearing }),
    /** Until the pointer is let go, its moves are this control's, wherever it goes. */
    capture(control: Element, { pointerId }: PointerEvent): void {
      control.setPointerCapture(pointerId);
      captured = control;
      // A frame below the pointer would take its moves.
      control.parentElement?.classList.add("held");
      for (const kind of MOVES) addEventListener(kind, keep, { capture: true, signal });
    },
  };
}

/** The pointer was let go where nobody told us. */
function isLetGo(event: Event): boolean {
  return event.type === "pointermove" && (event as PointerEvent).buttons === 0;
}
