import { setTimeout as sleepFor } from "node:timers/promises";
import { calmBehaviour, type Behaviour } from "./behaviour.ts";
import { MAGIC_NUMBERS } from "./magic-numbers.ts";
import { profileOf, type OwnNumber } from "./own-number.ts";
import type { PictureStore } from "./picture-store.ts";
import type { StateFile } from "./state-file.ts";
import { emptyState, type CarrierState, type Fate } from "./state.ts";
import type { WebhookSender } from "./webhook-sender.ts";

/** How long things take on the emulated network. The webhook figures are the vendor's own. */
export interface Delays {
  sentMs: number;
  finalizedMs: number;
  slowMs: number;
  webhookTimeoutMs: number;
  webhookRetryMs: number;
}

/** One call to the API as it came in, for tests and the curious. */
export interface RequestRecord {
  at: string;
  method: string;
  path: string;
  body: unknown;
  status: number | null;
}

export interface CarrierParts {
  numbers: readonly OwnNumber[];
  webhook: { url: string; failoverUrl?: string };
  file: StateFile;
  pictures: PictureStore;
  webhooks: WebhookSender;
  delays: Delays;
  now: () => Date;
  newId: () => string;
  random: () => number;
}

/** The running carrier: its memory, its manners, and who wants to hear of changes. */
export class Carrier {
  readonly parts: CarrierParts;
  behaviour: Behaviour = calmBehaviour();
  requests: RequestRecord[] = [];
  /** Where this carrier is reached, for media URLs. Known once it listens. */
  url = "";
  #listeners = new Set<() => void>();
  #running = new AbortController();

  constructor(parts: CarrierParts) {
    this.parts = parts;
  }

  get state(): CarrierState {
    return this.parts.file.state;
  }

  get delays(): Delays {
    return this.parts.delays;
  }

  /** Closed: what is still under way must not count as done. */
  get stopped(): boolean {
    return this.#running.signal.aborted;
  }

  nowIso(): string {
    return this.parts.now().toISOString();
  }

  own(number: string): OwnNumber | undefined {
    return this.parts.numbers.find((own) => own.phoneNumber === number);
  }

  fateOf(number: string): Fate {
    return this.state.fates[number] ?? MAGIC_NUMBERS[number]?.fate ?? "delivered";
  }

  isBlocked(own: OwnNumber, number: string): boolean {
    if (MAGIC_NUMBERS[number]?.optedOut === true) return true;
    const profileId = profileOf(own);
    return this.state.blocks.some((block) => block.profileId === profileId && block.number === number);
  }

  /** Keeps what changed and tells the pages that look. */
  changed(): void {
    this.parts.file.changed();
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** False when the carrier was closed or reset meanwhile: what was waiting must then not happen. */
  async sleep(ms: number): Promise<boolean> {
    const { signal } = this.#running;
    if (ms === 0) return !signal.aborted;
    return sleepFor(ms, true, { signal }).catch(() => false);
  }

  /** Forgets everything but the address book, the numbers and the keys. */
  reset(): void {
    this.#stop();
    this.#running = new AbortController();
    this.parts.webhooks.reset();
    this.parts.pictures.clear();
    this.behaviour = calmBehaviour();
    this.requests = [];
    Object.assign(this.state, emptyState(this.state.people));
    this.changed();
  }

  close(): void {
    this.#stop();
    this.parts.webhooks.close();
    this.parts.file.flush();
  }

  #stop(): void {
    this.#running.abort();
  }
}
