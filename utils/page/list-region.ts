import { nearestAround } from "./joined-lists.ts";
import type { ShownList } from "./shown-list.ts";

/** Where in its container the rows of a list are: a container may be most of a page. */
export function regionOf(list: ShownList | null): Element | null {
  if (list === null) return null;
  const { container } = list;
  const parts = list.all().flat();
  const around = nearestAround(parts);
  // Nothing is there yet: a container that is not the whole page is small enough to be waited for.
  if (around === null) return container.localName === "body" ? null : container;
  return parts.includes(around) && around !== container ? around.parentElement : around;
}
