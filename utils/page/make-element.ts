const XHTML = "http://www.w3.org/1999/xhtml";

/** Where our elements are made: a document in which no page says what its elements are. */
const ownDocument = new Document();

/**
 * An element that no class of the page's is the constructor of: one made in the page itself, under a name that the page has
 * defined, would hand its closed shadow root over to the page.
 */
export function makeElement(tag: string): HTMLElement {
  return ownDocument.createElementNS(XHTML, tag);
}
