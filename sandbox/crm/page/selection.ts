/** Which contacts are ticked. Rows come and go while scrolling, so the truth is here and not in the checkboxes. */
export interface Selection {
  has(id: string): boolean;
  readonly size: number;
  set(ids: Iterable<string>, on: boolean): void;
  /** One row; with `range`, everybody between it and the row ticked before, in the order of `shown`. */
  tick(id: string, on: boolean, range: boolean, shown: readonly { id: string }[]): void;
  clear(): void;
  /** Forgets contacts that no longer exist. */
  keepOnly(ids: ReadonlySet<string>): void;
}

export function createSelection(onChange: () => void): Selection {
  const ticked = new Set<string>();
  let last: string | null = null;

  function set(ids: Iterable<string>, on: boolean): void {
    for (const id of ids) {
      if (on) ticked.add(id);
      else ticked.delete(id);
    }
    onChange();
  }

  return {
    has: (id) => ticked.has(id),
    get size() {
      return ticked.size;
    },
    set,
    tick(id, on, range, shown) {
      const from = range ? shown.findIndex((row) => row.id === last) : -1;
      const to = shown.findIndex((row) => row.id === id);
      const rows = from < 0 ? [{ id }] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
      last = id;
      set(
        rows.map((row) => row.id),
        on,
      );
    },
    clear() {
      ticked.clear();
      onChange();
    },
    keepOnly(ids) {
      const gone = [...ticked].filter((id) => !ids.has(id));
      if (gone.length > 0) set(gone, false);
    },
  };
}
