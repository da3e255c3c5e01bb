import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { setTimeout as sleepFor } from "node:timers/promises";

export interface SentEvent {
  webhookId: string;
  type: string;
  body: string;
  /** The receiver's status at each attempt; null where it did not answer. */
  attempts: (number | null)[];
}

const TRIES = 4;
const TIMEOUT_MS = 5_000;

/** Signs webhooks as the vendor does: Ed25519 over the raw body, in base64. */
export class EventSender {
  readonly #url: string;
  readonly #retryMs: number;
  readonly #privateKey = generateKeyPairSync("ed25519").privateKey;
  readonly #stopped = new AbortController();
  readonly sent: SentEvent[] = [];

  constructor(url: string, retryMs: number) {
    this.#url = url;
    this.#retryMs = retryMs;
  }

  /** As the vendor publishes it: the DER of the key, in base64. */
  get publicKey(): string {
    return createPublicKey(this.#privateKey).export({ type: "spki", format: "der" }).toString("base64");
  }

  signatureOf(body: string): string {
    return sign(null, Buffer.from(body), this.#privateKey).toString("base64");
  }

  /** Delivers in the background until somebody accepts it. */
  deliver(event: { webhookId: string; type: string }, body: string): void {
    const record: SentEvent = { ...event, body, attempts: [] };
    this.sent.push(record);
    void this.#deliver(record);
  }

  /** One attempt, with whatever signature is given; null leaves the header out. */
  async post(body: string, signature: string | null): Promise<number | null> {
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(signature === null ? {} : { "x-ghl-signature": signature }),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#stopped.signal]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }

  close(): void {
    this.#stopped.abort();
  }

  async #deliver(record: SentEvent): Promise<void> {
    for (let attempt = 0; attempt < TRIES && !this.#stopped.signal.aborted; attempt += 1) {
      const status = await this.post(record.body, this.signatureOf(record.body));
      record.attempts.push(status);
      if (status !== null && status < 300) return;
      await sleepFor(this.#retryMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }
}
