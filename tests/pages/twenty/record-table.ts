import { element } from "../shared/element.ts";
import type { Person } from "../shared/people.ts";
import { emptyRow, recordRow, selectBox } from "./record-row.ts";

const ROW_HEIGHT = 33;
const DRAWN = 20;
/** What the view has; the browser has loaded only the people it was given. */
const TOTAL = 200;

/** A fixed number of places that are moved along and filled anew as the table scrolls. */
export function recordTable(people: readonly Person[], say: (count: number) => void): HTMLElement {
  const ticked = new Set<number>();
  let isEverything = false;
  const header = element("div", { class: "s1header" });
  const body = element("div", { class: "s1body", style: `height: ${TOTAL * ROW_HEIGHT}px` });
  const viewport = element("div", { class: "s1scroller" }, header, body);
  viewport.addEventListener("scroll", redraw);

  function pressAll(): void {
    isEverything = !isEverything && ticked.size === 0;
    ticked.clear();
    if (isEverything) for (const row of people.keys()) ticked.add(row);
    redraw();
  }
  function press(row: number): void {
    isEverything = false;
    if (!ticked.delete(row)) ticked.add(row);
    redraw();
  }
  function redraw(): void {
    const first = Math.min(TOTAL - DRAWN, Math.max(0, Math.floor(viewport.scrollTop / ROW_HEIGHT) - 2));
    const heads = ["Name", "Phone", "Company"].map((words) => element("div", {}, words));
    header.replaceChildren(selectBox("Select all", ticked.size > 0, pressAll), ...heads);
    body.replaceChildren(...Array.from({ length: DRAWN }, (_, place) => placed(place, first + place)));
    say(isEverything ? TOTAL : ticked.size);
  }
  function placed(place: number, row: number): HTMLElement {
    const where = { id: `row-virtual-index-${place}`, style: `top: ${row * ROW_HEIGHT}px` };
    const person = people[row];
    return element(
      "div",
      where,
      person ? recordRow(person, ticked.has(row), () => press(row)) : emptyRow(isEverything),
    );
  }
  requestAnimationFrame(redraw);
  return viewport;
}
