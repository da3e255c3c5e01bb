import { element } from "./element.ts";
import { STYLE } from "./overlay-style.ts";
import { keepEvents } from "./own-events.ts";
import { makeElement } from "./make-element.ts";
import { keepInPage, type Keeping } from "./page-keeper.ts";

const HOST = "partyline-overlay";

export type Overlay = ReturnType<typeof mountOverlay>;

/** The one node we add to a page: what is in it can neither be styled nor read by the page. */
export function mountOverlay(keeping: Keeping) {
  // Whatever an earlier life of this extension left behind.
  for (const old of document.querySelectorAll(HOST)) old.remove();
  const host = document.adoptNode(makeElement(HOST) as HTMLElement);
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
  return {
    root,
    style,
    // Outside <body>, since single-page apps wipe what they find in their own tree; some clear more than that.
    ...keepInPage(host, keeping),
    ...keepEvents(host, shadow, keeping.signal),
    /** Whether the page's focus is on something of ours, the panel included. */
    hasFocus: () => document.activeElement === host,
    focused: () => shadow.activeElement,
  };
}
