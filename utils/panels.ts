import type { PanelEvent } from "./background-calls.ts";
import { browser, type Runtime } from "./browser.ts";
import { findCrmTabs, orderPage } from "./crm-tabs.ts";
import type { PanelAnswer, PanelMessage } from "./messaging.ts";
import { admitPanel, expectPanel, forgetExpected } from "./panel-admission.ts";
import type { PageReport } from "./page-messages.ts";
import { NOTHING_SELECTED, type Selection } from "./selection.ts";

interface Panel {
  port: Runtime.Port;
  /** The tab whose page frames it; null for the side panel and a tab of its own, which follow the active tab. */
  tabId: number | null;
  watching: string | null;
}

type Hello = Extract<PanelMessage, { kind: "hello" }>;

interface Joining {
  port: Runtime.Port;
  sender: Runtime.MessageSender;
  /** Aborted once the panel is gone: a port then throws at every word. */
  left: AbortSignal;
}

/** Open panels and the pages that report to them: only what ports tell, and every new worker is told it anew. */
export class Panels {
  readonly #panels = new Map<string, Panel>();
  readonly #selections = new Map<number, Selection>();
  /** Told of the tab a panel is in, its own or the CRM's; null for the side panel. */
  readonly #onJoin: (tabId: number | null, say: (event: PanelEvent) => void) => void;
  #followed: number | null = null;

  constructor(onJoin: (tabId: number | null, say: (event: PanelEvent) => void) => void) {
    this.#onJoin = onJoin;
  }

  get isAnyOpen(): boolean {
    return this.#panels.size > 0;
  }

  isWatched(groupId: string): boolean {
    return [...this.#panels.values()].some(({ watching }) => watching === groupId);
  }

  watch(sender: Runtime.MessageSender, groupId: string | null): void {
    const panel = this.#panels.get(keyOf(sender));
    if (panel !== undefined) panel.watching = groupId;
  }

  say(event: PanelEvent): void {
    for (const { port } of this.#panels.values()) port.postMessage(event satisfies PanelAnswer);
  }

  /** Whether a panel in that tab heard it. */
  sayIn(tabId: number, event: PanelEvent): boolean {
    const panels = [...this.#panels.values()].filter((panel) => panel.tabId === tabId);
    for (const { port } of panels) port.postMessage(event satisfies PanelAnswer);
    return panels.length > 0;
  }

  joinPanel(port: Runtime.Port): void {
    const { sender } = port;
    if (sender === undefined) return;
    const left = new AbortController();
    port.onMessage.addListener((said: unknown) => {
      const message = said as PanelMessage;
      if (message.kind === "hello") void this.#admit({ port, sender, left: left.signal }, message);
      else if (sender.tab?.id !== undefined) void orderPage(sender.tab.id, { kind: "close_panel" });
    });
    port.onDisconnect.addListener(() => {
      left.abort();
      if (this.#panels.get(keyOf(sender))?.port === port) this.#panels.delete(keyOf(sender));
      void this.follow();
    });
  }

  async #admit({ port, sender, left }: Joining, { nonce, watching }: Hello): Promise<void> {
    const admitted = await admitPanel(sender, nonce);
    if (left.aborted) return;
    port.postMessage({ kind: "admission", admitted } satisfies PanelAnswer);
    if (!admitted) return;
    const tabId = framingTab(sender);
    this.#panels.set(keyOf(sender), { port, tabId, watching });
    if (tabId === null) await this.follow();
    const selection = this.#selections.get(tabId ?? this.#followed ?? Number.NaN);
    if (left.aborted) return;
    if (selection !== undefined) port.postMessage({ kind: "selection", selection } satisfies PanelAnswer);
    this.#onJoin(sender.tab?.id ?? null, (event) => left.aborted || port.postMessage(event satisfies PanelAnswer));
  }

  joinPage(port: Runtime.Port): void {
    const tabId = port.sender?.tab?.id;
    if (tabId === undefined) return;
    port.onMessage.addListener((said: unknown) => {
      const report = said as PageReport;
      if (report.kind === "panel") void expectPanel(tabId, report.nonce);
      else this.#report(tabId, report.selection);
    });
    port.onDisconnect.addListener(() => this.#selections.delete(tabId));
  }

  #report(tabId: number, selection: Selection): void {
    this.#selections.set(tabId, selection);
    this.sayIn(tabId, { kind: "selection", selection });
    if (tabId === this.#followed) this.#sayHomeless({ kind: "selection", selection });
  }

  #sayHomeless(event: PanelEvent): void {
    for (const { port, tabId } of this.#panels.values()) if (tabId === null) port.postMessage(event);
  }

  forgetTab(tabId: number): void {
    this.#selections.delete(tabId);
    void forgetExpected(tabId);
  }

  /** Turns panels that no page frames to the active tab, and away from the one before. */
  async follow(): Promise<void> {
    const isFollowing = [...this.#panels.values()].some(({ tabId }) => tabId === null);
    const before = this.#followed;
    const next = isFollowing ? await activeTab(before) : null;
    this.#followed = next;
    if (before !== null && before !== next) void orderPage(before, { kind: "report", on: false });
    if (next === null) return;
    const heard = await orderPage(next, { kind: "report", on: true });
    if (!heard) this.#sayHomeless({ kind: "selection", selection: NOTHING_SELECTED });
  }
}

/** A panel in a tab of its own is no page to follow: it stays with the tab before, or takes the CRM tab used last. */
async function activeTab(before: number | null): Promise<number | null> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const isOwn = tab?.url?.startsWith(browser.runtime.getURL("")) ?? false;
  if (tab?.id === undefined || isOwn) return before ?? (await findCrmTabs())[0]?.id ?? null;
  return tab.id;
}

/** Null for the side panel and for a panel in a tab of its own. */
function framingTab({ tab, frameId }: Runtime.MessageSender): number | null {
  return frameId === 0 ? null : (tab?.id ?? null);
}

function keyOf(sender: Runtime.MessageSender): string {
  return `${sender.tab?.id ?? "side"}:${sender.frameId ?? 0}`;
}
