import { watchModals } from "./modals.ts";

/** How often we come back to a page that throws us out before we leave it alone. */
const PATIENCE = 5;
const FIRST_PAUSE_MS = 20;
const SETTLED_MS = 200;
/** Firefox loads a frame anew when the host of a shadow tree around it is moved, in whatever way. */
const MOVES_FRAMES = !import.meta.env.FIREFOX;
/** A page that has put up with us for so long has not thrown us out on principle. */
const PEACE_MS = 60_000;

export interface Keeping {
  signal: AbortSignal;
  /** We were thrown out and are back: what was framed in us is lost. */
  onBack: () => void;
  /** We may be somewhere else, or have another size. */
  onMoved: () => void;
  /** The page does not want us, and we have given up. */
  onGone: () => void;
}

/**
 * Keeps our one node, a popover, where it can be seen and used: in the page at all, in front of what the page puts in
 * front, and inside of a modal dialog or of what fills the screen, since everything outside of those is dead to the user.
 * In front means the top layer: nothing that the page does to its root element shows there.
 */
export function keepInPage(host: HTMLElement, { signal, onBack, onMoved, onGone }: Keeping) {
  const modals = watchModals(settle, signal);
  const mayReturn = createPatience();
  let isOpen = false;
  // Told once a frame when the node loses its size, whoever removed or hid it and however: a page that does so whenever we
  // come back cannot make a race of it.
  const observer = new ResizeObserver(() => setTimeout(settle));

  function settle(): void {
    if (signal.aborted) return;
    if (host.isConnected) moveHome();
    // A newer generation of this extension may have taken our place.
    else if (document.querySelector(host.localName) === null) mayReturn(comeBack, onGone);
    else onGone();
  }

  function comeBack(): void {
    if (signal.aborted || host.isConnected) return;
    moveHome();
    onBack();
    // Thrown out again before the next frame, we never had a size to lose.
    setTimeout(settle, SETTLED_MS);
  }

  function moveHome(): void {
    onMoved();
    const home = modals.top() ?? roomFor(isOpen);
    if (host.parentNode === home) return;
    const losesFrame = host.isConnected && isOpen && !MOVES_FRAMES;
    // An open panel waits behind what comes to the front rather than start anew, but not in what has gone.
    if (losesFrame && home !== document.documentElement) return;
    move(host, home);
    if (losesFrame) onBack();
    raise();
  }

  /** To the front of the top layer; away from it where a part of the page has the whole screen and we are closed. */
  function raise(): void {
    if (!host.isConnected) return;
    if (host.matches(":popover-open")) host.hidePopover();
    if (isOpen || fullscreenPart() === null) host.showPopover();
  }

  function moveToFront(): void {
    moveHome();
    raise();
  }

  moveHome();
  observer.observe(host);
  addEventListener("fullscreenchange", moveToFront, { capture: true, passive: true, signal });
  signal.addEventListener("abort", () => {
    observer.disconnect();
    host.remove();
  });
  return {
    /** Whether there is an open panel to show in us. */
    showOpen(open: boolean): void {
      isOpen = open;
      moveToFront();
    },
  };
}

/** Does something a few times, ever more slowly, and then something else for good. */
function createPatience() {
  let times = 0;
  let last = 0;
  let isWaiting = false;
  return (again: () => void, enough: () => void): void => {
    // Being thrown out once may be noticed twice.
    if (isWaiting) return;
    const now = Date.now();
    if (now - last > PEACE_MS) times = 0;
    last = now;
    times += 1;
    if (times > PATIENCE) enough();
    else {
      isWaiting = true;
      setTimeout(
        () => {
          isWaiting = false;
          again();
        },
        FIRST_PAUSE_MS * 2 ** times,
      );
    }
  };
}

/** The part of the page that has the screen for itself; none where that is the page as a whole. */
function fullscreenPart(): Element | null {
  let part = document.fullscreenElement;
  while (part?.shadowRoot?.fullscreenElement) part = part.shadowRoot.fullscreenElement;
  return part === document.documentElement ? null : part;
}

/** Where there is no dialog. A film has the screen for itself: what is put into it is never shown. */
function roomFor(isOpen: boolean): Element {
  const part = isOpen ? fullscreenPart() : null;
  return part?.matches("video,iframe,img,canvas,object,embed") === false ? part : document.documentElement;
}

function move(host: Element, home: Element): void {
  if (host.isConnected && MOVES_FRAMES) home.moveBefore(host, null);
  else home.append(host);
}
