import { isAPIError } from "better-auth/api";
import type { Provider } from "./provider.ts";

export type BrowserSignIn =
  /** Where the authorization goes on, back to the extension, and the cookies that spare the page the next time. */
  | { kind: "signed_in"; location: string; cookies: string[] }
  | { kind: "person_refused" }
  /** The signed authorization request was changed, or is too old. */
  | { kind: "request_refused" };

/** better-auth answered what it never should. */
export class ProviderFailedError extends Error {
  override name = "ProviderFailedError";

  constructor(status: number) {
    super(`the sign-in library answered ${status}`);
  }
}

/** @param oauthQuery the page's own query: better-auth's signed authorization request */
export function signInByPassword(
  provider: Provider,
  publicUrl: string,
  credentials: { email: string; password: string },
  oauthQuery: string,
): Promise<BrowserSignIn> {
  // The provider's plugin reads the query; the endpoint's own type does not know of it.
  const body = { ...credentials, oauth_query: oauthQuery };
  return interpret(() => provider.api.signInEmail({ body, ...asRequest(publicUrl) }));
}

export function signInByName(
  provider: Provider,
  publicUrl: string,
  email: string,
  oauthQuery: string,
): Promise<BrowserSignIn> {
  const body = { email, oauth_query: oauthQuery };
  return interpret(() => provider.api.signInAsDemoUser({ body, ...asRequest(publicUrl) }));
}

async function interpret(call: () => Promise<Response>): Promise<BrowserSignIn> {
  let answer: Response;
  try {
    answer = await call();
  } catch (error) {
    // Only what refuses the query throws; everything after it comes back as a response.
    if (isAPIError(error) && error.statusCode < 500) return { kind: "request_refused" };
    throw error;
  }
  // 400: what was typed is not even shaped like an email.
  if (answer.status === 401 || answer.status === 400) return { kind: "person_refused" };
  if (!answer.ok) throw new ProviderFailedError(answer.status);
  const { url } = (await answer.json()) as { url?: unknown };
  if (typeof url !== "string") throw new ProviderFailedError(answer.status);
  return { kind: "signed_in", location: url, cookies: answer.headers.getSetCookie() };
}

/** better-auth refuses to authorize without a request; ours carries nothing of the browser's. */
function asRequest(publicUrl: string) {
  const headers = new Headers({ Origin: new URL(publicUrl).origin });
  const request = new Request(`${publicUrl}/auth/sign-in`, { method: "POST", headers });
  return { headers, request, asResponse: true as const };
}
