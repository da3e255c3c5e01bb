import { element } from "./element.ts";
import { STYLE } from "./overlay-style.ts";
import { keepEvents } from "./own-events.ts";
import { makeElement } from "./make-element.ts";
import { keepInPage, type Keeping } from "./page-keeper.ts";

const HOST = "partyline-overlay";

export type Overlay = ReturnType<typeof mountOverlay>;

/** The one node we add to a page: what is in it can neither be styled nor read by the page. */
export function mountOverlay(keeping: Omit<Keeping, "onMoved">) {
  // Whatever an earlier life of this extension left behind.
  for (const old of document.querySelectorAll(HOST)) old.remove();
  const host = document.adoptNode(makeElement(HOST));
  host.popover = "manual";
  const root = element("div", {});
  const shadow = host.attachShadow({ mode: "closed" });
  shadow.append(root);
  /** Not by an element: in Firefox a page's content security policy is over those. */
  function style(rules: string): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    shadow.adoptedStyleSheets.push(sheet);
  }
  style(STYLE);
  /** A page's own `zoom` multiplies whatever is in it, the top layer included. */
  function unzoom(): void {
    root.style.zoom = String(1 / host.currentCSSZoom);
  }
  /** In a shadow tree, what has the focus is its host to everybody outside. */
  const hasFocus = () => (host.getRootNode() as Document | ShadowRoot).activeElement === host;
  return {
    root,
    style,
    // Outside <body>, since single-page apps wipe what they find in their own tree; some clear more than that.
    ...keepInPage(host, { ...keeping, onMoved: unzoom }),
    ...keepEvents(host, shadow, keeping.signal),
    /** Whether the page's focus is on something of ours, the panel included. */
    hasFocus,
    focused: () => shadow.activeElement,
  };
}
