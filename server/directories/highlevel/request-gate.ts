import { setTimeout as sleepFor } from "node:timers/promises";

/**
 * Somebody in front of a screen waits for the answer, and gives up after a while; or it is for a group's sake, as after a
 * webhook, and waited for as long as it takes; or nobody waits.
 */
export type Urgency = "now" | "soon" | "whenever";

/** There is no place before whoever asked gives up. */
export class NoPlaceError extends Error {
  override name = "NoPlaceError";
  /** How long until there may be one; null where that is up to calls that are still under way. */
  readonly waitMs: number | null;

  constructor(waitMs: number) {
    super("no place at the gate");
    this.waitMs = Number.isFinite(waitMs) ? waitMs : null;
  }
}

/** What the CRM says of its limits with every answer; null where it says nothing. */
export interface LimitReport {
  max: number | null;
  remaining: number | null;
  /** What is left of the day. */
  dailyLeft: number | null;
  intervalMs: number | null;
  /** For how long to ask nothing more; set with a refusal. */
  pauseMs: number | null;
}

export interface GateConfig {
  max: number;
  intervalMs: number;
}

/** A later answer may bring better news than was expected. */
const LOOK_AGAIN_MS = 50;

/**
 * Lets no more calls out than the CRM takes in one interval, and queues the rest in their order; nothing is dropped.
 * A call counts from its start until an interval after its answer, because when it was counted at the other end is not
 * known: any window of theirs then holds at most `max` of ours. What other replicas use up shows in `remaining`.
 */
export class RequestGate {
  #limit: GateConfig;
  #inFlight = 0;
  /** When the calls of the last interval were answered. */
  #answered: number[] = [];
  #pausedUntil = 0;
  /** What the CRM said is left, less what went out since; believed until an interval has passed. */
  #reported: { left: number; until: number } | null = null;
  readonly #waiting: Record<"first" | "last", (() => void)[]> = { first: [], last: [] };
  #pumping = false;

  constructor(limit: GateConfig) {
    this.#limit = limit;
  }

  /**
   * Waits for a place; hand back what came of it.
   * @param deadline when whoever asks gives up: a `NoPlaceError` then, or at once where it is known to be later
   */
  async enter(urgency: Urgency, deadline = Infinity): Promise<(report: LimitReport | null) => void> {
    const waitMs = this.#waitMs(Date.now());
    if (waitMs !== Infinity && Date.now() + waitMs > deadline) throw new NoPlaceError(waitMs);
    await this.#place(this.#waiting[urgency === "whenever" ? "last" : "first"], deadline);
    let left = false;
    return (report) => {
      if (left) return;
      left = true;
      this.#leave(report);
    };
  }

  async #place(queue: (() => void)[], deadline: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    queue.push(resolve);
    const giveUp = () => {
      const at = queue.indexOf(resolve);
      if (at === -1) return;
      queue.splice(at, 1);
      reject(new NoPlaceError(this.#waitMs(Date.now())));
    };
    const timer = deadline === Infinity ? undefined : setTimeout(giveUp, deadline - Date.now());
    void this.#pump();
    await promise.finally(() => clearTimeout(timer));
  }

  #leave(report: LimitReport | null): void {
    const now = Date.now();
    this.#inFlight -= 1;
    this.#answered.push(now);
    if (report !== null) this.#learn(report, now);
    void this.#pump();
  }

  #learn({ max, remaining, intervalMs, pauseMs }: LimitReport, now: number): void {
    this.#limit = { max: max ?? this.#limit.max, intervalMs: intervalMs ?? this.#limit.intervalMs };
    // Those still under way may or may not be in its count: taken as not, so as never to be over.
    if (remaining !== null) {
      this.#reported = { left: remaining - this.#inFlight, until: now + this.#limit.intervalMs };
    }
    if (pauseMs !== null) this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#waiting.first.length + this.#waiting.last.length > 0) {
      const waitMs = this.#waitMs(Date.now());
      // Everything is under way: whoever comes back first starts this again.
      if (waitMs === Infinity) break;
      if (waitMs > 0) {
        await sleepFor(Math.min(waitMs, LOOK_AGAIN_MS));
        continue;
      }
      this.#inFlight += 1;
      if (this.#reported !== null) this.#reported.left -= 1;
      (this.#waiting.first.shift() ?? this.#waiting.last.shift())?.();
    }
    this.#pumping = false;
  }

  /** How long until the next call may go out. */
  #waitMs(now: number): number {
    const { max, intervalMs } = this.#limit;
    if (now < this.#pausedUntil) return this.#pausedUntil - now;
    if (this.#reported !== null && this.#reported.left <= 0 && now < this.#reported.until) {
      return this.#reported.until - now;
    }
    this.#answered = this.#answered.filter((at) => at >= now - intervalMs);
    if (this.#inFlight + this.#answered.length < max) return 0;
    const oldest = this.#answered[0];
    return oldest === undefined ? Infinity : oldest + intervalMs - now + 1;
  }
}
