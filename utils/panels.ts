import type { PanelEvent } from "./background-calls.ts";
import { browser, type Runtime } from "./browser.ts";
import { findCrmTabs, isOnSite, orderPage, placeOf } from "./crm-tabs.ts";
import type { PanelAnswer, PanelMessage } from "./messaging.ts";
import { admitPanel, expectPanel, forgetExpected, isMissing } from "./panel-admission.ts";
import type { PageReport } from "./page-messages.ts";
import { NOTHING_SELECTED, type Selection } from "./selection.ts";
import { forgetOpening, openOwnTab, takeOpening } from "./thread-opening.ts";

/** The slowest machine has drawn a panel by then. */
const LATE_MS = 10_000;

interface Panel {
  port: Runtime.Port;
  home: "page" | "side" | "own_tab";
  /** The window whose side it is at; null for the other two. */
  windowId: number | null;
  /** The tab whose page frames it, or that it follows; null where there is none to follow. */
  tabId: number | null;
  watching: string | null;
}

type Hello = Extract<PanelMessage, { kind: "hello" }>;

/** Open panels and the pages that report to them: only what ports tell, and every new worker is told it anew. */
export class Panels {
  readonly #panels = new Map<Runtime.Port, Panel>();
  readonly #selections = new Map<number, Selection>();
  /** Told of the tab a panel is in, its own or the CRM's; null for the side panel. */
  readonly #onJoin: (tabId: number | null, say: (event: PanelEvent) => void) => void;
  #following: Promise<void> = Promise.resolve();

  constructor(onJoin: (tabId: number | null, say: (event: PanelEvent) => void) => void) {
    this.#onJoin = onJoin;
  }

  get isAnyOpen(): boolean {
    return this.#panels.size > 0;
  }

  isWatched(groupId: string): boolean {
    return this.#all().some(({ watching }) => watching === groupId);
  }

  say(event: PanelEvent): void {
    for (const panel of this.#all()) tell(panel, event);
  }

  /** Whether the panel in that tab's page heard it. */
  sayIn(tabId: number, event: PanelEvent): boolean {
    const panel = this.#all().find((one) => one.home === "page" && one.tabId === tabId);
    if (panel !== undefined) tell(panel, event);
    return panel !== undefined;
  }

  /** Says it in a window's side panel; answers the window, or null where none is open. */
  sayBeside(windowId: number | "any", event: PanelEvent): number | null {
    const panel = this.#all().find((one) => one.home === "side" && (windowId === "any" || one.windowId === windowId));
    if (panel !== undefined) tell(panel, event);
    return panel?.windowId ?? null;
  }

  /** Whether a panel outside of the page wants that tab's selection. */
  isFollowed(tabId: number): boolean {
    return this.#all().some((panel) => panel.home !== "page" && panel.tabId === tabId);
  }

  joinPanel(port: Runtime.Port): void {
    const { sender } = port;
    if (sender === undefined) return;
    // A port throws at every word once its panel is gone.
    const left = new AbortController();
    port.onMessage.addListener((said: unknown) => {
      const message = said as PanelMessage;
      const panel = this.#panels.get(port);
      if (message.kind === "hello") void this.#admit(port, sender, message, left.signal);
      else if (message.kind === "watching" && panel !== undefined) panel.watching = message.groupId;
      else if (sender.tab?.id !== undefined) void orderPage(sender.tab.id, { kind: "close_panel" });
    });
    port.onDisconnect.addListener(() => {
      left.abort();
      const panel = this.#panels.get(port);
      this.#panels.delete(port);
      if (panel !== undefined && panel.home !== "page") void this.#leave(panel.tabId);
    });
  }

  async #admit(port: Runtime.Port, sender: Runtime.MessageSender, hello: Hello, left: AbortSignal): Promise<void> {
    const admitted = await admitPanel(sender, hello.nonce);
    if (left.aborted) return;
    port.postMessage({ kind: "admission", admitted } satisfies PanelAnswer);
    if (!admitted) return;
    const panel = { port, watching: hello.watching, ...whereabouts(sender, hello) };
    this.#panels.set(port, panel);
    if (panel.home !== "page") await this.follow();
    else this.#tellSelection(panel);
    if (left.aborted) return;
    this.#onJoin(sender.tab?.id ?? null, (event) => left.aborted || tell(panel, event));
  }

