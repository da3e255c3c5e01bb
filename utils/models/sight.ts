/** A cover that lifts at the last moment is a cover. */
const STEADY_MS = 300;
const PATIENCE_MS = 1_000;
const STEP_MS = 50;

export interface Sight {
  /** Whether the element is in plain sight and has been for a moment; waits for it a little. */
  isSteady(): Promise<boolean>;
  end(): void;
}

/**
 * Watches whether a page that frames us hides an element or makes it transparent, so that its user would press what they do
 * not see. Null where no page does, and in Firefox, which does not tell.
 */
export function watchSight(element: Element): Sight | null {
  if (window.top === window || !("isVisible" in IntersectionObserverEntry.prototype)) return null;
  let since = Number.POSITIVE_INFINITY;
  // Not quite the whole of it: at some zooms a button is cut off by a part of a pixel.
  const options: Tracking = { trackVisibility: true, delay: 100, threshold: 0.9 };
  const observer = new IntersectionObserver((entries) => {
    const isVisible = (entries.at(-1) as { isVisible?: boolean } | undefined)?.isVisible === true;
    since = isVisible ? Math.min(since, performance.now()) : Number.POSITIVE_INFINITY;
  }, options);
  observer.observe(element);
  const isSteadyNow = () => performance.now() - since >= STEADY_MS;

  return {
    async isSteady() {
      for (let waited = 0; waited < PATIENCE_MS && !isSteadyNow(); waited += STEP_MS) {
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      }
      return isSteadyNow();
    },
    end: () => observer.disconnect(),
  };
}

/** The second version of the observer, which the library's types do not know yet. */
interface Tracking extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}
