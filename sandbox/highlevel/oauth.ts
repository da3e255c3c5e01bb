import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { Behaviour } from "./behaviour.ts";
import type { HighLevel } from "./highlevel.ts";
import type { TokenPair } from "./token-book.ts";

type Env = { Bindings: HttpBindings };
type Call = Context<Env>;
type Form = Record<string, unknown>;

/** The marketplace's page that asks for consent, and the endpoint that gives tokens. */
export function oauthRoutes(crm: HighLevel): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get("/v2/oauth/chooselocation", (call) => {
    const { client_id, redirect_uri, scope, state = "" } = call.req.query();
    if (client_id !== crm.parts.clientId || redirect_uri === undefined) return call.text("Unknown app", 400);
    return call.html(consentPage({ locationId: crm.parts.locationId, redirect_uri, scope: scope ?? "", state }));
  });
  routes.post("/v2/oauth/chooselocation/allow", async (call) => {
    const form = await call.req.parseBody();
    const target = new URL(text(form, "redirect_uri"));
    target.searchParams.set("code", crm.parts.tokens.giveCode(text(form, "redirect_uri")));
    if (text(form, "state") !== "") target.searchParams.set("state", text(form, "state"));
    return call.redirect(target.href, 302);
  });
  routes.post("/oauth/token", (call) => answerToken(crm, call));
  return routes;
}

async function answerToken(crm: HighLevel, call: Call): Promise<Response> {
  if (!(call.req.header("content-type") ?? "").startsWith("application/x-www-form-urlencoded")) {
    return call.json({ statusCode: 422, message: ["the body must be form-encoded"], error: "Unprocessable" }, 422);
  }
  const form = await call.req.parseBody();
  await crm.sleep(crm.behaviour.tokenDelayMs);
  const fault = crm.behaviour.nextToken.shift();
  const isClient =
    text(form, "client_id") === crm.parts.clientId && text(form, "client_secret") === crm.parts.clientSecret;
  const failure = failWith(isClient ? fault : (fault ?? "client_refused"), call);
  if (failure !== null) return failure;
  const pair = pairFor(crm, form);
  if (fault === "rotated_then_reset") return reset(call);
  if (pair === null) {
    return call.json({ error: "invalid_grant", message: "This refresh token is invalid", statusCode: 400 }, 400);
  }
  return call.json(tokenPayload(crm, pair));
}

function failWith(fault: Behaviour["nextToken"][number] | undefined, call: Call): Response | null {
  switch (fault) {
    case "server_error":
      return call.json({ statusCode: 500, message: "Internal server error" }, 500);
    case "reset":
      return reset(call);
    case "forbidden_page":
      return call.html("<!doctype html><title>Forbidden</title>", 403);
    case "client_refused":
      return call.json({ statusCode: 401, message: "Invalid client credentials", error: "Unauthorized" }, 401);
    // That one is asked for what it takes away.
    case "rotated_then_reset":
    case undefined:
      return null;
  }
}

function pairFor({ parts }: HighLevel, form: Form): TokenPair | null {
  switch (text(form, "grant_type")) {
    case "authorization_code":
      return parts.tokens.redeemCode(text(form, "code"), text(form, "redirect_uri"));
    case "refresh_token":
      return parts.tokens.redeemRefreshToken(text(form, "refresh_token"));
    default:
      return null;
  }
}

function tokenPayload({ parts, users, behaviour }: HighLevel, pair: TokenPair): object {
  return {
    access_token: pair.accessToken,
    token_type: "Bearer",
    expires_in: pair.expiresInSeconds,
    refresh_token: pair.refreshToken,
    scope: "contacts.readonly contacts.write users.readonly phonenumbers.read",
    ...(behaviour.agencyTokens ? { userType: "Company" } : { userType: "Location", locationId: parts.locationId }),
    companyId: "company-of-the-sandbox",
    userId: users[0]?.id ?? "nobody",
    isBulkInstallation: false,
  };
}

function text(form: Form, name: string): string {
  const value = form[name];
  return typeof value === "string" ? value : "";
}

function reset(call: Call): Response {
  call.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

function consentPage(asked: { locationId: string; redirect_uri: string; scope: string; state: string }) {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <title>Allow access</title>
      <h1>Connect location ${asked.locationId}?</h1>
      <p>The app asks for: ${asked.scope}</p>
      <form method="post" action="/v2/oauth/chooselocation/allow">
        <input type="hidden" name="redirect_uri" value="${asked.redirect_uri}" />
        <input type="hidden" name="state" value="${asked.state}" />
        <button>Allow</button>
      </form>
    </html>`;
}
