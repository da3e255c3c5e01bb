import { Hono } from "hono";
import { html } from "hono/html";
import type { Context } from "../context.ts";
import { CALLBACK_PATH, finishConnecting, type ConnectingRefusal } from "../directories/highlevel/connecting.ts";
import type { RequestEnv } from "../http/request.ts";

const SENTENCES: Record<ConnectingRefusal["reason"], string> = {
  state_invalid:
    "This link was used before, is older than ten minutes, or did not start in Partyline. Start again there.",
  consent_refused: "You did not allow access, so nothing was connected.",
  agency_token:
    "You gave access for a whole agency. Partyline needs that of one location: start again and choose this workspace's own.",
  wrong_location: "You chose another location than the one this workspace belongs to. Start again and choose that one.",
  code_refused: "HighLevel did not accept the answer it gave us. Start again.",
  app_refused:
    "HighLevel does not accept this app. Whoever runs Partyline checks HIGHLEVEL_CLIENT_ID and HIGHLEVEL_CLIENT_SECRET; then start again.",
  crm_unavailable: "HighLevel does not answer at the moment. Start again in a few minutes.",
};

/** Where HighLevel sends the admin's browser back to. */
export function directoryCallback(context: Context): Hono<RequestEnv> {
  return new Hono<RequestEnv>().get(CALLBACK_PATH, async (c) => {
    const { code, state } = c.req.query();
    const connected = await finishConnecting(context, { code, state });
    // The address holds the code: nothing on this page may carry it elsewhere.
    c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    c.header("referrer-policy", "no-referrer");
    c.header("cache-control", "no-store");
    if (connected.ok) return c.html(page("Connected", "Partyline now reads your contacts. You can close this tab."));
    context.log.warn({ reason: connected.refusal.reason }, "connecting the directory was refused");
    return c.html(page("Not connected", SENTENCES[connected.refusal.reason]), 400);
  });
}

function page(title: string, sentence: string) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} · Partyline</title>
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            margin: 15vh auto;
            max-width: 32rem;
            padding: 0 1.5rem;
            color-scheme: light dark;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${sentence}</p>
        </main>
      </body>
    </html>`;
}
