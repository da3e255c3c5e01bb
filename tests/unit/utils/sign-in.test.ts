import { createHash } from "node:crypto";
import { refuse } from "@partyline/domain/result";
import { afterEach, beforeEach, expect, test } from "vitest";
import { signInAt } from "../../../utils/sign-in.ts";
import { json, serve, type TestServer } from "./example.ts";

const NOW = Date.parse("2026-11-23T09:00:00Z");
const redirectUrl = "https://jamemokkfjionbnafeficanlelfhbjok.chromiumapp.org/";
let server: TestServer;
let issuer: string | null;

beforeEach(async () => {
  issuer = null;
  server = await serve(({ path }, response) => {
    if (path.startsWith("/.well-known")) {
      return json(response, 200, {
        issuer: issuer ?? server.url,
        authorization_endpoint: `${server.url}/authorize`,
        token_endpoint: `${server.url}/token`,
        revocation_endpoint: `${server.url}/revoke`,
      });
    }
    json(response, 200, { access_token: "access", refresh_token: "refresh", expires_in: 600 });
  });
});
afterEach(() => server.close());

/** A user who signs in; `change` bends what comes back. */
function windowOf(change: (answer: URLSearchParams) => void = () => {}, opened: URL[] = []) {
  return {
    redirectUrl,
    open: async (url: string) => {
      opened.push(new URL(url));
      const answer = new URLSearchParams({
        code: "the-code",
        state: new URL(url).searchParams.get("state") ?? "",
        iss: server.url,
      });
      change(answer);
      return `${redirectUrl}?${answer.toString()}`;
    },
  };
}

test("signing in exchanges the code, with the proof that belongs to the challenge", async () => {
  const opened: URL[] = [];
  const tokens = await signInAt(server.url, windowOf(undefined, opened), () => NOW);
  expect(tokens).toEqual({
    ok: true,
    value: { backend: server.url, accessToken: "access", refreshToken: "refresh", expiresAt: NOW + 600_000 },
  });
  const asked = opened[0]!.searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: "code",
    client_id: "partyline-extension",
    redirect_uri: redirectUrl,
    scope: "workspace offline_access",
    code_challenge_method: "S256",
  });
  const sent = new URLSearchParams(server.asked.at(-1)!.body);
  expect(Object.fromEntries(sent)).toMatchObject({ grant_type: "authorization_code", code: "the-code" });
  const challenge = createHash("sha256").update(sent.get("code_verifier")!).digest("base64url");
  expect(asked.get("code_challenge")).toBe(challenge);
});

test.each([
  ["of another attempt", (answer: URLSearchParams) => answer.set("state", "another")],
  ["of another server", (answer: URLSearchParams) => answer.set("iss", "https://evil.example")],
  ["that carries no code", (answer: URLSearchParams) => answer.delete("code")],
])("an answer %s signs nobody in, and its code is not used", async (_, change) => {
  expect(await signInAt(server.url, windowOf(change), () => NOW)).toEqual(refuse({ reason: "signed_out" }));
  expect(server.asked.map(({ path }) => path)).not.toContain("/token");
});

test("closing the window signs nobody in", async () => {
  const window = { redirectUrl, open: async () => null };
  expect(await signInAt(server.url, window, () => NOW)).toEqual(refuse({ reason: "signed_out" }));
});

test("a server that speaks for another one is not the backend, and no window opens", async () => {
  issuer = "https://other.example";
  const opened: URL[] = [];
  expect(await signInAt(server.url, windowOf(undefined, opened), () => NOW)).toEqual(
    refuse({ reason: "not_a_backend", backend: server.url }),
  );
  expect(opened).toHaveLength(0);
});
