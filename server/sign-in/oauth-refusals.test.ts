import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import {
  authorize,
  createProof,
  EXTENSION_REDIRECT_URI,
  requestTokens,
  signInOverHttp,
  submitForm,
} from "../testing/sign-in.ts";
import { PERSON, type SignInServer, startSignInServer } from "../testing/sign-in-server.ts";
import { CLIENT_ID } from "./client.ts";

const postgresql = databases.find(({ name }) => name === "postgresql")!;

describe("the OAuth endpoints", () => {
  let database: TestDatabase;
  let server: SignInServer;

  beforeAll(async () => {
    database = await postgresql.open();
    server = await startSignInServer(database);
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  const challenge = () => createProof().challenge;

  async function takeCode(challenge: string): Promise<string> {
    const page = await authorize(server.url, { code_challenge: challenge });
    const { location } = await submitForm(page, PERSON);
    return new URL(location!).searchParams.get("code")!;
  }

  describe("refuse to authorize", () => {
    const elsewhere = {
      "a client that is not ours": { client_id: "somebody-else" },
      "an address that is not registered": { redirect_uri: "https://evil.example/" },
      "an address that only begins as ours does": { redirect_uri: `${EXTENSION_REDIRECT_URI}further` },
      "another extension's address": { redirect_uri: "https://ponmlkjihgfedcbaponmlkjihgfedcba.chromiumapp.org/" },
      "our address with a fragment": { redirect_uri: `${EXTENSION_REDIRECT_URI}#x` },
      "no address": { redirect_uri: undefined },
      "no client": { client_id: undefined },
    };
    test.each(Object.entries(elsewhere))("%s, and send the browser nowhere else", async (_, change) => {
      const location = new URL(await authorize(server.url, { code_challenge: challenge(), ...change }));
      expect(location.origin + location.pathname).toBe(`${server.url}/sign-in/refused`);
      const page = await fetch(location);
      expect(page.status).toBe(400);
      expect(await page.text()).toContain("This extension is not known here");
    });

    const backToExtension = {
      "a request without a challenge": [
        { code_challenge: undefined, code_challenge_method: undefined },
        "invalid_request",
      ],
      "a challenge in plain text": [{ code_challenge_method: "plain" }, "invalid_request"],
      "a scope that does not exist": [{ scope: "workspace everything" }, "invalid_scope"],
      "the implicit flow": [{ response_type: "token" }, "unsupported_response_type"],
    } as const;
    test.each(Object.entries(backToExtension))("%s, and tell the extension why", async (_, [change, error]) => {
      const location = await authorize(server.url, { code_challenge: challenge(), ...change });
      expect(location).toContain(EXTENSION_REDIRECT_URI);
      expect(new URL(location.replace("#", "?")).searchParams.get("error")).toBe(error);
    });
  });

  describe("refuse a code", () => {
    test("without the verifier", async () => {
      const code = await takeCode(challenge());
      const response = await requestTokens(server.url, {
        grant_type: "authorization_code",
        code,
        redirect_uri: EXTENSION_REDIRECT_URI,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).not.toHaveProperty("access_token");
    });

    test("with somebody else's verifier, and a second time with the right one", async () => {
      const { verifier, challenge } = createProof();
      const code = await takeCode(challenge);
      const exchange = (code_verifier: string) =>
        requestTokens(server.url, {
          grant_type: "authorization_code",
          code,
          redirect_uri: EXTENSION_REDIRECT_URI,
          code_verifier,
        });
      expect((await exchange(createProof().verifier)).ok).toBe(false);
      expect((await exchange(verifier)).ok).toBe(false);
    });

    test("used before, and take back what it was exchanged for", async () => {
      const { verifier, challenge } = createProof();
      const exchange = async (code: string) =>
        requestTokens(server.url, {
          grant_type: "authorization_code",
          code,
          redirect_uri: EXTENSION_REDIRECT_URI,
          code_verifier: verifier,
        });
      const code = await takeCode(challenge);
      const tokens = (await (await exchange(code)).json()) as { refresh_token: string };
      expect((await exchange(code)).status).toBe(400);
      const refresh = await requestTokens(server.url, {
        grant_type: "refresh_token",
        refresh_token: tokens.refresh_token,
      });
      expect(refresh.status).toBe(400);
    });

    test("brought by another client", async () => {
      const { verifier, challenge } = createProof();
      const response = await requestTokens(server.url, {
        grant_type: "authorization_code",
        code: await takeCode(challenge),
        redirect_uri: EXTENSION_REDIRECT_URI,
        code_verifier: verifier,
        client_id: "somebody-else",
      });
      expect(response.ok).toBe(false);
    });
  });

  test.each(["client_credentials", "password", "nonsense"])("refuse the grant %s", async (grant_type) => {
    const response = await requestTokens(server.url, { grant_type, ...PERSON });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.json()).not.toHaveProperty("access_token");
  });

  test("refuse a refresh token nobody was given, and a refresh without one", async () => {
    expect((await requestTokens(server.url, { grant_type: "refresh_token", refresh_token: "made-up" })).status).toBe(
      400,
    );
    expect((await requestTokens(server.url, { grant_type: "refresh_token" })).status).toBe(400);
  });

  test("are the only ones: nobody can sign up, register a client or read a session", async () => {
    for (const path of [
      "/auth/sign-up/email",
      "/auth/sign-in/email",
      "/auth/sign-in/demo",
      "/auth/get-session",
      "/auth/token",
      "/auth/oauth2/register",
      "/auth/oauth2/create-client",
      "/auth/oauth2/introspect",
    ]) {
      for (const method of ["GET", "POST"]) {
        const response = await fetch(server.url + path, { method, redirect: "manual" });
        expect([path, method, response.status]).toEqual([path, method, 404]);
      }
    }
  });

  test("are described by the discovery document, which names nothing unreachable", async () => {
    const response = await fetch(`${server.url}/.well-known/oauth-authorization-server`);
    const described = (await response.json()) as Record<string, string>;
    expect(described).toMatchObject({ issuer: server.url, code_challenge_methods_supported: ["S256"] });
    for (const [name, method] of [
      ["authorization_endpoint", "GET"],
      ["token_endpoint", "POST"],
      ["revocation_endpoint", "POST"],
      ["jwks_uri", "GET"],
    ] as const) {
      expect((await fetch(described[name]!, { method, redirect: "manual" })).status).not.toBe(404);
    }
  });

  test("publish the public half of the signing key only", async () => {
    await signInOverHttp(server.url, PERSON);
    const { keys } = (await (await fetch(`${server.url}/auth/jwks`)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toEqual([expect.objectContaining({ kty: "OKP", crv: "Ed25519", alg: "EdDSA" })]);
    expect(keys[0]).not.toHaveProperty("d");
  });

  test("keep tokens out of every cache", async () => {
    const { verifier, challenge } = createProof();
    const response = await requestTokens(server.url, {
      grant_type: "authorization_code",
      code: await takeCode(challenge),
      redirect_uri: EXTENSION_REDIRECT_URI,
      code_verifier: verifier,
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("store no token as it was handed out", async () => {
    const tokens = await signInOverHttp(server.url, PERSON);
    const { rows } = await database.pool.query(`select 1 from auth."oauthRefreshToken" where "token" = $1`, [
      tokens.refresh_token,
    ]);
    expect(rows).toEqual([]);
  });

  test("take no endless form", async () => {
    const response = await requestTokens(server.url, {
      grant_type: "refresh_token",
      refresh_token: "x".repeat(20_000),
    });
    expect(response.status).toBe(413);
  });

  test("slow down an address that asks without end", async () => {
    const response = async () =>
      await fetch(`${server.url}/auth/oauth2/revoke`, {
        method: "POST",
        body: new URLSearchParams({ client_id: CLIENT_ID }),
      });
    let last = await response();
    for (let count = 0; count < 700 && last.status !== 429; count += 1) last = await response();
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
