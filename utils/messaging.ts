import type { BackgroundCalls, PanelEvent } from "./background-calls.ts";
import { browser, type Runtime } from "./browser.ts";
import { ownWindowId } from "./side-panel.ts";
import { createStream, type Stream } from "./stream.ts";

type CallName = keyof BackgroundCalls;

/** A call as it travels from an extension page to the background. */
interface CallMessage {
  kind: "call";
  name: CallName;
  args: unknown[];
}

/** What a panel says on its port. */
export type PanelMessage =
  | { kind: "hello"; nonce: string | null; watching: string | null; windowId: number | null }
  | { kind: "watching"; groupId: string | null }
  | { kind: "close_panel" };
/** What it hears: whether it may show anything, then events. */
export type PanelAnswer = { kind: "admission"; admitted: boolean } | PanelEvent;

export const PANEL_PORT = "panel";

/** The background's calls as an extension page makes them. */
export const callBackground: BackgroundCalls = new Proxy({} as BackgroundCalls, {
  get:
    (_, name: CallName) =>
    (...args: unknown[]) => {
      if (name === "watching") return watch(...(args as Parameters<BackgroundCalls["watching"]>));
      const message: CallMessage = { kind: "call", name, args };
      return browser.runtime.sendMessage(message);
    },
});

/** Said again to every new worker, which starts knowing nothing about this page. */
let watching: string | null = null;
let line: Runtime.Port | null = null;

/** Said on the port: of two side panels, only their ports tell which is which. */
async function watch(groupId: string | null): Promise<void> {
  watching = groupId;
  line?.postMessage({ kind: "watching", groupId } satisfies PanelMessage);
}

/** What travels as a message of its own. */
export type ServedCalls = Omit<BackgroundCalls, "watching">;

/** Answers those calls in the background, for the extension's own pages only. Call it once, at the worker's start. */
export function serveBackgroundCalls(callsFor: (sender: Runtime.MessageSender) => Promise<ServedCalls>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (!isCall(message) || !isOwnPage(sender)) return undefined;
    return callsFor(sender).then((calls) => {
      const call = calls[message.name as keyof ServedCalls] as (...args: unknown[]) => Promise<unknown>;
      return call(...message.args);
    });
  });
}

/** Whether a message comes from a page of this extension rather than from a script in somebody else's page. */
export function isOwnPage(sender: Runtime.MessageSender): boolean {
  return sender.id === browser.runtime.id && (sender.url?.startsWith(browser.runtime.getURL("")) ?? false);
}

function isCall(message: unknown): message is CallMessage {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === "call";
}

async function sayHello(port: Runtime.Port, nonce: string | null): Promise<void> {
  const windowId = await ownWindowId();
  // The worker may have gone to sleep again; the port after this one says it anew.
  if (port === line) port.postMessage({ kind: "hello", nonce, watching, windowId } satisfies PanelMessage);
}

export interface PanelLink {
  /** False where a stranger's page has framed the panel: it must stay an empty shell. */
  admitted: Promise<boolean>;
  events: Stream<PanelEvent>;
  /** Asks the page that holds this panel to take it away; does nothing in the side panel or a tab. */
  closePanel(): void;
}

/** Joins a panel to the background, and again whenever the worker was put to sleep. */
export function connectPanel(nonce: string | null = location.hash.slice(1) || null): PanelLink {
  const events = createStream<PanelEvent>(({ kind }) => ["selection", "connection", "place"].includes(kind));
  const admission = Promise.withResolvers<boolean>();
  let port = open();

  function open(): Runtime.Port {
    const opened = browser.runtime.connect({ name: PANEL_PORT });
    opened.onMessage.addListener((message: unknown) => {
      const answer = message as PanelAnswer;
      if (answer.kind === "admission") admission.resolve(answer.admitted);
      else events.push(answer);
    });
    opened.onDisconnect.addListener(() => {
      // After an update of the extension there is no runtime left to connect to.
      if (browser.runtime.id !== undefined) port = open();
    });
    line = opened;
    void sayHello(opened, nonce);
    return opened;
  }

  return {
    admitted: admission.promise,
    events,
    closePanel: () => port.postMessage({ kind: "close_panel" } satisfies PanelMessage),
  };
}
