import type { Result } from "@partyline/domain/result";
import type { Connection } from "./background-calls.ts";
import type { CallRefusal } from "./command.ts";
import { LONGEST_WAIT_S, type Round } from "./sync.ts";

export interface ConnectionParts {
  sync: (wait: number, signal: AbortSignal) => Promise<Result<Round, CallRefusal>>;
  /** Whether somebody is looking, so that news should come at once rather than with the next alarm. */
  isWanted: () => boolean;
  onRound: (round: Round) => Promise<void>;
  onState: (connection: Connection) => void;
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Keeps the replica near the backend: by long polls while a panel is open, by single rounds otherwise. */
export class ConnectionKeeper {
  readonly #parts: ConnectionParts;
  #state: Connection = { state: "connecting" };
  #running: AbortController | null = null;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  get state(): Connection {
    return this.#state;
  }

  /** One round, for an alarm or a person who asked. Tells whether the backend was reached. */
  async catchUp(): Promise<boolean> {
    return this.#round(0, new AbortController().signal);
  }

  /** Stays on as long as a panel is open; does nothing where that is under way. */
  async stayOn(): Promise<void> {
    if (this.#running !== null) return;
    const running = new AbortController();
    this.#running = running;
    try {
      await this.#pollWhileWanted(running.signal);
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  /** Lets go of a poll under way: the session it belongs to is no more. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  async #pollWhileWanted(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (this.#parts.isWanted() && !signal.aborted) {
      // The first answer should come at once: only then is it known that there is a connection.
      const wait = this.#state.state === "connected" ? LONGEST_WAIT_S : 0;
      const reached = await this.#round(wait, signal);
      if (this.#state.state === "signed_out") return;
      failures = reached ? 0 : failures + 1;
      if (!reached) await this.#parts.pause(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS), signal);
    }
  }

  async #round(wait: number, signal: AbortSignal): Promise<boolean> {
    const round = await this.#parts.sync(wait, signal);
    if (signal.aborted) return false;
    if (round.ok) await this.#parts.onRound(round.value);
    this.#enter(round.ok ? { state: "connected" } : trouble(round.refusal));
    return round.ok;
  }

  #enter(next: Connection): void {
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    this.#parts.onState(next);
  }
}

function trouble(refusal: CallRefusal): Connection {
  return refusal.reason === "signed_out" ? { state: "signed_out" } : { state: "offline", refusal };
}
