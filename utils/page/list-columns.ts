import { tidy, type Row } from "./row-text.ts";

const HEADING = "thead th, thead td, [role='columnheader']";
/** The first row of a table that has no head. */
const FIRST_HEADING = "tr:first-child > th";
export const CELL = "td, th, [role='gridcell'], [role='cell'], [role='rowheader']";

/** Reads the cells below the headings that say these words: the first one with a text that is wanted. */
export function columnOf(container: Element, words: string | undefined, wanted: RegExp): (row: Row) => string | null {
  if (words === undefined) return () => null;
  const headings = [...container.querySelectorAll(HEADING)];
  const columns = (headings.length > 0 ? headings : [...container.querySelectorAll(FIRST_HEADING)])
    .filter((heading) => new RegExp(words).test(tidy(heading.textContent)?.toLowerCase() ?? ""))
    .map(placeOf);
  return (row) => {
    const cells = columns.length === 0 ? [] : row.flatMap((part) => [...part.querySelectorAll(CELL)]);
    for (const column of columns) {
      const cell = cells.find((one) => placeOf(one) === column);
      // A link says it better than the whole cell.
      const found = wanted.exec(tidy(cell?.querySelector("a")?.textContent) ?? tidy(cell?.textContent) ?? "");
      if (found !== null) return found[0];
    }
    return null;
  };
}

/** Which column a cell or heading is in: as it says, or by what stands before it. */
function placeOf(cell: Element): number {
  let place = Number(cell.getAttribute("aria-colindex"));
  if (place > 0) return place;
  for (let at: Element | null = cell; at !== null; at = at.previousElementSibling)
    place += at === cell ? 1 : Number(at.getAttribute("colspan")) || 1;
  return place;
}
