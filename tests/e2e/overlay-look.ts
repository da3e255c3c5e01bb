import type { CDPSession, Page } from "@playwright/test";

/** One thing of ours in a page, as a person sees it and as a screen reader hears it. */
export interface Seen {
  /** Its middle. */
  x: number;
  y: number;
  left: number;
  right: number;
  width: number;
  attributes: Record<string, string>;
}

interface DomNode {
  nodeId: number;
  localName: string;
  attributes?: string[];
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

/** Looks past the closed shadow root, as only the browser can; null for what is not there or has no room. */
export async function look(page: Page, name: "handle" | "edge" | "panel"): Promise<Seen | null> {
  const session = await page.context().newCDPSession(page);
  try {
    const { root } = await session.send("DOM.getDocument", { depth: -1, pierce: true });
    const host = find(root, (node) => node.localName === "partyline-overlay");
    const node = host && find(host, (one) => (name === "panel" ? one.localName === "iframe" : classOf(one) === name));
    return node ? await see(session, node) : null;
  } finally {
    await session.detach();
  }
}

/** The same, once it is there. */
export async function seen(page: Page, name: Parameters<typeof look>[1]): Promise<Seen> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const found = await look(page, name);
    if (found !== null) return found;
    await page.waitForTimeout(50);
  }
  throw new Error(`there is no ${name}`);
}

/** Takes it by hand and lets go of it elsewhere. What moves it comes when a hand is near, and takes a moment. */
export async function drag(page: Page, name: "handle" | "edge", to: { x: number; y: number } | { by: number }) {
  const { x, y } = await seen(page, name);
  await page.mouse.move(x, y);
  await movingIsThere(page);
  await page.mouse.down();
  const end = "by" in to ? { x: x + to.by, y } : to;
  // At the pace of a hand: frames come between.
  for (let step = 1; step <= 8; step += 1) {
    await page.mouse.move(x + ((end.x - x) * step) / 8, y + ((end.y - y) * step) / 8);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.mouse.up();
}

/** Until the script for moving has come to the page: it is the last one that a page is given. */
export async function movingIsThere(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const scripts: string[] = [];
  session.on("Debugger.scriptParsed", ({ url }) => scripts.push(url));
  await session.send("Debugger.enable");
  try {
    for (let attempt = 0; attempt < 100 && !scripts.some((url) => url.endsWith("/crm-moving.js")); attempt += 1) {
      await page.waitForTimeout(20);
    }
  } finally {
    await session.detach();
  }
}

async function see(session: CDPSession, { nodeId, attributes = [] }: DomNode): Promise<Seen | null> {
  const found = await session.send("DOM.getBoxModel", { nodeId }).catch(() => null);
  if (found === null) return null;
  const [left = 0, top = 0, right = 0] = found.model.border;
  const bottom = found.model.border[5] ?? 0;
  const pairs = attributes.flatMap((name, at) => (at % 2 === 0 ? [[name, attributes[at + 1] ?? ""] as const] : []));
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return { ...middle, left, right, width: right - left, attributes: Object.fromEntries(pairs) };
}

function find(node: DomNode, isIt: (node: DomNode) => boolean): DomNode | null {
  if (isIt(node)) return node;
  for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) {
    const found = find(child, isIt);
    if (found !== null) return found;
  }
  return null;
}

function classOf({ attributes = [] }: DomNode): string | undefined {
  const at = attributes.indexOf("class");
  return at < 0 ? undefined : attributes[at + 1];
}
