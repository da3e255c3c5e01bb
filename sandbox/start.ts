import { join, resolve } from "node:path";
import { findChrome, findChromium } from "./chromium.ts";
import { buildExtension, redirectOf, ROOT } from "./extension-build.ts";
import { hasDisplay, openBrowser, openChrome } from "./open-browser.ts";
import { readPorts, requireFree } from "./ports.ts";
import { keepRecipeKey } from "./recipe-key.ts";
import { startSandbox, type Sandbox } from "./sandbox.ts";

/** `npm start`: the whole of Partyline on this machine, from nothing to a window with the panel in it. */
async function start(): Promise<void> {
  const started: { sandbox?: Sandbox } = {};
  stopOnSignal(started);
  const ports = readPorts(process.env);
  await requireFree(ports);
  const dataFolder = resolve(ROOT, process.env["PARTYLINE_DATA"] ?? ".partyline");
  console.log("Building the extension …");
  // A folder of its own: another start or a test run must not replace what an open browser is using.
  const extension = await buildExtension("chrome", {
    WXT_OUT_DIR: join(dataFolder, "extension"),
    WXT_BACKEND_URL: `http://127.0.0.1:${ports.backend}`,
    WXT_CRM_URL: `http://127.0.0.1:${ports.crm}`,
    WXT_SIGN_IN_AT_INSTALL: "1",
    WXT_RECIPE_KEYS: await keepRecipeKey(dataFolder),
  });
  console.log("Starting the phone network, the backend and the sample CRM …");
  const redirects = [await redirectOf("chrome", extension)];
  const sandbox = await startSandbox({ ports, dataFolder, redirects });
  started.sandbox = sandbox;
  sandbox.backend.onUnexpectedEnd((why) => {
    console.error(`The backend ended by itself: ${why}`);
    process.exit(1);
  });
  console.log(addresses(sandbox));
  await showBrowser(sandbox, extension, dataFolder);
  console.log("Ctrl-C stops everything. What you did is kept for the next start.");
}

function addresses({ crmUrl, phonesUrl, backendUrl }: Sandbox): string {
  return [
    "",
    `  Sample CRM   ${crmUrl}/contacts   tick some contacts, then open the panel at the right edge`,
    `  Phones       ${phonesUrl}   every person's handset: read and reply`,
    `  Backend      ${backendUrl}   its API: ${backendUrl}/docs`,
    "",
  ].join("\n");
}

async function showBrowser(sandbox: Sandbox, extension: string, dataFolder: string): Promise<void> {
  const chromium = hasDisplay() ? await findChromium() : null;
  const browser = chromium ?? (hasDisplay() ? await findChrome() : null);
  if (browser === null) {
    const why = hasDisplay() ? "No browser of the Chromium family was found" : "There is no display here";
    console.log(`${why}, so no window was opened. To load the extension by hand: open chrome://extensions,`);
    console.log(`switch on "Developer mode", choose "Load unpacked" and pick ${extension}`);
    return;
  }
  console.log(`Opening ${browser.from}. Its first window asks who you are: one click on a demo user signs you in.`);
  const window = { extension, profile: join(dataFolder, "browser"), page: `${sandbox.crmUrl}/contacts` };
  try {
    const close = await (chromium === null ? openChrome : openBrowser)(browser, window);
    process.once("exit", close);
  } catch (error) {
    console.log(`The browser could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** From the first moment on: before everything runs, there is nothing to close that does not end with us. */
function stopOnSignal(started: { sandbox?: Sandbox }): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.log("\nStopping …");
    if (started.sandbox === undefined) process.exit(130);
    void started.sandbox.close().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

try {
  await start();
} catch (error) {
  // What can go wrong here has a sentence of its own; a stack would hide it.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
