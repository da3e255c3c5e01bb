import type { DatabasePool } from "../store/pool.ts";

/** The one OAuth client there is: our own extension, whatever browser it runs in. */
export const CLIENT_ID = "partyline-extension";
/** `offline_access` is what makes the token endpoint hand out a refresh token. */
export const SCOPES = ["workspace", "offline_access"];

/** The configuration names an address that the browser would not keep for one extension alone. */
export class RedirectUriRefusedError extends Error {
  override name = "RedirectUriRefusedError";

  constructor(uri: string) {
    super(
      `${JSON.stringify(uri)} cannot be a sign-in address of the extension: it must be what the browser's ` +
        "identity.getRedirectURL() answers, like https://<extension id>.chromiumapp.org/ or " +
        "https://<hash>.extensions.allizom.org/.",
    );
  }
}

/** Both browsers reserve one host name per extension; anything else could be somebody's web site. */
const RESERVED_FOR_ONE_EXTENSION =
  /^https:\/\/(?:[a-p]{32}\.chromiumapp\.org|[0-9a-f]{40}\.extensions\.(?:allizom|mozilla)\.org)\/[\w/-]*$/u;

/** @throws RedirectUriRefusedError */
export function checkRedirectUris(uris: readonly string[]): void {
  for (const uri of uris) if (!RESERVED_FOR_ONE_EXTENSION.test(uri)) throw new RedirectUriRefusedError(uri);
}

/** The configuration is the truth about the client: its row is rewritten at every start. */
export async function registerClient(pool: DatabasePool["pool"], redirectUris: readonly string[]): Promise<void> {
  await pool.query(
    `insert into auth."oauthClient"
       ("id", "clientId", "name", "redirectUris", "scopes", "grantTypes", "responseTypes",
        "tokenEndpointAuthMethod", "requirePKCE", "skipConsent", "disabled", "createdAt", "updatedAt")
     values ($1, $1, 'Partyline', $2::jsonb, $3::jsonb, '["authorization_code","refresh_token"]', '["code"]',
        'none', true, true, false, now(), now())
     on conflict ("clientId") do update set
       "redirectUris" = excluded."redirectUris", "scopes" = excluded."scopes", "grantTypes" = excluded."grantTypes",
       "responseTypes" = excluded."responseTypes", "tokenEndpointAuthMethod" = 'none', "requirePKCE" = true,
       "skipConsent" = true, "disabled" = false, "updatedAt" = now()`,
    [CLIENT_ID, JSON.stringify(redirectUris), JSON.stringify(SCOPES)],
  );
}
