import { AttributeAction, parse, SelectorType, type Selector } from "css-what";
import { safeRegex } from "safe-regex2";
import { costOf } from "./pattern-cost.ts";

const MAX_REPETITIONS = 8;
/** Ways to try a pattern on the longest text: some tenth of a second on a slow machine. */
const MAX_COST = 5_000_000;
/** Alternatives and compound parts of one selector. */
const MAX_PARTS = 80;
const PLAIN_PSEUDO_CLASSES = new Set(
  "checked disabled empty enabled first-child indeterminate last-child only-child root scope".split(" "),
);
const PSEUDO_CLASSES_OF_SELECTORS = new Set(["has", "is", "not", "where"]);
const NTH = /^(?:even|odd|\d{1,4}|[+-]?\d{0,4}n(?: ?[+-] ?\d{1,4})?)$/;
const COMBINATORS = new Set<string>([
  SelectorType.Adjacent,
  SelectorType.Child,
  SelectorType.Descendant,
  SelectorType.Sibling,
]);

/** What browsers send to `window` themselves, some of it many times a second: a page's own names are none of these. */
const BROWSERS_EVENTS = new Set(
  (
    "animationcancel animationend animationiteration animationstart auxclick beforeinput blur change click contextmenu " +
    "compositionend compositionstart compositionupdate copy cut dblclick devicemotion deviceorientation drag dragend " +
    "dragenter dragleave dragover dragstart drop error focus focusin focusout gotpointercapture input keydown keypress " +
    "keyup load lostpointercapture message mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup " +
    "mousewheel paste pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover " +
    "pointerrawupdate pointerup resize scroll scrollend scrollsnapchange scrollsnapchanging select selectionchange " +
    "selectstart timeupdate touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun " +
    "transitionstart wheel"
  ).split(" "),
);

/** Whether a database takes it: no U+0000, and no half of a character. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Whether an event is a page's own: looked at after each, a page that scrolls would be looked at all the time. */
export function isRareEvent(name: string): boolean {
  return !BROWSERS_EVENTS.has(name.toLowerCase());
}

/** Whether a pattern compiles and cannot run away on a text that is made for it. */
export function isBoundedPattern(source: string): boolean {
  try {
    return (
      new RegExp(source) instanceof RegExp &&
      !/\\[1-9k]/.test(source) &&
      safeRegex(source, { limit: MAX_REPETITIONS }) &&
      costOf(source) <= MAX_COST
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
    const selectors = parse(source);
    return allParts(selectors).length <= MAX_PARTS && areAllowed(selectors, { inHas: false, relative: false });
  } catch {
    return false;
  }
}

function allParts(selectors: Selector[][]): Selector[] {
  return selectors
    .flat()
    .flatMap((part) => ("data" in part && Array.isArray(part.data) ? [part, ...allParts(part.data)] : [part]));
}

/** `inHas`: somewhere in a `:has()`, which takes no other; `relative`: directly in one, where it may begin with a combinator. */
interface Place {
  inHas: boolean;
  relative: boolean;
}

/** The parser takes more than browsers do: what it has of its own, and of others, is not allowed. */
function areAllowed(selectors: Selector[][], place: Place): boolean {
  return selectors.every((parts) =>
    parts.every((part, index) => isWellPlaced(parts, index, place) && isAllowed(part, place)),
  );
}

function isWellPlaced(parts: Selector[], index: number, { relative }: Place): boolean {
  const [before, part] = [parts[index - 1], parts[index]];
  if (part === undefined) return false;
  if (COMBINATORS.has(part.type)) return index < parts.length - 1 && (index > 0 || relative);
  const isElement = part.type === SelectorType.Tag || part.type === SelectorType.Universal;
  return !isElement || before === undefined || COMBINATORS.has(before.type);
}

function isAllowed(part: Selector, { inHas }: Place): boolean {
  if (part.type === SelectorType.Pseudo) return isAllowedPseudo(part.name, part.data, inHas);
  if (part.type === SelectorType.Attribute) return part.action !== AttributeAction.Not && part.namespace === null;
  if (part.type === SelectorType.Tag || part.type === SelectorType.Universal) return part.namespace === null;
  return COMBINATORS.has(part.type);
}

function isAllowedPseudo(name: string, data: string | Selector[][] | null, inHas: boolean): boolean {
  if (name === "nth-child") return typeof data === "string" && NTH.test(data);
  if (!Array.isArray(data)) return data === null && PLAIN_PSEUDO_CLASSES.has(name);
  const isHas = name === "has";
  return (
    PSEUDO_CLASSES_OF_SELECTORS.has(name) &&
    !(isHas && inHas) &&
    areAllowed(data, { inHas: inHas || isHas, relative: isHas })
  );
}
