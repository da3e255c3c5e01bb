import type { PageHello, PageMoving, PageOrder, PagePlaced, PageReading, PageWelcome } from "../page-messages.ts";
import type { Reading } from "./describe-page.ts";
import { currentPage, setCurrentPage } from "./crm-world.ts";
import { createHandle } from "./handle.ts";
import type { Moving, MovingParts } from "./moving.ts";
import { mountOverlay } from "./overlay.ts";
import { browser } from "./page-browser.ts";
import { createPanelFrame } from "./panel-frame.ts";
import { createPlacement, type Place } from "./placement.ts";
import { createReportLine } from "./report-line.ts";
import { createReaderSource, type CreateReader } from "./reader-source.ts";
import { watchSelection } from "./selection-watch.ts";
import { showStaleBar } from "./stale-bar.ts";

const A_MOMENT_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

type Welcome = NonNullable<PageWelcome>;

/** The extension's presence in one CRM page, from the handle to the refresh bar at its end. */
export async function startCrmPage(): Promise<void> {
  const welcome = await askWelcome();
  // Put in twice, such as by enabling a site again: the newer one stays.
  currentPage()?.end();
  if (!welcome) return;
  const page = new CrmPage(welcome);
  setCurrentPage(page);
  page.start(welcome);
}

/** A worker that dies before it answers leaves the page without us for good, unless the next one is asked. */
async function askWelcome(pause = FIRST_PAUSE_MS): Promise<PageWelcome> {
  try {
    return await browser.runtime.sendMessage({ kind: "page_hello" } satisfies PageHello);
  } catch (error) {
    // After an update of the extension nobody of ours is left to answer.
    if (!browser.runtime?.id || pause > LONGEST_PAUSE_MS) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, pause));
  return askWelcome(pause * 2);
}

