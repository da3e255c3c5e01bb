/** A cover that lifts at the last moment is a cover. */
const STEADY_MS = 300;
/** How long a button that has just been drawn takes to be seen; nobody has written anything by then. */
const DRAWING_MS = 500;
const PATIENCE_MS = 1_000;
const STEP_MS = 50;

export interface Sight {
  /** Whether the element is in plain sight and was so for a moment when it was pressed, which is now. */
  isSteady(): Promise<boolean>;
  end(): void;
}

/**
 * Watches whether a page that frames us hides an element or makes it transparent, so that its user would press what they do
 * not see. Null where no page does, and in Firefox, which does not tell.
 */
export function watchSight(element: Element): Sight | null {
  if (window.top === window || !("isVisible" in IntersectionObserverEntry.prototype)) return null;
  const drawnAt = performance.now() + DRAWING_MS;
  let since = Number.POSITIVE_INFINITY;
  let wasHidden = false;
  // Not quite the whole of it: at some zooms a button is cut off by a part of a pixel.
  const options: Tracking = { trackVisibility: true, delay: 100, threshold: 0.9 };
  const observer = new IntersectionObserver((entries) => {
    const isVisible = (entries.at(-1) as { isVisible?: boolean } | undefined)?.isVisible === true;
    since = isVisible ? Math.min(since, performance.now()) : Number.POSITIVE_INFINITY;
    if (!isVisible && performance.now() > drawnAt) wasHidden = true;
  }, options);
  observer.observe(element);
  const isSteadyFor = (moment: number) => moment - since >= STEADY_MS;

  return {
    async isSteady() {
      if (isSteadyFor(performance.now())) return true;
      // A cover that lifts because of the press is no less a cover; only what has never been hidden is waited for.
      for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
        if (wasHidden) return false;
        if (isSteadyFor(performance.now())) return true;
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      }
      return false;
    },
    end: () => observer.disconnect(),
  };
}

/** The second version of the observer, which the library's types do not know yet. */
interface Tracking extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}