  joinPage(port: Runtime.Port): void {
    const { url, tab, frameId } = port.sender ?? {};
    const tabId = tab?.id;
    if (tabId === undefined || frameId !== 0) return port.disconnect();
    const left = new AbortController();
    const isOurs = isOnSite(url);
    port.onMessage.addListener((said: unknown) => {
      const hear = () => this.#hear(tabId, said as PageReport, left.signal);
      void isOurs.then((is) => is && !left.signal.aborted && hear());
    });
    port.onDisconnect.addListener(() => {
      left.abort();
      this.#selections.delete(tabId);
    });
  }

  #hear(tabId: number, report: PageReport, left: AbortSignal): void {
    if (report.kind === "selection") this.#report(tabId, report.selection);
    else if (report.nonce === null) void forgetExpected(tabId);
    else void this.#expect(tabId, report.nonce, left);
  }

  /** A sandboxed page, among others, lets no panel in: then it comes in a tab of its own. */
  async #expect(tabId: number, nonce: string, left: AbortSignal): Promise<void> {
    await expectPanel(tabId, nonce);
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    if (left.aborted || !(await isMissing(tabId, nonce))) return;
    await orderPage(tabId, { kind: "close_panel" });
    await openOwnTab(await takeOpening(tabId));
  }

  #report(tabId: number, selection: Selection): void {
    this.#selections.set(tabId, selection);
    for (const panel of this.#all()) if (panel.tabId === tabId) this.#tellSelection(panel);
  }

  #tellSelection(panel: Panel): void {
    const selection = panel.tabId === null ? undefined : this.#selections.get(panel.tabId);
    if (selection !== undefined) tell(panel, { kind: "selection", selection });
  }

  forgetTab(tabId: number): void {
    this.#selections.delete(tabId);
    void forgetExpected(tabId);
    void forgetOpening(tabId);
  }

  /** Turns panels that no page frames to the tab they belong beside, one turn after the other. */
  follow(): Promise<void> {
    this.#following = this.#following.then(() => this.#turn());
    return this.#following;
  }

  async #turn(): Promise<void> {
    for (const panel of this.#all().filter(({ home }) => home !== "page")) await this.#turnOne(panel);
  }

  async #turnOne(panel: Panel): Promise<void> {
    const before = panel.tabId;
    const tab = await followedTab(panel.windowId, before);
    panel.tabId = tab?.id ?? null;
    if (before !== panel.tabId) void this.#leave(before);
    const place = await placeOf(tab?.url);
    const selection = place.state === "crm" ? await this.#ask(panel.tabId) : NOTHING_SELECTED;
    if (!this.#panels.has(panel.port)) return;
    tell(panel, { kind: "place", place });
    tell(panel, { kind: "selection", selection });
  }

  /** Asks a page to report, and answers what it said last. */
  async #ask(tabId: number | null): Promise<Selection> {
    const isHeard = tabId !== null && (await orderPage(tabId, { kind: "report", on: true }));
    return (isHeard ? this.#selections.get(tabId) : undefined) ?? NOTHING_SELECTED;
  }

  async #leave(tabId: number | null): Promise<void> {
    if (tabId !== null && !this.isFollowed(tabId)) await orderPage(tabId, { kind: "report", on: false });
  }

  #all(): Panel[] {
    return [...this.#panels.values()];
  }
}

function tell({ port }: Panel, event: PanelEvent): void {
  port.postMessage(event satisfies PanelAnswer);
}

function whereabouts(
  { tab, frameId }: Runtime.MessageSender,
  hello: Hello,
): Pick<Panel, "home" | "windowId" | "tabId"> {
  if (tab === undefined) return { home: "side", windowId: hello.windowId, tabId: null };
  if (frameId === 0) return { home: "own_tab", windowId: null, tabId: null };
  return { home: "page", windowId: null, tabId: tab.id ?? null };
}

/**
 * The tab in front: of its own window for a side panel, of the window used last for a panel in a tab of its own. That one
 * is no page to follow itself: it stays with the tab before, or takes the CRM tab used last.
 */
async function followedTab(windowId: number | null, before: number | null) {
  const where = windowId === null ? { lastFocusedWindow: true } : { windowId };
  const [tab] = await browser.tabs.query({ active: true, ...where });
  if (tab !== undefined && !tab.url?.startsWith(browser.runtime.getURL(""))) return tab;
  if (windowId !== null) return null;
  const kept = before === null ? undefined : await browser.tabs.get(before).catch(() => undefined);
  return kept ?? (await findCrmTabs())[0] ?? null;
}
