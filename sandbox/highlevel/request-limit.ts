export interface LimitConfig {
  /** How many calls fit in one interval. */
  max: number;
  intervalMs: number;
  daily: number;
}

/** What the vendor grants each app for each location: 100 calls in ten seconds, 200,000 a day. */
export const VENDOR_LIMIT: LimitConfig = { max: 100, intervalMs: 10_000, daily: 200_000 };

export interface Admission {
  admitted: boolean;
  headers: Record<string, string>;
}

/** Counts calls in a sliding window: stricter than a window that starts afresh, so whoever satisfies this satisfies that. */
export class RequestLimit {
  refused = 0;
  readonly #config: LimitConfig;
  #arrivals: number[] = [];
  #today = 0;

  constructor(config: LimitConfig) {
    this.#config = config;
  }

  admit(atMs: number): Admission {
    const { max, intervalMs, daily } = this.#config;
    this.#arrivals = this.#arrivals.filter((arrival) => arrival > atMs - intervalMs);
    const admitted = this.#arrivals.length < max && this.#today < daily;
    if (admitted) {
      this.#arrivals.push(atMs);
      this.#today += 1;
    } else this.refused += 1;
    return {
      admitted,
      headers: {
        "x-ratelimit-limit-daily": String(daily),
        "x-ratelimit-daily-remaining": String(daily - this.#today),
        "x-ratelimit-interval-milliseconds": String(intervalMs),
        "x-ratelimit-max": String(max),
        "x-ratelimit-remaining": String(max - this.#arrivals.length),
      },
    };
  }
}
