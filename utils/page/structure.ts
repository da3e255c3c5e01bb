import type { StructureElement } from "../structure-report.ts";
import { nameShape, tagShape, type NameWords } from "./name-shape.ts";
import { addressShape, shapeOf } from "./text-shape.ts";

const MOST_ELEMENTS = 400;
const DEEPEST = 16;
/** Of siblings that are alike, so many are enough. */
const ENOUGH = 3;
const MOST_CHILDREN = 24;
const ON = ':checked, [aria-checked="true"], [aria-selected="true"], [data-state="checked"]';
const ADDRESSES = /^(?:href|src|action|formaction|srcset|poster|xlink:href)$/;
const WORDS = /^(?:aria-label|title|alt|placeholder|value|content|style|aria-description|aria-valuetext|d|points)$/;

/** What may be said as it is: in texts and values, and in names. */
export interface Vocabulary {
  known: ReadonlySet<string>;
  names: NameWords;
}

/** What an element is built of, down to a depth and a number of elements that say enough. */
export function structureOf(element: Element, vocabulary: Vocabulary): StructureElement {
  let left = MOST_ELEMENTS;

  function describe(one: Element, depth: number): StructureElement {
    left -= 1;
    const all = [...one.children];
    const shown = depth < DEEPEST ? telling(all).slice(0, MOST_CHILDREN) : [];
    const children = shown.flatMap((child) => (left > 0 ? [describe(child, depth + 1)] : []));
    return {
      ...outlineOf(one, vocabulary),
      ...(children.length > 0 && { children }),
      ...(all.length > children.length && { omitted: all.length - children.length }),
    };
  }

  return describe(element, 0);
}

/** An element without what is in it. */
export function outlineOf(element: Element, vocabulary: Vocabulary): StructureElement {
  const classes = [...element.classList].slice(0, 12).map((name) => nameShape(name, vocabulary.names));
  const attributes = attributesOf(element, vocabulary);
  const text = [...element.childNodes]
    .filter((node) => node.nodeType === node.TEXT_NODE)
    .reduce((length, node) => length + (node.nodeValue ?? "").trim().length, 0);
  return {
    tag: tagShape(element, vocabulary.names),
    ...(classes.length > 0 && { classes }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(text > 0 && { text }),
  };
}

function attributesOf(element: Element, { known, names }: Vocabulary): Record<string, string> {
  const described: Record<string, string> = {};
  for (const { name, value } of [...element.attributes].slice(0, 40)) {
    if (name === "class") continue;
    described[nameShape(name, names)] = valueShape(name, value, known);
  }
  // What a box is now is no attribute.
  if (element instanceof HTMLInputElement && element.checked) described[":checked"] = "true";
  return described;
}

function valueShape(name: string, value: string, known: ReadonlySet<string>): string {
  if (ADDRESSES.test(name)) return addressShape(value, known);
  if (WORDS.test(name)) return `${value.length} long`;
  if (name === "role" || name === "type") return /^[a-z-]{1,20}$/.test(value) ? roleOf(value) : "?";
  return shapeOf(value, known);
}

const ROLES = new Set(
  (
    "alert article banner button cell checkbox columnheader combobox complementary dialog feed figure form grid gridcell " +
    "group heading img link list listbox listitem log main menu menubar menuitem menuitemcheckbox menuitemradio navigation " +
    "none option presentation progressbar radio radiogroup region row rowgroup rowheader search searchbox separator status " +
    "switch tab table tablist tabpanel term text textbox toolbar tooltip tree treegrid treeitem email tel hidden submit " +
    "number date password url"
  ).split(" "),
);

function roleOf(value: string): string {
  return ROLES.has(value) ? value : "?";
}

/** The first few of each kind, and the first few of what is ticked. */
function telling(children: readonly Element[]): Element[] {
  const counts = new Map<string, number>();
  return children.filter((child) => {
    const isOn = child.matches(ON) || child.querySelector(ON) !== null;
    const kind = `${child.localName} ${child.className} ${isOn}`;
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return count < ENOUGH;
  });
}
