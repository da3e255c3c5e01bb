import { setTimeout as sleepFor } from "node:timers/promises";
import type { Json } from "./payloads.ts";
import type { SigningKey } from "./signing-key.ts";

export interface WebhookAttempt {
  url: string;
  attempt: number;
  at: string;
  /** The receiver's status, or null when it did not answer in time or at all. */
  status: number | null;
}

export interface WebhookRecord {
  id: string;
  occurredAt: string;
  type: string;
  payload: Json;
  attempts: WebhookAttempt[];
  outcome: "pending" | "delivered" | "gave_up";
}

interface Parts {
  key: SigningKey;
  now: () => Date;
  newId: () => string;
  timeoutMs: number;
  retryMs: number;
}

/** The vendor tries each URL three times. */
const TRIES_PER_URL = 3;
const RECORDS_KEPT = 1000;

/** Delivers webhooks as the vendor does: signed, within a time limit, retried, then to the next URL. */
export class WebhookSender {
  records: WebhookRecord[] = [];
  #parts: Parts;
  #running = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An event that has happened. Nothing is sent yet. */
  record(type: string, payload: Json): WebhookRecord {
    const record: WebhookRecord = {
      id: this.#parts.newId(),
      occurredAt: this.#parts.now().toISOString(),
      type,
      payload,
      attempts: [],
      outcome: "pending",
    };
    this.records = [...this.records, record].slice(-RECORDS_KEPT);
    return record;
  }

  /**
   * Delivers an event; again for a duplicate, which keeps its id. Settles when the first URL has been tried once,
   * whatever came of it: the other tries go on behind.
   */
  send(record: WebhookRecord, urls: readonly string[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    void this.#deliver(record, urls, resolve).finally(resolve);
    return promise;
  }

  reset(): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.records = [];
  }

  close(): void {
    this.#running.abort();
  }

  async #deliver(record: WebhookRecord, urls: readonly string[], tried: () => void): Promise<void> {
    const { signal } = this.#running;
    let attempt = 0;
    for (const url of urls) {
      for (let tries = 0; tries < TRIES_PER_URL; tries += 1) {
        if (attempt > 0) await sleepFor(this.#parts.retryMs, undefined, { signal }).catch(() => {});
        if (signal.aborted) return;
        attempt += 1;
        const status = await this.#post(record, url, attempt, signal);
        record.attempts.push({ url, attempt, at: this.#parts.now().toISOString(), status });
        tried();
        if (status !== null && status >= 200 && status < 300) {
          record.outcome = "delivered";
          return;
        }
      }
    }
    if (record.outcome === "pending") record.outcome = "gave_up";
  }

  async #post(record: WebhookRecord, url: string, attempt: number, closing: AbortSignal): Promise<number | null> {
    const body = JSON.stringify({
      data: {
        event_type: record.type,
        id: record.id,
        occurred_at: record.occurredAt,
        payload: record.payload,
        record_type: "event",
      },
      meta: { attempt, delivered_to: url },
    });
    const timestamp = String(Math.floor(this.#parts.now().getTime() / 1000));
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "telnyx-webhooks",
          "telnyx-timestamp": timestamp,
          "telnyx-signature-ed25519": this.#parts.key.sign(timestamp, body),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([AbortSignal.timeout(this.#parts.timeoutMs), closing]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }
}
