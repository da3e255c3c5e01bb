import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { CLIENT_ID } from "./client.ts";
import type { Provider } from "./provider.ts";
import type { RefreshTokenState } from "./sign-ins.ts";

export interface OAuthRoutesConfig {
  provider: Provider;
  publicUrl: string;
  clientAddress: (c: Context) => string;
  limitRequests: (address: string) => Promise<number | null>;
  findByRefreshToken: (refreshToken: string) => Promise<RefreshTokenState | null>;
  /** The sign-in an access token belongs to, or null. */
  signInOf: (accessToken: string) => Promise<string | null>;
  revoke: (signInId: string) => Promise<void>;
}

/** A code, a verifier and a redirect URI, with room to spare. */
const FORM_BYTES = 16 * 1024;

/** What our one client needs of better-auth's many endpoints. The rest answers 404. */
export function oauthRoutes(config: OAuthRoutesConfig): Hono {
  const { provider, publicUrl } = config;
  const routes = new Hono();

  routes.use("/auth/*", async (c, next) => {
    const wait = await config.limitRequests(config.clientAddress(c));
    if (wait === null) return next();
    c.header("Retry-After", String(wait));
    return c.json(oauthError("temporarily_unavailable", "Too many requests from this address."), 429);
  });

  routes.use("/auth/*", bodyLimit({ maxSize: FORM_BYTES }));

  for (const path of ["/.well-known/oauth-authorization-server", "/auth/.well-known/oauth-authorization-server"]) {
    routes.get(path, (c) => c.json(metadata(publicUrl)));
  }

  routes.get("/auth/jwks", async (c) => c.json(await provider.api.getJwks()));

  routes.get("/auth/oauth2/authorize", (c) => {
    const query = authorizationQuery(new URL(c.req.url).searchParams, publicUrl);
    const headers = new Headers();
    const cookie = c.req.header("Cookie");
    if (cookie !== undefined) headers.set("Cookie", cookie);
    return provider.handler(new Request(`${publicUrl}/auth/oauth2/authorize?${query.toString()}`, { headers }));
  });

  routes.post("/auth/oauth2/token", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const refused = await refuseRefresh(config, form);
    if (refused !== null) return noStore(c.json(refused, 400));
    // Only the form travels on: there is no cookie to protect, and the extension's origin is nobody's business here.
    return noStore(
      await provider.handler(new Request(`${publicUrl}/auth/oauth2/token`, { method: "POST", body: form })),
    );
  });

  routes.post("/auth/oauth2/revoke", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get("client_id") !== CLIENT_ID) return c.json(oauthError("invalid_client", "Unknown client."), 401);
    const token = form.get("token");
    if (!token) return c.json(oauthError("invalid_request", "The token is missing."), 400);
    const signInId = (await config.findByRefreshToken(token))?.signInId ?? (await config.signInOf(token));
    if (signInId !== null) await config.revoke(signInId);
    // RFC 7009: a token that is unknown is as good as revoked.
    return noStore(c.body(null, 200));
  });

  return routes;
}

/**
 * The library would end every sign-in of the person when one browser's token is replayed, and would go on refreshing a
 * sign-in that is over. Both end exactly the sign-in concerned here.
 */
async function refuseRefresh(
  { findByRefreshToken, revoke }: OAuthRoutesConfig,
  form: URLSearchParams,
): Promise<OAuthError | null> {
  const token = form.get("refresh_token");
  if (form.get("grant_type") !== "refresh_token" || token === null) return null;
  const state = await findByRefreshToken(token);
  if (state === null || (!state.replayed && !state.signInExpired)) return null;
  if (state.signInId !== null) await revoke(state.signInId);
  return oauthError("invalid_grant", "This sign-in is over. Sign in again.");
}

/** Asks for the one resource in the client's name, and for no page that does not exist. */
function authorizationQuery(asked: URLSearchParams, publicUrl: string): URLSearchParams {
  const query = new URLSearchParams(asked);
  query.set("resource", publicUrl);
  const prompt = query.get("prompt");
  if (prompt !== null && prompt !== "login" && prompt !== "none") query.delete("prompt");
  return query;
}

/** RFC 8414, naming only what is reachable. */
function metadata(publicUrl: string) {
  return {
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/auth/oauth2/authorize`,
    token_endpoint: `${publicUrl}/auth/oauth2/token`,
    revocation_endpoint: `${publicUrl}/auth/oauth2/revoke`,
    jwks_uri: `${publicUrl}/auth/jwks`,
    scopes_supported: ["workspace", "offline_access"],
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["none"],
    revocation_endpoint_auth_methods_supported: ["none"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
  };
}

interface OAuthError {
  error: string;
  error_description: string;
}

function oauthError(error: string, error_description: string): OAuthError {
  return { error, error_description };
}

function noStore(response: Response): Response {
  response.headers.set("Cache-Control", "no-store");
  return response;
}
