import { allow, refuse, type Result } from "@partyline/domain/result";
import { z } from "zod";
import { exchange } from "./api-client.ts";
import type { CallRefusal } from "./command.ts";
import type { Tokens } from "./token-vault.ts";

/** The backend's own words on how to sign in to it (RFC 8414). */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  revocation_endpoint: z.url(),
});
export type Discovery = z.infer<typeof Discovery>;

const TokenAnswer = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });

export const CLIENT_ID = "partyline-extension";
export const SCOPE = "workspace offline_access";

export async function discover(backend: string): Promise<Result<Discovery, CallRefusal>> {
  const answer = await exchange(new URL("/.well-known/oauth-authorization-server", backend), {});
  if (!answer.ok) return answer;
  const discovery = Discovery.safeParse(answer.value.body);
  // A server that speaks for another one is not the backend the user named.
  const isItself = discovery.success && new URL(discovery.data.issuer).origin === new URL(backend).origin;
  return isItself ? allow(discovery.data) : refuse({ reason: "not_a_backend", backend });
}

export type Grant =
  | { grant_type: "authorization_code"; code: string; code_verifier: string; redirect_uri: string }
  | { grant_type: "refresh_token"; refresh_token: string };

/** Exchanges a grant for tokens. A refused grant means signed out; trouble on the way says nothing about the sign-in. */
export async function requestTokens(
  backend: string,
  discovery: Discovery,
  grant: Grant,
  now: number,
): Promise<Result<Tokens, CallRefusal>> {
  const body = new URLSearchParams({ ...grant, client_id: CLIENT_ID });
  const answer = await exchange(new URL(discovery.token_endpoint), { method: "POST", body });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status === 400 || status === 401) return refuse({ reason: "signed_out" });
  const tokens = TokenAnswer.safeParse(answer.value.body);
  if (status !== 200 || !tokens.success) return refuse({ reason: "not_a_backend", backend });
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = tokens.data;
  return allow({ backend, accessToken, refreshToken, expiresAt: now + seconds * 1000 });
}

/** Ends the sign-in at the backend. */
export async function revokeTokens(tokens: Tokens): Promise<void> {
  const discovery = await discover(tokens.backend);
  if (!discovery.ok) return;
  const body = new URLSearchParams({ token: tokens.refreshToken, client_id: CLIENT_ID });
  await exchange(new URL(discovery.value.revocation_endpoint), { method: "POST", body });
}
