import { browser, type Runtime } from "./browser.ts";

/** The one frame of a tab that may be a panel. Its number is known once it has first been heard of. */
interface Expected {
  nonce: string;
  frameId: number | null;
}

const A_MOMENT_MS = 300;
const keyOf = (tabId: number) => `panel:${tabId}`;
/** Pages' words as they come. */
const words = new EventTarget();

/** Remembered in `storage.session`, since the worker may die between the page's word and the frame's. */
export async function expectPanel(tabId: number, nonce: string): Promise<void> {
  await browser.storage.session.set({ [keyOf(tabId)]: { nonce, frameId: null } satisfies Expected });
  words.dispatchEvent(new Event(keyOf(tabId)));
}

export async function forgetExpected(tabId: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tabId));
}

/**
 * Whether a panel may show anything. Any page can frame `panel.html`; only one made by our script in an enabled site
 * knows the nonce, and only the first frame to say it counts. Panels that no page frames need none.
 */
export async function admitPanel(sender: Runtime.MessageSender, nonce: string | null): Promise<boolean> {
  const tabId = sender.tab?.id;
  const frameId = sender.frameId ?? 0;
  if (tabId === undefined || frameId === 0) return true;
  if (nonce === null) return false;
  const word = nextWord(tabId);
  if (await isExpected(tabId, frameId, nonce)) return true;
  // The page's word travels apart from the frame's and may still be on its way.
  await word;
  return isExpected(tabId, frameId, nonce);
}

/** Until the tab's page says something of its panel, but no longer than it can take to come. */
function nextWord(tabId: number): Promise<void> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(A_MOMENT_MS);
    signal.addEventListener("abort", () => resolve());
    words.addEventListener(keyOf(tabId), () => resolve(), { once: true, signal });
  });
}

/** Whether the page made a frame for that nonce, and no panel ever spoke from it. */
export async function isMissing(tabId: number, nonce: string): Promise<boolean> {
  const key = keyOf(tabId);
  const expected = (await browser.storage.session.get(key))[key] as Expected | undefined;
  return expected?.nonce === nonce && expected.frameId === null;
}

async function isExpected(tabId: number, frameId: number, nonce: string): Promise<boolean> {
  const key = keyOf(tabId);
  const expected = (await browser.storage.session.get(key))[key] as Expected | undefined;
  if (expected?.nonce !== nonce) return false;
  if (expected.frameId === null) await browser.storage.session.set({ [key]: { nonce, frameId } satisfies Expected });
  return expected.frameId === null || expected.frameId === frameId;
}
