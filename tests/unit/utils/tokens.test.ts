import { allow, refuse } from "@partyline/domain/result";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTokenVault, type TokenVault } from "../../../utils/token-vault.ts";
import { createTokenKeeper, type Exclusively } from "../../../utils/tokens.ts";
import { json, serve, type TestServer } from "./example.ts";

const NOW = Date.parse("2026-11-23T09:00:00Z");
let server: TestServer;
let vault: TokenVault;
/** What the token endpoint does with a refresh token it knows: each counts once. */
let valid: string;
let answering: "rotating" | "refusing" | "broken";
let renewals: number;

beforeEach(async () => {
  vault = openTokenVault(`vault ${crypto.randomUUID()}`);
  answering = "rotating";
  valid = "refresh 0";
  renewals = 0;
  server = await serve(({ path, body }, response) => {
    if (path.startsWith("/.well-known")) return json(response, 200, discovery(server.url));
    if (answering === "broken") return void response.writeHead(502).end("<h1>Bad gateway</h1>");
    const offered = new URLSearchParams(body).get("refresh_token");
    if (answering === "refusing" || offered !== valid) return json(response, 400, { error: "invalid_grant" });
    renewals += 1;
    valid = `refresh ${renewals}`;
    json(response, 200, { access_token: `access ${renewals}`, refresh_token: valid, expires_in: 600 });
  });
});
afterEach(() => server.close());

function discovery(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/auth/oauth2/authorize`,
    token_endpoint: `${url}/auth/oauth2/token`,
    revocation_endpoint: `${url}/auth/oauth2/revoke`,
  };
}

const exclusively: Exclusively = (name, work) => navigator.locks.request(name, work);
const keeper = () => createTokenKeeper(vault, () => NOW, exclusively);
const signIn = (expiresAt: number) =>
  vault.store({ backend: server.url, accessToken: "access 0", refreshToken: "refresh 0", expiresAt });

test("a token with time left is handed out without asking anybody", async () => {
  await signIn(NOW + 600_000);
  expect(await keeper().accessToken()).toEqual(allow("access 0"));
  expect(server.asked).toHaveLength(0);
});

test("a token about to run out is renewed before it is handed out, and what comes is stored", async () => {
  await signIn(NOW + 5_000);
  expect(await keeper().accessToken()).toEqual(allow("access 1"));
  expect(await vault.read()).toMatchObject({
    accessToken: "access 1",
    refreshToken: "refresh 1",
    expiresAt: NOW + 600_000,
  });
});

test("many who ask at once, in several contexts, cause one renewal", async () => {
  await signIn(NOW - 1);
  const [one, other] = [keeper(), keeper()];
  const answers = await Promise.all([
    one.accessToken(),
    other.accessToken(),
    one.renewToken("access 0"),
    other.renewToken("access 0"),
  ]);
  expect(answers).toEqual(Array.from({ length: 4 }, () => allow("access 1")));
  expect(renewals).toBe(1);
});

test("renewals one after another each use what the last one stored", async () => {
  await signIn(NOW - 1);
  expect(await keeper().renewToken("access 0")).toEqual(allow("access 1"));
  expect(await keeper().renewToken("access 1")).toEqual(allow("access 2"));
});

test("a refused refresh token means signed out, and is forgotten", async () => {
  answering = "refusing";
  await signIn(NOW - 1);
  expect(await keeper().accessToken()).toEqual(refuse({ reason: "signed_out" }));
  expect(await vault.read()).toBeNull();
});

test("trouble on the way says nothing about the sign-in: the tokens stay", async () => {
  answering = "broken";
  await signIn(NOW - 1);
  expect(await keeper().accessToken()).toEqual(refuse({ reason: "not_a_backend", backend: server.url }));
  expect(await vault.read()).toMatchObject({ refreshToken: "refresh 0" });
});

test("nobody signed in is signed out", async () => {
  expect(await keeper().accessToken()).toEqual(refuse({ reason: "signed_out" }));
});
