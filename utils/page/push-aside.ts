import type { Presence } from "../presence.ts";

/** What a page that is moved aside keeps at least, where the window is that wide. */
const PAGE_KEEPS = "600px";

/**
 * Moves the page aside, by a margin on its root, or back to exactly how it was. What a page fixes to the window's edge
 * does not move, nor what it makes as wide as the window; those are covered as if nothing were moved.
 */
export function createPushAside() {
  let back: (() => void) | null = null;
  let done = "";

  return (panel: Presence | null): void => {
    const wanted = panel?.push ? `${panel.side} ${panel.width}` : "";
    if (wanted === done) return;
    done = wanted;
    back?.();
    back = panel?.push ? push(document.documentElement, panel) : null;
    // Grids and charts that measure the window learn of it in no other way.
    dispatchEvent(new Event("resize"));
  };
}

function push(page: HTMLElement, { side, width }: Presence): () => void {
  const { style } = page;
  const name = `margin-${side}`;
  const hadStyle = page.hasAttribute("style");
  const before = [style.getPropertyValue(name), style.getPropertyPriority(name)] as const;
  const life = new AbortController();
  const move = () => style.setProperty(name, `clamp(0px, 100vw - ${PAGE_KEEPS}, ${width}px)`, "important");
  const moveBack = () => {
    style.setProperty(name, ...before);
    // Chromium writes the attribute out when it is read, and keeps an empty one of which that was not done.
    if (!hadStyle && page.getAttribute("style") === "") page.removeAttribute("style");
  };
  move();
  // No style of an element's own is for the screen alone, and on paper there is no panel to make room for.
  addEventListener("beforeprint", moveBack, { signal: life.signal });
  addEventListener("afterprint", move, { signal: life.signal });
  return () => {
    life.abort();
    moveBack();
  };
}