export class CrmPage {
  readonly #life = new AbortController();
  readonly #farewell = new AbortController();
  readonly #overlay = mountOverlay({
    signal: this.#life.signal,
    onBack: () => this.#openAgain(),
    onGone: () => this.end(),
  });
  readonly #words: Welcome["words"];
  readonly #placement: ReturnType<typeof createPlacement>;
  readonly #panel: ReturnType<typeof createPanelFrame>;
  readonly #handle: ReturnType<typeof createHandle>;
  readonly #selection: ReturnType<typeof watchSelection>;
  readonly #line = createReportLine(() => this.#lineLost());
  /** What reads a page comes once it is used: a page that nobody does anything in carries none of it. */
  readonly #readers = createReaderSource({
    ask: async () =>
      this.#isAlive() ? browser.runtime.sendMessage({ kind: "page_reading" } satisfies PageReading) : null,
    onReady: (recipes) => {
      this.#selection.hear(recipes.flatMap(({ routeEvents }) => routeEvents));
      this.#selection.look();
    },
  });
  #recipesMark: string;
  #moving: Moving | null = null;
  #isMovingAsked = false;
  /** Whether a panel outside this page wants its selection. */
  #reporting = false;

  constructor({ recipesMark, words, presence }: Welcome) {
    const overlay = this.#overlay;
    this.#words = words;
    this.#recipesMark = recipesMark;
    this.#placement = createPlacement(overlay.root, presence, (place) => this.#keep(place));
    this.#panel = createPanelFrame(overlay, words.panel);
    this.#handle = createHandle({
      overlay,
      words,
      onPress: () => this.#toggle(),
      onNear: () => {
        this.#askForMoving();
        if (this.#isAlive()) this.#panel.prepare();
      },
    });
    this.#selection = watchSelection({
      getReader: () => this.#readers.get(),
      tell: (selection) => this.#isAlive() && this.#line.say({ kind: "selection", selection }),
      signal: this.#life.signal,
    });
  }

  start({ unread, openPanel, report }: Welcome): void {
    this.#overlay.root.append(this.#handle.button);
    this.#handle.setUnread(unread);
    browser.runtime.onMessage.addListener(this.#obey);
    const { signal } = this.#life;
    addEventListener("visibilitychange", () => this.#isAlive(), { signal });
    // The browser cuts the line of a page that it keeps to go back to, and tells neither end.
    addEventListener("pagehide", () => this.#line.close(), { signal });
    addEventListener("pageshow", ({ persisted }) => persisted && void this.#check(), { signal });
    // Whoever is writing in the page already is not interrupted.
    if (openPanel) this.#toggle(true, document.activeElement?.localName === "body");
    if (report) this.#obey({ kind: "report", on: true });
  }

  /** Takes what `#askForMoving` asked for. */
  equip(createMoving: (parts: MovingParts) => Moving): void {
    if (this.#moving || !this.#isAlive()) return;
    this.#moving = createMoving({
      overlay: this.#overlay,
      placement: this.#placement,
      handle: this.#handle.button,
      label: this.#words.width,
      isOpen: () => this.#panel.isOpen(),
      close: () => this.#toggle(false),
    });
    this.#settle();
  }

  /** Takes what `#readers` asked for. */
  readWith(createReader: CreateReader): void {
    this.#readers.equip(createReader);
  }

  /** For a report of what the page is built of. */
  reading(): Reading {
    return this.#readers.get()?.seen() ?? { recipe: null, container: null };
  }

  end(): void {
    this.#panel.close();
    this.#moving?.end();
    this.#life.abort();
    this.#farewell.abort();
    this.#line.close();
    // An order that nobody hears shows the panel elsewhere.
    browser.runtime?.onMessage.removeListener(this.#obey);
  }

  #obey = (order: PageOrder): void => {
    if (order.kind === "unread") this.#handle.setUnread(order.count);
    else if (order.kind === "check_site") void this.#check();
    else if (order.kind === "toggle_panel") this.#toggle();
    else if (order.kind === "presence") {
      this.#placement.take(order.presence);
      this.#settle();
    } else if (order.kind === "report") {
      this.#reporting = order.on;
      this.#settle();
    } else this.#toggle(order.kind === "open_panel");
  };

  /** Leaves a page whose site is enabled no more; in any other, hears what it missed in the browser's cache of pages. */
  async #check(): Promise<void> {
    if (!this.#isAlive()) return;
    const welcome = await askWelcome();
    if (welcome === null) return this.end();
    this.#handle.setUnread(welcome.unread);
    this.#placement.take(welcome.presence);
    this.#reporting = welcome.report;
    if (welcome.recipesMark !== this.#recipesMark) this.#readers.correct();
    this.#recipesMark = welcome.recipesMark;
    this.#settle();
  }

  #toggle(open = !this.#panel.isOpen(), takeFocus = true): void {
    if (!this.#isAlive() || open === this.#panel.isOpen()) return;
    // What is moved in the page loses its focus: moved first, and closed first.
    if (!open) {
      this.#panel.close();
      this.#line.say({ kind: "panel", nonce: null });
    }
    this.#overlay.showOpen(open);
    if (open) this.#openPanel(takeFocus);
    this.#handle.setOpen(open);
    this.#settle();
  }

  #openPanel(takeFocus: boolean): void {
    // The background hears which frame to trust about when the frame asks.
    this.#line.say({ kind: "panel", nonce: this.#panel.open(takeFocus) });
  }

  /** A frame that was taken out of the page is gone, and its nonce with it. */
  #openAgain(): void {
    if (!this.#isAlive() || !this.#panel.isOpen()) return;
    this.#panel.close();
    this.#openPanel(false);
  }

  /** What moves comes as a script of its own: most pages are left without anything being moved. */
  #askForMoving(): void {
    if (this.#isMovingAsked || !this.#isAlive()) return;
    this.#isMovingAsked = true;
    const mayAskAgain = () => (this.#isMovingAsked = false);
    browser.runtime.sendMessage({ kind: "page_moving" } satisfies PageMoving).catch(mayAskAgain);
  }

  #keep(changes: Place): void {
    if (!this.#isAlive()) return;
    // It counts here in any case, and is said again with the next change.
    browser.runtime.sendMessage({ kind: "page_placed", changes } satisfies PagePlaced).catch(() => {});
    this.#settle();
  }

  /** After anything changed, a sleeping worker included: tell whoever wants to know, and nobody else. */
  #settle(): void {
    if (!this.#isAlive()) return;
    const isOpen = this.#panel.isOpen();
    if (isOpen) this.#askForMoving();
    this.#moving?.settle();
    this.#selection.want(isOpen || this.#reporting);
    if (!isOpen && !this.#reporting) this.#line.close();
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
    this.#panel.close();
    this.#moving?.end();
    this.#life.abort();
    const stay = { onBack: () => {}, onGone: () => this.#farewell.abort() };
    showStaleBar(mountOverlay({ ...stay, signal: this.#farewell.signal }), this.#words);
    return false;
  }
}
