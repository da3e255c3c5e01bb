import { parse, SelectorType, type Selector } from "css-what";
import { safeRegex } from "safe-regex2";

/** With the length of the texts they are tried on, this bounds what a pattern can cost. */
const MAX_REPETITIONS = 8;
/** Alternatives and compound parts of one selector. */
const MAX_PARTS = 80;
const PSEUDO_CLASSES = new Set(
  "checked disabled empty enabled first-child has indeterminate is last-child not nth-child only-child root scope where".split(
    " ",
  ),
);

/** Whether a pattern compiles and cannot run away on a text that is made for it. */
export function isBoundedPattern(source: string): boolean {
  try {
    return (
      new RegExp(source) instanceof RegExp && !/\\[1-9k]/.test(source) && safeRegex(source, { limit: MAX_REPETITIONS })
    );
  } catch {
    return false;
  }
}

/** Whether a pattern says with a group which part of a text is meant. */
export function hasGroup(source: string): boolean {
  return isBoundedPattern(source) && (new RegExp(`${source}|`).exec("")?.length ?? 0) > 1;
}

/** Whether a selector parses, is of a reasonable size, and uses only parts that every browser has and that cost little. */
export function isBoundedSelector(source: string): boolean {
  try {
    const parts = allParts(parse(source));
    return parts.length <= MAX_PARTS && parts.every(isAllowed);
  } catch {
    return false;
  }
}

function allParts(selectors: Selector[][]): Selector[] {
  return selectors
    .flat()
    .flatMap((part) => ("data" in part && Array.isArray(part.data) ? [part, ...allParts(part.data)] : [part]));
}

function isAllowed(part: Selector): boolean {
  if (part.type === SelectorType.PseudoElement) return false;
  return part.type !== SelectorType.Pseudo || PSEUDO_CLASSES.has(part.name);
}
