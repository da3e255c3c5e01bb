interface Row<Item> {
  node: HTMLElement;
  update(item: Item, index: number): void;
}

interface Source<Item> {
  /** The element that scrolls. */
  scroller: HTMLElement;
  /** The element the rows are put in, inside the scroller. */
  body: HTMLElement;
  rowHeight: number;
  keyOf(item: Item): string;
  createRow(item: Item): Row<Item>;
}

export interface VirtualRows<Item> {
  show(items: readonly Item[]): void;
  /** Draws the rows in view again, such as after a change of selection. */
  redraw(): void;
}

const OVERSCAN = 6;

/** Keeps only the rows in view, and a few around them, in the document. */
export function createVirtualRows<Item>(source: Source<Item>): VirtualRows<Item> {
  const { scroller, body, rowHeight } = source;
  const rows = new Map<string, Row<Item>>();
  let items: readonly Item[] = [];

  function redraw(): void {
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - OVERSCAN);
    const count = Math.ceil(scroller.clientHeight / rowHeight) + 2 * OVERSCAN;
    const wanted = items.slice(first, first + count);
    dropRows(new Set(wanted.map((item) => source.keyOf(item))));
    let previous: HTMLElement | null = null;
    for (const [offset, item] of wanted.entries()) {
      const row = rowOf(item);
      row.update(item, first + offset);
      row.node.style.transform = `translateY(${(first + offset) * rowHeight}px)`;
      // The order in the document is the order on the screen: Tab and screen readers follow it.
      const place: Node | null = previous === null ? body.firstChild : previous.nextSibling;
      if (row.node !== place) body.insertBefore(row.node, place);
      previous = row.node;
    }
  }

  function dropRows(keep: ReadonlySet<string>): void {
    for (const [key, row] of rows) {
      if (keep.has(key)) continue;
      // A row that scrolls away takes the focus with it; the list keeps it instead of the page losing it.
      if (row.node.contains(document.activeElement)) scroller.focus({ preventScroll: true });
      row.node.remove();
      rows.delete(key);
    }
  }

  function rowOf(item: Item): Row<Item> {
    const key = source.keyOf(item);
    const row = rows.get(key) ?? source.createRow(item);
    rows.set(key, row);
    return row;
  }

  scroller.addEventListener("scroll", redraw, { passive: true });
  new ResizeObserver(redraw).observe(scroller);
  return {
    show(next) {
      items = next;
      body.style.height = `${items.length * rowHeight}px`;
      redraw();
    },
    redraw,
  };
}
