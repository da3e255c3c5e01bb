/** A cover that lifts at the last moment is a cover. */
const STEADY_MS = 300;
/** What the browser tells of a cover is late by so much at most. */
const LAG_MS = 200;
/** Whatever has just come to the front may take so long to be seen. */
const ARRIVAL_MS = 300;

/** What the browser told of whether something can be seen, and what that makes of a press. Times are the document's. */
export class Sight {
  /** When the browser first told, since it came to the front. */
  #firstTold: number | null = null;
  #seenSince = Number.POSITIVE_INFINITY;

  /** It was drawn, or is back in front: what was told before says nothing of a page that hides it. */
  arrive(): void {
    this.#firstTold = null;
    this.#seenSince = Number.POSITIVE_INFINITY;
  }

  tell(isSeen: boolean, at: number): void {
    this.#firstTold ??= at;
    this.#seenSince = isSeen ? Math.min(this.#seenSince, at) : Number.POSITIVE_INFINITY;
  }

  /**
   * Whether it was in plain sight for a moment before the press, and still was after: a cover that lifts because of the
   * press is no less a cover. Null as long as that is not known. A press while it is still arriving waits for what follows.
   */
  judge(pressedAt: number, now: number): boolean | null {
    if (now < pressedAt + LAG_MS) return null;
    if (this.#seenSince + STEADY_MS <= pressedAt) return true;
    if (this.#firstTold === null) return null;
    if (Math.min(this.#seenSince, now) > this.#firstTold + ARRIVAL_MS) return false;
    return now >= this.#seenSince + STEADY_MS ? true : null;
  }
}
