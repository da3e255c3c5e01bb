import { refuse, type Result } from "@partyline/domain/result";
import { CLIENT_ID, discover, requestTokens, SCOPE } from "./authorization-server.ts";
import type { CallRefusal } from "./command.ts";
import type { Tokens } from "./token-vault.ts";

/** What signing in needs of the browser. */
export interface SignInWindow {
  redirectUrl: string;
  /** Shows a page until it goes to the redirect address, and answers that address; null when the user closed it. */
  open(url: string): Promise<string | null>;
}

/** OAuth 2.1 authorization code with PKCE, at the backend's own sign-in page. */
export async function signInAt(
  backend: string,
  window: SignInWindow,
  now: () => number,
): Promise<Result<Tokens, CallRefusal>> {
  const discovery = await discover(backend);
  if (!discovery.ok) return discovery;
  const verifier = randomText();
  const state = randomText();
  const address = new URL(discovery.value.authorization_endpoint);
  address.search = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT_ID,
    redirect_uri: window.redirectUrl,
    scope: SCOPE,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: "S256",
  }).toString();

  const returned = await window.open(address.href);
  const code = returned === null ? null : readCode(returned, { state, issuer: discovery.value.issuer });
  if (code === null) return refuse({ reason: "signed_out" });
  const grant = {
    grant_type: "authorization_code",
    code,
    code_verifier: verifier,
    redirect_uri: window.redirectUrl,
  } as const;
  return requestTokens(backend, discovery.value, grant, now());
}

/** The code, unless the answer belongs to another attempt (`state`) or another server (`iss`, RFC 9207). */
function readCode(returned: string, expected: { state: string; issuer: string }): string | null {
  const answer = new URL(returned).searchParams;
  if (answer.get("state") !== expected.state) return null;
  const issuer = answer.get("iss");
  if (issuer !== null && issuer !== expected.issuer) return null;
  return answer.get("code");
}

/** 256 bits: what RFC 7636 asks of a verifier. */
function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
