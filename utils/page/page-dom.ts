const XHTML = "http://www.w3.org/1999/xhtml";

/** Where our elements are made: no page can name anything in it, nor say what its elements are. */
const ownDocument = new Document();

/**
 * Asks the page's document past the page's own names: `<img name="querySelector">` hides that method of `document`, from
 * scripts of extensions too. What scripts in the page do to its prototypes never reaches us.
 */
function ofDocument(name: keyof Document): unknown {
  return Reflect.get(Document.prototype, name, document);
}

export function rootElement(): HTMLElement {
  return ofDocument("documentElement") as HTMLElement;
}

export function focusedInPage(): HTMLElement | null {
  return ofDocument("activeElement") as HTMLElement | null;
}

/** The part of the page that fills the screen; null too where that is the page as a whole. */
export function fullscreenPart(): Element | null {
  const element = ofDocument("fullscreenElement") as Element | null;
  return element === rootElement() ? null : element;
}

export function findInPage(selector: string): Element | null {
  return Reflect.apply(ofDocument("querySelector") as Find<Element | null>, document, [selector]);
}

export function findAllInPage(selector: string): Iterable<Element> {
  return Reflect.apply(ofDocument("querySelectorAll") as Find<NodeListOf<Element>>, document, [selector]);
}

type Find<Found> = (selector: string) => Found;

/**
 * An element that no class of the page's is the constructor of: one made in the page itself, under a name that the page has
 * defined, would hand its closed shadow root over to the page.
 */
export function makeElement(tag: string, namespace = XHTML): Element {
  return ownDocument.createElementNS(namespace, tag);
}
