import { DirectoryAnswerError, DirectoryUnavailableError } from "../directory.ts";
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
  if ([400, 401, 403, 422].includes(response.status)) {
    throw new GrantRefusedError(`The CRM answers ${response.status} to a request for tokens.`);
  }
  if (!response.ok) throw new DirectoryUnavailableError(`The CRM answers ${response.status} to a request for tokens.`);
  return pairOf(await response.json().catch(() => null));
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
