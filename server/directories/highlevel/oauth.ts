import { z } from "zod";
import { DirectoryAnswerError, DirectoryError, DirectoryUnavailableError } from "../directory.ts";
import { TokenAnswer } from "./wire.ts";

export interface OAuthConfig {
  apiUrl: string;
  marketplaceUrl: string;
  clientId: string;
  clientSecret: string;
  timeoutMs: number;
}

export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  /** Null for a token of a whole agency. */
  locationId: string | null;
}

/** The CRM will not take this code or refresh token, now or later. */
export class GrantRefusedError extends Error {
  override name = "GrantRefusedError";
}

/** It refuses not the code or token but who brings it: an operator has to mend that, and then all is as before. */
export class AppRefusedError extends DirectoryError {
  override name = "AppRefusedError";
  readonly code = "directory_unavailable";
}

/** The words of RFC 6749, in which a refusal is final or the app's own. */
const Refusal = z.looseObject({ error: z.string() });
const APP_ERRORS = new Set(["invalid_client", "unauthorized_client"]);

const SCOPES = "contacts.readonly contacts.write users.readonly phonenumbers.read";

/** Where an admin is sent to choose the location and to say yes. */
export function authorizeUrl(
  config: OAuthConfig,
  { redirectUri, state }: { redirectUri: string; state: string },
): string {
  const url = new URL("/v2/oauth/chooselocation", config.marketplaceUrl);
  url.search = new URLSearchParams({
    response_type: "code",
    redirect_uri: redirectUri,
    client_id: config.clientId,
    scope: SCOPES,
    state,
  }).toString();
  return url.href;
}

export function redeemCode(config: OAuthConfig, grant: { code: string; redirectUri: string }): Promise<TokenPair> {
  return askForTokens(config, {
    grant_type: "authorization_code",
    code: grant.code,
    redirect_uri: grant.redirectUri,
  });
}

/** Ends the refresh token it is given: the answer's pair is the only one that works from then on. */
export function redeemRefreshToken(config: OAuthConfig, refreshToken: string): Promise<TokenPair> {
  return askForTokens(config, { grant_type: "refresh_token", refresh_token: refreshToken });
}

async function askForTokens(config: OAuthConfig, grant: Record<string, string>): Promise<TokenPair> {
  const response = await fetch(`${config.apiUrl}/oauth/token`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({
      client_id: config.clientId,
      client_secret: config.clientSecret,
      user_type: "Location",
      ...grant,
    }),
    redirect: "error",
    signal: AbortSignal.timeout(config.timeoutMs),
  }).catch((cause: unknown) => {
    throw new DirectoryUnavailableError("The CRM does not answer a request for tokens.", { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refusalOf(response.status, body);
  return pairOf(body);
}

/** Only the CRM's own word ends a connection: a firewall's page or a wrong setting of ours must not. */
function refusalOf(status: number, body: unknown): Error {
  const error = Refusal.safeParse(body).data?.error ?? null;
  if (error === "invalid_grant") return new GrantRefusedError(`The CRM answers ${status} to a request for tokens.`);
  if (error !== null && (status === 401 || APP_ERRORS.has(error))) {
    return new AppRefusedError(
      "The CRM refuses this app. An operator checks HIGHLEVEL_CLIENT_ID and HIGHLEVEL_CLIENT_SECRET.",
    );
  }
  return new DirectoryUnavailableError(`The CRM answers ${status} to a request for tokens.`);
}

function pairOf(body: unknown): TokenPair {
  const read = TokenAnswer.safeParse(body);
  if (!read.success) throw new DirectoryAnswerError("The CRM's answer to a request for tokens cannot be read.");
  const { access_token, refresh_token, expires_in, locationId } = read.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresInSeconds: expires_in,
    locationId: locationId ?? null,
  };
}
