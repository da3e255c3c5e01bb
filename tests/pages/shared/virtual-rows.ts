export interface VirtualRows {
  /** What scrolls. */
  viewport: HTMLElement;
  /** What holds the rows. */
  body: HTMLElement;
  rowHeight: number;
  count: number;
  draw: (index: number) => HTMLElement;
  /** Takes the place of the rows that are not drawn. */
  spacer: () => HTMLElement;
}

const BEYOND = 3;

/** Keeps only the rows in view in the document, as the originals do; answers a way to draw those anew. */
export function virtualRows({ viewport, body, rowHeight, count, draw, spacer }: VirtualRows): () => void {
  const [above, below] = [spacer(), spacer()];
  function redraw(): void {
    const shown = Math.ceil((viewport.clientHeight || 400) / rowHeight);
    const first = Math.max(0, Math.floor(viewport.scrollTop / rowHeight) - BEYOND);
    const end = Math.min(count, first + shown + 2 * BEYOND);
    above.style.height = `${first * rowHeight}px`;
    below.style.height = `${(count - end) * rowHeight}px`;
    body.replaceChildren(above, ...Array.from({ length: end - first }, (_, index) => draw(first + index)), below);
  }
  viewport.addEventListener("scroll", redraw);
  return redraw;
}
