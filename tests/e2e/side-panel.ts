import { expect, type BrowserContext, type CDPSession } from "@playwright/test";

/** The panel in Chromium's own side panel, which is no page to Playwright: driven through the debugging protocol. */
export interface SidePanel {
  words(): Promise<string>;
  /** A user's click on the button of that name. */
  press(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Waits for the side panel that is open. */
export async function sidePanelOf(context: BrowserContext): Promise<SidePanel> {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  let targetId = "";
  await expect(async () => {
    targetId = (await findSidePanel(session)) ?? "";
    expect(targetId).not.toBe("");
  }).toPass({ timeout: 10_000 });
  const { sessionId } = await session.send("Target.attachToTarget", { targetId });
  const evaluate = <Value>(expression: string) => evaluateIn<Value>(session, sessionId, expression);
  return {
    words: () => evaluate<string>("document.body.innerText"),
    async press(name) {
      const button = `[...document.querySelectorAll("button")].find((one) =>
        [one.getAttribute("aria-label"), one.textContent.trim()].includes(${JSON.stringify(name)}))`;
      await expect.poll(() => evaluate<boolean>(`${button} !== undefined`)).toBe(true);
      await evaluate(`${button}.click()`);
    },
    async close() {
      await session.send("Target.closeTarget", { targetId });
      await expect.poll(() => findSidePanel(session)).toBeUndefined();
      await session.detach();
    },
  };
}

/** A page of ours that Playwright has not attached itself to is none in a tab. */
async function findSidePanel(session: CDPSession): Promise<string | undefined> {
  const { targetInfos } = await session.send("Target.getTargets");
  return targetInfos.find(({ type, url }) => type === "page" && /^chrome-extension:.*\/panel\.html$/.test(url))
    ?.targetId;
}

let calls = 0;

async function evaluateIn<Value>(session: CDPSession, sessionId: string, expression: string): Promise<Value> {
  calls += 1;
  const id = calls;
  const answer = new Promise<Value>((resolve) => {
    const hear = (event: { sessionId: string; message: string }) => {
      if (event.sessionId !== sessionId) return;
      const said = JSON.parse(event.message) as { id?: number; result?: { result?: { value?: Value } } };
      if (said.id !== id) return;
      session.off("Target.receivedMessageFromTarget", hear);
      resolve(said.result?.result?.value as Value);
    };
    session.on("Target.receivedMessageFromTarget", hear);
  });
  const params = { expression, userGesture: true, returnByValue: true, awaitPromise: true };
  const message = JSON.stringify({ id, method: "Runtime.evaluate", params });
  await session.send("Target.sendMessageToTarget", { sessionId, message });
  return answer;
}
