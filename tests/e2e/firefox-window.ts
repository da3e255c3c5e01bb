import type { Browser } from "puppeteer-core";

/** Runs a script in Firefox's own window, where its prompts and its sidebar are, and answers what it comes to. */
export async function firefoxWindow(browser: Browser): Promise<(script: string) => Promise<unknown>> {
  // Puppeteer keeps to pages; the protocol below it reaches the browser's window as well.
  const { connection } = browser as unknown as { connection: Connection };
  const { result } = await connection.send("browsingContext.getTree", { "moz:scope": "chrome" });
  const context = result.contexts?.[0]?.context;
  return async (script) => {
    const ran = await connection.send("script.evaluate", {
      expression: script,
      target: { context },
      awaitPromise: true,
    });
    if (ran.result.type !== "success") throw new Error(JSON.stringify(ran.result));
    return ran.result.result?.value;
  };
}

interface Connection {
  send: (method: string, about: object) => Promise<{ result: Answer }>;
}

interface Answer {
  contexts?: { context: string }[];
  type?: string;
  result?: { value?: unknown };
}
