import { shapeOf } from "./text-shape.ts";

const LONGEST = 60;
const MOST_RULES = 50_000;
/** Words that pages are built with. Classes and attributes may have others: some CRMs put a person's name into them. */
const BUILDING_WORDS =
  "id for type role value href src alt title style class lang dir target rel method name width height fill stroke xmlns " +
  "hidden disabled readonly required placeholder draggable checked selected colspan rowspan scope tabindex onclick srcset " +
  "aria label labelledby describedby controls expanded haspopup current sort level live busy modal posinset setsize " +
  "rowindex rowcount colindex colcount owns activedescendant pressed data test testid qa cy automation key index field " +
  "column col header headers footer body head main nav sidebar section item items line link button btn icon image avatar " +
  "badge tag tags pill chip board stage deal deals opportunity opportunities kanban pipeline rows cells checkbox check " +
  "box input select option dropdown menu popover dialog overlay panel toolbar action actions bulk count total number text " +
  "subtitle names first last full company owner status state date time created updated primary secondary default small " +
  "medium large xs sm md lg xl left right top bottom center start end inner outer wrapper wrap container content group " +
  "block flex inline visible show hide is has no not with focus hover loading loaded empty error warning success info " +
  "dark light theme color bg border rounded shadow font bold scroll scrollable virtual viewport sticky fixed absolute " +
  "relative pinned resize sortable handle ui layout component module root react vue ember svelte ng js css el";

/** What the names of elements, attributes and classes may be made of. */
export interface NameWords {
  words: ReadonlySet<string>;
  /** Whole names that the page's own styles speak of, so that they belong to its build and to nobody's record. */
  styled: ReadonlySet<string>;
}

export function nameWords(known: ReadonlySet<string>, page: Document): NameWords {
  return { words: new Set([...known, ...BUILDING_WORDS.split(" ")]), styled: styledNames(page) };
}

/** A class or an attribute's name, with the words left out that nobody but this page knows. */
export function nameShape(name: string, { words, styled }: NameWords): string {
  const short = name.slice(0, LONGEST);
  return styled.has(name) ? short.replace(/\d+/g, "#") : shapeOf(short, words);
}

/** The browser's own elements and those that the page has defined are code; what else is called like one may be data. */
export function tagShape(element: Element, names: NameWords): string {
  const tag = element.localName;
  const isCode = tag.includes("-") ? element.matches(":defined") : !(element instanceof HTMLUnknownElement);
  return isCode ? tag.slice(0, LONGEST) : nameShape(tag, names);
}

function styledNames(page: Document): Set<string> {
  const names = new Set<string>();
  let left = MOST_RULES;
  const read = (rules: Iterable<CSSRule>) => {
    for (const rule of rules) {
      left -= 1;
      if (left < 0) return;
      if ("selectorText" in rule) {
        for (const [, name = ""] of String(rule.selectorText).matchAll(/[.[]([A-Za-z_][\w-]*)/g)) names.add(name);
      }
      if ("cssRules" in rule) read(rule.cssRules as Iterable<CSSRule>);
    }
  };
  for (const sheet of page.styleSheets) {
    try {
      read(sheet.cssRules);
    } catch {
      // Another host's styles cannot be read.
    }
  }
  return names;
}
