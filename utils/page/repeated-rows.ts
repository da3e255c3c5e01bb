import { CELL } from "./list-columns.ts";
import { tidy } from "./row-text.ts";

/** Siblings of a row that are asked whether they can be read, before it is given up. */
const ASKED = 20;
/** What holds more of them is no row, but a list. */
const MOST_CONTROLS = 8;

export interface Repeated {
  container: Element;
  control: string;
  checked: string;
  isReadable: (row: Element) => boolean;
}

/**
 * The row around a control where no selector tells rows: the innermost element that says something and has siblings like
 * it. It need not be readable to be a row; what ticks all rows, and options of a filter, are none.
 */
export function repeatedAround(inside: Element, list: Repeated): Element | null {
  const { container, control, isReadable } = list;
  // Not a control: then it is the row itself that is marked.
  if (!inside.matches(control)) return inside;
  for (let at: Element | null = inside; at !== null && at !== container; at = at.parentElement) {
    if (at.querySelectorAll(control).length > MOST_CONTROLS) return null;
    if (!hasSiblingLike(at, control, () => true)) continue;
    if (isReadable(at)) return at;
    if (!at.matches(CELL) && tidy(at.textContent) !== null) return isRow(at, list) ? at : null;
  }
  return null;
}

function hasSiblingLike(one: Element, control: string, isWanted: (sibling: Element) => boolean): boolean {
  let asked = 0;
  for (const sibling of one.parentElement?.children ?? []) {
    if (sibling === one || sibling.tagName !== one.tagName) continue;
    if (!sibling.matches(control) && sibling.querySelector(control) === null) continue;
    if (isWanted(sibling)) return true;
    if ((asked += 1) === ASKED) break;
  }
  return false;
}

/** Whether what cannot be read is a row all the same. */
function isRow(one: Element, { control, checked, isReadable }: Repeated): boolean {
  if (!hasSiblingLike(one, control, isReadable)) return !one.matches("label");
  // What stands first, looks otherwise than what follows, and is on together with it, ticks all rows.
  const next = one.nextElementSibling;
  const isHeading = one.previousElementSibling === null && next?.className !== one.className;
  return !isHeading || !(next?.matches(checked) || next?.querySelector(checked));
}
