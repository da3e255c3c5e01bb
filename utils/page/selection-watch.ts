import type { Recipe } from "@partyline/contract/recipe";
import type { Selection } from "../selection.ts";
import type { PageReader } from "./page-reader.ts";
import type { Seen } from "./selection-reader.ts";

const LOOKED_AT = ["click", "change", "keyup"] as const;
/** Pages fill rows in a little after the click that ticks them all. */
const LATE_LOOK_MS = 120;
/** What a page shows at another address is there some time after that; nobody believes it to be late any more at last. */
const ARRIVED_MS = [1_000, 3_100];
/** Much else than a contact changes on their page. */
const RECORD_PAUSE_MS = 200;

/** By which pages mark what is ticked, whatever a recipe asks for. */
const MARKS = ["href", "aria-checked", "aria-selected", "checked", "class", "data-state", "data-num-selected-rows"];

const TEXT_FIELD =
  'input:not([type="checkbox" i], [type="radio" i], [type="button" i], [type="submit" i]), textarea, ' +
  '[contenteditable]:not([contenteditable="false" i])';

export interface Watch {
  /** Null as long as it has to be fetched first: then whoever brings it asks for another look. */
  getReader: () => PageReader | null;
  tell: (selection: Selection) => void;
  signal: AbortSignal;
}

/**
 * Reads the selection again after whatever may have changed it, at most once per frame. Ticks are followed all the time,
 * since their rows may scroll away before the panel opens; the list is observed only while somebody wants to know.
 */
export function watchSelection({ getReader, tell, signal }: Watch) {
  const observer = createListObserver(look);
  let wanted = false;
  let pending = false;
  let told = "";
  let late: ReturnType<typeof setTimeout> | undefined;
  const arrival = createArrival(look);

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
    arrival.notice();
    const selection = reader.read();
    observer.observe(reader.seen());
    const words = JSON.stringify(selection);
    if (words !== told) tell(selection);
    told = words;
  }

  function lookTwice(event: Event): void {
    if (event instanceof KeyboardEvent && isTyping(event)) return;
    look();
    clearTimeout(late);
    late = setTimeout(look, LATE_LOOK_MS);
  }

  const passive = { capture: true, passive: true, signal };
  const hear = (kinds: readonly string[], at: EventTarget = window) =>
    kinds.forEach((kind) => at.addEventListener(kind, lookTwice, passive));
  hear(LOOKED_AT, document);
  hear(["popstate", "hashchange"]);
  globalThis.navigation?.addEventListener("navigatesuccess", lookTwice, { signal });
  signal.addEventListener("abort", observer.stop);

  return {
    look,
    /** Events on `window` by which the page says that it navigated. Told twice of one, it is heard once. */
    hear,
    /** Starts or stops telling; the first telling comes at once. */
    want(on: boolean): void {
      wanted = on;
      told = "";
      arrival.forget();
      if (on) look();
      else observer.stop();
    },
  };
}

/** Looks again some time after the address changed. */
function createArrival(look: () => void) {
  let address = "";
  let waiting: ReturnType<typeof setTimeout>[] = [];
  return {
    notice(): void {
      if (address === location.href) return;
      address = location.href;
      for (const one of waiting) clearTimeout(one);
      waiting = ARRIVED_MS.map((wait) => setTimeout(look, wait));
    },
    forget: () => void (address = ""),
  };
}

/** Observes the list that was read last. */
function createListObserver(look: () => void) {
  const observer = new MutationObserver(() => (isRecord ? lookSoon() : look()));
  let soon: ReturnType<typeof setTimeout> | undefined;
  let isRecord = false;
  let read: Seen | null = null;
  let observed: Element | null = null;
  let address = "";

  function lookSoon(): void {
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, RECORD_PAUSE_MS);
  }

  /** Elements around the list are only asked for what is put into them or taken out: such as the list itself. */
  function observeAround(region: Element, container: Element | null, attributeFilter: string[]): void {
    for (let at = region.parentElement; at !== null; at = at.parentElement)
      observer.observe(at, { childList: true, ...(container?.contains(at) && { attributeFilter }) });
  }

  function stop(): void {
    observer.disconnect();
    observed = null;
    address = "";
  }

  function start({ recipe, container }: Seen, region: Element): void {
    const attributeFilter = marksOf(recipe);
    observer.observe(region, { childList: true, subtree: true, characterData: isRecord, attributeFilter });
    observeAround(region, container, attributeFilter);
  }

  return {
    stop,
    observe(seen: Seen | null): void {
      // Its page may be about to draw it anew where it was.
      if (!seen?.region) return address === location.href ? undefined : stop();
      // Other recipes read other attributes.
      if (seen === read && seen.region === observed && seen.isRecord === isRecord) return;
      stop();
      read = seen;
      observed = seen.region;
      isRecord = seen.isRecord;
      address = location.href;
      start(seen, observed);
    },
  };
}

/** Somebody typing a word ticks nothing, whatever the key, and elsewhere only the space bar among the letters does. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (target instanceof Element && target.closest(TEXT_FIELD) !== null) return true;
  return event.key.length === 1 && event.key !== " ";
}

/** What a recipe reads of a list's attributes; the others, such as the styles of rows that scroll, change all the time. */
function marksOf({ lists }: Recipe): string[] {
  const named = lists.flatMap(({ checked, control, open, contactId }) => [
    ...[checked, control, open]
      .flatMap((selector) => [...(selector ?? "").matchAll(/\[([\w-]+)/g)])
      .map(([, name]) => name),
    ...contactId.map(({ attribute }) => attribute),
  ]);
  return [...new Set([...MARKS, ...named.filter((name) => name !== null && name !== undefined)])];
}
