import { createHash, randomBytes } from "node:crypto";
import { CLIENT_ID } from "../sign-in/client.ts";

/** A redirect URI shaped as Chromium answers it for an unpacked extension. */
export const EXTENSION_REDIRECT_URI = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/";

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  token_type: string;
  scope: string;
}

export type Person = { email: string; password: string } | { demo: string };

export class SignInStepFailedError extends Error {
  override name = "SignInStepFailedError";
}

/** Signs a person in as the extension and a browser would: authorize, fill in the form, take the code, exchange it. */
export async function signInOverHttp(
  baseUrl: string,
  person: Person,
  redirectUri: string = EXTENSION_REDIRECT_URI,
): Promise<Tokens> {
  const proof = createProof();
  const page = await authorize(baseUrl, { redirect_uri: redirectUri, code_challenge: proof.challenge });
  const { location } = await submitForm(page, person);
  const code = location === null ? null : new URL(location).searchParams.get("code");
  if (code === null) throw new SignInStepFailedError(`the form answered without a code, but with ${String(location)}`);
  const response = await requestTokens(baseUrl, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: proof.verifier,
  });
  if (!response.ok) throw new SignInStepFailedError(`no tokens: ${response.status} ${await response.text()}`);
  return (await response.json()) as Tokens;
}

export function createProof(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** Asks to authorize. @returns where the browser is sent */
export async function authorize(
  baseUrl: string,
  parameters: Record<string, string | undefined>,
  cookie?: string,
): Promise<string> {
  const query = new URLSearchParams();
  const asked = {
    response_type: "code",
    client_id: CLIENT_ID,
    redirect_uri: EXTENSION_REDIRECT_URI,
    code_challenge_method: "S256",
    state: "some-state",
    ...parameters,
  };
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  const response = await fetch(`${baseUrl}/auth/oauth2/authorize?${query.toString()}`, {
    redirect: "manual",
    headers: cookie === undefined ? {} : { Cookie: cookie },
  });
  const location = response.headers.get("location");
  if (location === null) throw new SignInStepFailedError(`authorize answered ${response.status} and no address`);
  return location;
}

/** Sends the sign-in form that is at this address. @returns where the browser is sent, or the page it shows instead */
export async function submitForm(
  page: string,
  person: Person,
  origin: string = new URL(page).origin,
): Promise<{ location: string | null; html: string; cookie: string }> {
  const response = await fetch(page, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: origin },
    body: new URLSearchParams(person),
  });
  return {
    location: response.headers.get("location"),
    html: await response.text(),
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; "),
  };
}

export function requestTokens(baseUrl: string, parameters: Record<string, string>): Promise<Response> {
  return fetch(`${baseUrl}/auth/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: CLIENT_ID, ...parameters }),
  });
}
