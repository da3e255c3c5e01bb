import { Sight } from "./models/sight.ts";

const PATIENCE_MS = 2_000;
const STEP_MS = 25;
/** What a press begins with. A click ends one, unless no pointer and no key made it. */
const PRESSES = ["pointerdown", "keydown", "click"];
/** The browser judges the frame as a whole, of which this is a part that nothing of ours is ever in front of. */
const PROBE = "position:fixed;inset:auto 0 0 auto;width:8px;height:8px;z-index:2147483647;pointer-events:none";

/**
 * Answers whether the panel was in plain sight when it was last pressed: a page that frames it may hide it or make it
 * transparent, so that its user presses what they do not see. True where no page does, and in Firefox, which does not tell.
 */
export function watchPlainSight(): () => Promise<boolean> {
  if (window.top === window || !("isVisible" in IntersectionObserverEntry.prototype)) return async () => true;
  const sight = new Sight();
  let pressedAt = 0;

  function hear(event: Event): void {
    const isLate = event.type === "click" && (event as MouseEvent).detail > 0;
    if (event.isTrusted && !isLate) pressedAt = event.timeStamp;
  }
  for (const kind of PRESSES) addEventListener(kind, hear, { capture: true, passive: true });
  watch(sight);

  return async () => {
    const pressed = pressedAt;
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
      const judged = sight.judge(pressed, performance.now());
      if (judged !== null) return judged;
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
    return false;
  };
}

function watch(sight: Sight): void {
  const probe = document.createElement("i");
  probe.style.cssText = PROBE;
  const options: Tracking = { trackVisibility: true, delay: 100, threshold: 0.9 };
  const observer = new IntersectionObserver((entries) => {
    // A tab in the background is not hidden by its page.
    for (const entry of document.hidden ? [] : (entries as Tracked[])) sight.tell(entry.isVisible, entry.time);
  }, options);

  function arrive(): void {
    sight.arrive();
    // Told anew: coming back changes nothing that the browser would tell of.
    observer.unobserve(probe);
    observer.observe(probe);
  }
  document.body.append(probe);
  arrive();
  // A frame that gets another size or zoom is not seen for a moment.
  addEventListener("resize", arrive);
  document.addEventListener("visibilitychange", arrive);
}

/** The second version of the observer, which the library's types do not know yet. */
interface Tracking extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}

interface Tracked extends IntersectionObserverEntry {
  isVisible: boolean;
}
