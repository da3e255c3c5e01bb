import type { Selection } from "../selection.ts";
import type { SelectionReader } from "./selection-reader.ts";

const LOOKED_AT = ["click", "change", "keyup"] as const;
/** Pages fill rows in a little after the click that ticks them all. */
const LATE_LOOK_MS = 120;

export interface Watch {
  /** Null as long as it has to be fetched first: then whoever brings it asks for another look. */
  getReader: () => SelectionReader | null;
  /** Events on `window` by which the page says that it navigated. */
  routeEvents: readonly string[];
  tell: (selection: Selection) => void;
  signal: AbortSignal;
}

/**
 * Reads the selection again after whatever may have changed it, at most once per frame. Ticks are followed all the time,
 * since their rows may scroll away before the panel opens; the list is observed only while somebody wants to know.
 */
export function watchSelection({ getReader, routeEvents, tell, signal }: Watch) {
  const observer = new MutationObserver(look);
  let observed: Element | null = null;
  let wanted = false;
  let pending = false;
  let told = "";

  function look(): void {
    if (pending || signal.aborted) return;
    pending = true;
    requestAnimationFrame(read);
  }

  function read(): void {
    pending = false;
    if (signal.aborted) return;
    const reader = getReader();
    if (!wanted) return reader?.follow();
    if (reader === null) return;
    const selection = reader.read();
    observe();
    const words = JSON.stringify(selection);
    if (words !== told) tell(selection);
    told = words;
  }

  function observe(): void {
    const container = wanted ? (getReader()?.container() ?? null) : null;
    if (container === observed) return;
    observer.disconnect();
    observed = container;
    if (container !== null) observer.observe(container, { childList: true, subtree: true, attributes: true });
  }

  function lookTwice(event: Event): void {
    // Somebody typing a word ticks nothing.
    if (event instanceof KeyboardEvent && event.key.length === 1 && event.key !== " ") return;
    look();
    setTimeout(look, LATE_LOOK_MS);
  }

  const passive = { capture: true, passive: true, signal };
  for (const kind of LOOKED_AT) document.addEventListener(kind, lookTwice, passive);
  for (const kind of ["popstate", "hashchange", ...routeEvents]) addEventListener(kind, lookTwice, passive);
  globalThis.navigation?.addEventListener("navigatesuccess", lookTwice, { signal });
  signal.addEventListener("abort", () => observer.disconnect());

  return {
    look,
    /** Starts or stops telling; the first telling comes at once. */
    want(on: boolean): void {
      wanted = on;
      told = "";
      if (on) look();
      else observe();
    },
  };
}
