import { browser } from "wxt/browser";
import type { PageHello, PageOrder, PageWelcome } from "../page-messages.ts";
import type { Recipe } from "@partyline/contract/recipe";
import { createHandle } from "./handle.ts";
import { mountOverlay } from "./overlay.ts";
import { readPageWords } from "./page-words.ts";
import { createPageReader } from "./page-reader.ts";
import { createPanelFrame } from "./panel-frame.ts";
import { createReportLine } from "./report-line.ts";
import { watchSelection } from "./selection-watch.ts";
import { createStaleBar } from "./stale-bar.ts";

const A_MOMENT_MS = 1_000;

/** The extension's presence in one CRM page, from the handle to the refresh bar at its end. */
export async function startCrmPage(): Promise<void> {
  const welcome: PageWelcome = await browser.runtime.sendMessage({ kind: "page_hello" } satisfies PageHello);
  // Put in twice, such as by enabling a site again: the newer one stays.
  world.partylinePage?.end();
  if (!welcome) return;
  world.partylinePage = new CrmPage(welcome.recipes);
  world.partylinePage.start(welcome);
}

/** Shared by every copy of this script in the page, and by nobody else. */
const world = globalThis as { partylinePage?: CrmPage };

class CrmPage {
  readonly #life = new AbortController();
  readonly #farewell = new AbortController();
  readonly #words = readPageWords();
  readonly #overlay = mountOverlay({
    signal: this.#life.signal,
    onBack: () => this.#openAgain(),
    onGone: () => this.end(),
  });
  readonly #panel = createPanelFrame(this.#overlay.root, this.#words.panel);
  readonly #handle = createHandle(this.#words, () => this.#toggle());
  readonly #line = createReportLine(() => this.#lineLost());
  readonly #selection: ReturnType<typeof watchSelection>;
  /** Whether a panel outside this page wants its selection. */
  #reporting = false;

  constructor(recipes: readonly Recipe[]) {
    this.#selection = watchSelection({
      reader: createPageReader(recipes, document),
      routeEvents: [...new Set(recipes.flatMap(({ routeEvents }) => routeEvents))],
      tell: (selection) => this.#isAlive() && this.#line.say({ kind: "selection", selection }),
      signal: this.#life.signal,
    });
  }

  start(welcome: NonNullable<PageWelcome>): void {
    this.#overlay.root.append(this.#handle.button);
    this.#handle.setUnread(welcome.unread);
    browser.runtime.onMessage.addListener(this.#obey);
    addEventListener("visibilitychange", () => this.#isAlive(), { signal: this.#life.signal });
    if (welcome.openPanel) this.#toggle(true);
  }

  end(): void {
    this.#life.abort();
    this.#farewell.abort();
    this.#line.close();
    // An order that nobody hears shows the panel elsewhere.
    browser.runtime?.onMessage.removeListener(this.#obey);
  }

  #obey = (order: PageOrder): void => {
    if (order.kind === "unread") this.#handle.setUnread(order.count);
    else if (order.kind === "toggle_panel") this.#toggle();
    else if (order.kind === "report") {
      this.#reporting = order.on;
      this.#settle();
    } else this.#toggle(order.kind === "open_panel");
  };

  #toggle(open = !this.#panel.isOpen()): void {
    if (!this.#isAlive() || open === this.#panel.isOpen()) return;
    if (open) this.#openPanel();
    else {
      this.#panel.close();
      this.#handle.button.focus();
    }
    this.#handle.setOpen(open);
    this.#overlay.showOpen(open);
    this.#settle();
  }

  #openPanel(): void {
    const nonce = crypto.randomUUID();
    // The background hears which frame to trust before the frame can ask.
    this.#line.say({ kind: "panel", nonce });
    this.#panel.open(nonce);
  }

  /** A frame that was taken out of the page is gone, and its nonce with it. */
  #openAgain(): void {
    if (!this.#isAlive() || !this.#panel.isOpen()) return;
    this.#panel.close();
    this.#openPanel();
  }

  /** After anything changed, a sleeping worker included: tell whoever wants to know, and nobody else. */
  #settle(): void {
    if (!this.#isAlive()) return;
    const wanted = this.#panel.isOpen() || this.#reporting;
    this.#selection.want(wanted);
    if (!wanted) this.#line.close();
  }

  /** The worker went to sleep, or the extension is being replaced: then its runtime outlives the line by a moment. */
  #lineLost(): void {
    this.#settle();
    setTimeout(() => this.#isAlive(), A_MOMENT_MS);
  }

  /** Whether the extension that put us here still runs; ends this presence when it does not. */
  #isAlive(): boolean {
    if (this.#life.signal.aborted) return false;
    if (browser.runtime?.id) return true;
    this.#life.abort();
    const stay = { onBack: () => {}, onGone: () => this.#farewell.abort() };
    mountOverlay({ ...stay, signal: this.#farewell.signal }).root.append(createStaleBar(this.#words));
    return false;
  }
}
