import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The bytes of pictures, by id: files beside the state, or memory when there is no data folder. */
export class PictureStore {
  #folder: string | undefined;
  #memory = new Map<string, Buffer>();

  constructor(dataFolder: string | undefined) {
    this.#folder = dataFolder === undefined ? undefined : join(dataFolder, "carrier-pictures");
  }

  put(id: string, bytes: Buffer): void {
    if (this.#folder === undefined) {
      this.#memory.set(id, bytes);
      return;
    }
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, id), bytes, { mode: 0o600 });
  }

  /** `id` must be one the state knows: it becomes part of a path. */
  get(id: string): Buffer | null {
    if (this.#folder === undefined) return this.#memory.get(id) ?? null;
    const file = join(this.#folder, id);
    return existsSync(file) ? readFileSync(file) : null;
  }

  clear(): void {
    this.#memory.clear();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
