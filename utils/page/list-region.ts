import { nearestAround } from "./joined-lists.ts";
import type { ShownList } from "./shown-list.ts";

/** Where in its container the rows of a list are, found anew once they are elsewhere: a container may be most of a page. */
export function createRegion() {
  let region: Element | null = null;
  let container: Element | null = null;

  function isStill(list: ShownList): boolean {
    return (
      region?.isConnected === true &&
      container === list.container &&
      list.ticked.every((row) => row.every((part) => region?.contains(part)))
    );
  }

  return (list: ShownList | null): Element | null => {
    if (list !== null && isStill(list)) return region;
    region = list && aroundRows(list);
    container = list?.container ?? null;
    // Nothing is there yet: a container that is not the whole page is small enough to be waited for.
    if (region === null && container?.localName !== "body") return container;
    return region;
  };
}

function aroundRows(list: ShownList): Element | null {
  const parts = list.all().flat();
  const around = nearestAround(parts);
  return around !== null && parts.includes(around) && around !== list.container ? around.parentElement : around;
}
