/** Which contacts are ticked. Rows come and go while scrolling, so the truth is here and not in the checkboxes. */
export interface Selection {
  has(id: string): boolean;
  readonly size: number;
  set(ids: Iterable<string>, on: boolean): void;
  /** Forgets contacts that no longer exist. */
  keepOnly(ids: ReadonlySet<string>): void;
}

export function createSelection(onChange: () => void): Selection {
  const ticked = new Set<string>();
  return {
    has: (id) => ticked.has(id),
    get size() {
      return ticked.size;
    },
    set(ids, on) {
      for (const id of ids) {
        if (on) ticked.add(id);
        else ticked.delete(id);
      }
      onChange();
    },
    keepOnly(ids) {
      const gone = [...ticked].filter((id) => !ids.has(id));
      if (gone.length > 0) this.set(gone, false);
    },
  };
}
