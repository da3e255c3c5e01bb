interface Watched {
  /** -1 until it has been read. */
  head: number;
  listeners: Set<(seq: number) => void>;
  askedAt: number;
}

/** A workspace nobody asks about any more need not be kept up to date. */
const FORGET_AFTER_MS = 120_000;

/** How far the change logs of the workspaces somebody asked about have come. Heads only ever rise. */
export class Heads {
  readonly #watched = new Map<string, Watched>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Undefined when not known; from then on it is watched. */
  ask(workspaceId: string): number | undefined {
    const { head } = this.#watch(workspaceId);
    return head < 0 ? undefined : head;
  }

  raise(workspaceId: string, seq: number): void {
    const workspace = this.#watched.get(workspaceId);
    if (workspace === undefined || workspace.head >= seq) return;
    workspace.head = seq;
    for (const listener of workspace.listeners) listener(seq);
  }

  listen(workspaceId: string, listener: (seq: number) => void): () => void {
    const { listeners } = this.#watch(workspaceId);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** The workspaces somebody still cares about; the others are forgotten. */
  cared(): string[] {
    for (const [id, { listeners, askedAt }] of this.#watched) {
      if (listeners.size === 0 && this.#now() - askedAt > FORGET_AFTER_MS) this.#watched.delete(id);
    }
    return [...this.#watched.keys()];
  }

  #watch(workspaceId: string): Watched {
    const workspace = this.#watched.get(workspaceId) ?? { head: -1, listeners: new Set(), askedAt: 0 };
    workspace.askedAt = this.#now();
    this.#watched.set(workspaceId, workspace);
    return workspace;
  }
}
