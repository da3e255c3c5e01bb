import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyState, type CarrierState } from "./state.ts";

export class CarrierStateError extends Error {
  override name = "CarrierStateError";
}

const SAVE_AFTER_MS = 50;

/** Keeps the state in one file. Written beside and renamed, so that a crash leaves the old file or the new one. */
export class StateFile {
  readonly state: CarrierState;
  #file: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(dataFolder: string | undefined, people: Record<string, string>) {
    this.#file = dataFolder === undefined ? undefined : join(dataFolder, "carrier.json");
    const kept = this.#file !== undefined && existsSync(this.#file) ? read(this.#file) : emptyState({});
    this.state = { ...kept, people: { ...kept.people, ...people } };
  }

  /** Saves soon; many changes together cost one write. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.flush(), SAVE_AFTER_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#file === undefined) return;
    mkdirSync(join(this.#file, ".."), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.state), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function read(file: string): CarrierState {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new CarrierStateError(`The simulated phones cannot be read from ${file}. Delete it to start afresh.`, {
      cause,
    });
  }
  if ((parsed as { version?: unknown } | null)?.version !== 1) {
    throw new CarrierStateError(`${file} was written by another version. Delete it to start afresh.`);
  }
  return parsed as CarrierState;
}
