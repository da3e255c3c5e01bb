import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import {
  authorize,
  createProof,
  EXTENSION_REDIRECT_URI,
  requestTokens,
  signInOverHttp,
  submitForm,
  type Tokens,
} from "../testing/sign-in.ts";
import { DEMO_USER, PERSON, type SignInServer, startSignInServer } from "../testing/sign-in-server.ts";
import { CLIENT_ID } from "./client.ts";

const FIREFOX_REDIRECT_URI = "https://0123456789abcdef0123456789abcdef01234567.extensions.allizom.org/";

describe.each(databases)("signing in on $name", ({ open }) => {
  let database: TestDatabase;
  let server: SignInServer;

  beforeAll(async () => {
    database = await open();
    server = await startSignInServer(database, { redirectUris: [EXTENSION_REDIRECT_URI, FIREFOX_REDIRECT_URI] });
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  const refresh = (token: string) => requestTokens(server.url, { grant_type: "refresh_token", refresh_token: token });
  const refreshed = async (token: string) => (await (await refresh(token)).json()) as Tokens;
  const verify = (tokens: Tokens) => server.signIn.verifyBearer(tokens.access_token);
  const signInId = async (tokens: Tokens) => {
    const bearer = await verify(tokens);
    if (!bearer.ok) throw new Error(bearer.refusal.reason);
    return bearer.value.signInId;
  };
  /** As if the refresh tokens used so far had been used a minute earlier, when the grace was not over yet. */
  const endGrace = () =>
    database.pool.query(`update auth."oauthRefreshToken" set "rotationReplayExpiresAt" = now() - interval '1 second'
                          where "rotationReplayExpiresAt" is not null`);

  test("a password becomes a code and a code becomes a token that names the person", async () => {
    const tokens = await signInOverHttp(server.url, PERSON);
    expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 600, scope: "workspace offline_access" });
    expect(await verify(tokens)).toEqual({
      ok: true,
      value: { authUserId: server.authUserId, signInId: expect.stringMatching(/^\w{16,}$/u) },
    });
  });

  test("one click on a demo user is enough in the sandbox", async () => {
    const tokens = await signInOverHttp(server.url, { demo: DEMO_USER.email });
    const bearer = await verify(tokens);
    expect(bearer.ok && bearer.value.authUserId).toBeTruthy();
    expect(bearer.ok && bearer.value.authUserId).not.toBe(server.authUserId);
  });

  test("Firefox's address works as Chromium's does", async () => {
    const tokens = await signInOverHttp(server.url, PERSON, FIREFOX_REDIRECT_URI);
    expect((await verify(tokens)).ok).toBe(true);
  });

  test("the code comes back with the state and the issuer", async () => {
    const page = await authorize(server.url, { code_challenge: createProof().challenge, state: "made-up" });
    const { location } = await submitForm(page, PERSON);
    const address = new URL(location!);
    expect(address.origin + address.pathname).toBe(EXTENSION_REDIRECT_URI);
    expect([...address.searchParams.keys()].toSorted()).toEqual(["code", "iss", "state"]);
    expect(address.searchParams.get("state")).toBe("made-up");
    expect(address.searchParams.get("iss")).toBe(server.url);
  });

  test("the browser's cookie signs in again without the page, and prompt=login asks anyway", async () => {
    const first = await authorize(server.url, { code_challenge: createProof().challenge });
    const { cookie } = await submitForm(first, PERSON);
    const again = await authorize(server.url, { code_challenge: createProof().challenge, prompt: "none" }, cookie);
    expect(again).toMatch(/^https:\/\/\w+\.chromiumapp\.org\/\?code=/u);
    const asked = await authorize(server.url, { code_challenge: createProof().challenge, prompt: "login" }, cookie);
    expect(new URL(asked).pathname).toBe("/sign-in");
  });

  test("prompt=none without a cookie says that nobody is signed in", async () => {
    const location = await authorize(server.url, { code_challenge: createProof().challenge, prompt: "none" });
    expect(new URL(location).searchParams.get("error")).toBe("login_required");
  });

  test("a refresh answers new tokens of the same sign-in", async () => {
    const first = await signInOverHttp(server.url, PERSON);
    const second = await refreshed(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await signInId(second)).toBe(await signInId(first));
  });

  test("an answer lost on the way can be asked for again within the grace", async () => {
    const first = await signInOverHttp(server.url, PERSON);
    const second = await refreshed(first.refresh_token);
    expect((await refreshed(first.refresh_token)).refresh_token).toBe(second.refresh_token);
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  test("a refresh token replayed after the grace ends that sign-in and no other", async () => {
    const other = await signInOverHttp(server.url, PERSON);
    const stolen = await signInOverHttp(server.url, PERSON);
    const current = await refreshed(stolen.refresh_token);
    await endGrace();
    const replay = await refresh(stolen.refresh_token);
    expect(replay.status).toBe(400);
    expect(await replay.json()).toMatchObject({ error: "invalid_grant" });
    expect((await refresh(current.refresh_token)).status).toBe(400);
    expect(await verify(current)).toEqual({ ok: false, refusal: { reason: "session_revoked" } });
    expect((await verify(other)).ok).toBe(true);
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  test("a revoked sign-in is refused at once, its refresh token and its cookie too", async () => {
    const page = await authorize(server.url, { code_challenge: createProof().challenge });
    const { cookie } = await submitForm(page, PERSON);
    const tokens = await signInOverHttp(server.url, PERSON);
    await server.signIn.revoke(await signInId(tokens));
    expect(await verify(tokens)).toEqual({ ok: false, refusal: { reason: "session_revoked" } });
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    await server.signIn.revokeEverySignInOf(server.authUserId);
    const asked = await authorize(server.url, { code_challenge: createProof().challenge }, cookie);
    expect(new URL(asked).pathname).toBe("/sign-in");
  });

  test.each(["refresh_token", "access_token"] as const)(
    "the %s given to the revocation endpoint ends the sign-in",
    async (kind) => {
      const tokens = await signInOverHttp(server.url, PERSON);
      const revoke = (client: string) =>
        fetch(`${server.url}/auth/oauth2/revoke`, {
          method: "POST",
          body: new URLSearchParams({ client_id: client, token: tokens[kind] }),
        });
      expect((await revoke("somebody-else")).status).toBe(401);
      expect((await verify(tokens)).ok).toBe(true);
      expect((await revoke(CLIENT_ID)).status).toBe(200);
      expect(await verify(tokens)).toEqual({ ok: false, refusal: { reason: "session_revoked" } });
      expect((await revoke(CLIENT_ID)).status).toBe(200);
    },
  );

  test("a sign-in past its last day cannot be refreshed", async () => {
    const tokens = await signInOverHttp(server.url, PERSON);
    await database.pool.query(`update auth."session" set "expiresAt" = now() - interval '1 second' where "id" = $1`, [
      await signInId(tokens),
    ]);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    expect(await verify(tokens)).toEqual({ ok: false, refusal: { reason: "session_revoked" } });
  });

  test("a new password ends the sign-ins of the old one", async () => {
    const account = { name: "Eli Moss", email: "eli@harborpine.example", password: "the first password" };
    await server.signIn.createUser(account);
    const tokens = await signInOverHttp(server.url, account);
    expect((await server.signIn.resetPassword(account.email, "the second password")).ok).toBe(true);
    expect(await verify(tokens)).toEqual({ ok: false, refusal: { reason: "session_revoked" } });
    await expect(signInOverHttp(server.url, account)).rejects.toThrow(/without a code/u);
    expect((await verify(await signInOverHttp(server.url, { ...account, password: "the second password" }))).ok).toBe(
      true,
    );
  });

  test("purging keeps what still counts", async () => {
    const tokens = await signInOverHttp(server.url, PERSON);
    const gone = await signInOverHttp(server.url, PERSON);
    const goneId = await signInId(gone);
    await server.signIn.revoke(goneId);
    await database.pool.query(
      "update auth.revoked_sign_in set until = now() - interval '1 day' where sign_in_id = $1",
      [goneId],
    );
    await server.signIn.purgeExpired();
    const { rows } = await database.pool.query("select 1 from auth.revoked_sign_in where sign_in_id = $1", [goneId]);
    expect(rows).toEqual([]);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  test("what is logged of a failed attempt names neither the person nor the password", async () => {
    await signInOverHttp(server.url, { ...PERSON, password: "not the right one" }).catch(() => undefined);
    expect(server.log).not.toEqual([]);
    expect(server.log.join("\n")).not.toMatch(/harborpine|not the right one|correct horse|eyJ/u);
  });
});
