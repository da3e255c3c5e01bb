import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { requestTokens, signInOverHttp, type Tokens } from "../testing/sign-in.ts";
import { PERSON, type SignInServer, startSignInServer } from "../testing/sign-in-server.ts";

const postgresql = databases.find(({ name }) => name === "postgresql")!;
const INVALID = { ok: false, refusal: { reason: "token_invalid" } };

describe("an access token", () => {
  let database: TestDatabase;
  let server: SignInServer;
  let replica: SignInServer;
  let tokens: Tokens;

  beforeAll(async () => {
    database = await postgresql.open();
    server = await startSignInServer(database);
    replica = await startSignInServer(database, { publicUrl: server.url });
    tokens = await signInOverHttp(server.url, PERSON);
  });
  afterAll(async () => {
    await server.close();
    await replica.close();
    await database.close();
  });

  const claims = () => JSON.parse(Buffer.from(tokens.access_token.split(".")[1]!, "base64url").toString());
  const header = () => JSON.parse(Buffer.from(tokens.access_token.split(".")[0]!, "base64url").toString());

  test("is accepted by every replica", async () => {
    expect((await server.signIn.verifyBearer(tokens.access_token)).ok).toBe(true);
    expect((await replica.signIn.verifyBearer(tokens.access_token)).ok).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["a word", "token"],
    ["two dots", "a.b.c"],
  ])("is not %s", async (_, token) => {
    expect(await server.signIn.verifyBearer(token)).toEqual(INVALID);
  });

  test("is refused with a changed claim", async () => {
    const [head, , signature] = tokens.access_token.split(".");
    const body = Buffer.from(JSON.stringify({ ...claims(), sub: "somebody else" })).toString("base64url");
    expect(await server.signIn.verifyBearer(`${head}.${body}.${signature}`)).toEqual(INVALID);
  });

  test("is refused unsigned", async () => {
    const head = Buffer.from(JSON.stringify({ ...header(), alg: "none" })).toString("base64url");
    expect(await server.signIn.verifyBearer(`${head}.${tokens.access_token.split(".")[1]}.`)).toEqual(INVALID);
  });

  test("is refused when another key signed it, whichever key it names", async () => {
    const { privateKey, publicKey } = await generateKeyPair("EdDSA");
    for (const kid of [header().kid, "another"]) {
      const forged = await new SignJWT(claims())
        .setProtectedHeader({ ...header(), kid, jwk: await exportJWK(publicKey) })
        .sign(privateKey);
      expect(await server.signIn.verifyBearer(forged)).toEqual(INVALID);
    }
  });

  test("is refused by a backend with another address", async () => {
    const elsewhere = await startSignInServer(database, { publicUrl: "https://partyline.example" });
    expect(await elsewhere.signIn.verifyBearer(tokens.access_token)).toEqual(INVALID);
    await elsewhere.close();
  });

  test("expires after ten minutes, also where it was seen before", async () => {
    const server = await startSignInServer(database);
    const { access_token } = await signInOverHttp(server.url, PERSON);
    expect((await server.signIn.verifyBearer(access_token)).ok).toBe(true);
    server.advance(9 * 60_000);
    expect((await server.signIn.verifyBearer(access_token)).ok).toBe(true);
    server.advance(61_000);
    const expired = { ok: false, refusal: { reason: "token_expired" } };
    expect(await server.signIn.verifyBearer(access_token)).toEqual(expired);
    expect(await server.signIn.verifyBearer(access_token)).toEqual(expired);
    await server.close();
  });

  test("of a revoked sign-in is refused by another replica within seconds", async () => {
    const { access_token } = await signInOverHttp(server.url, PERSON);
    const bearer = await replica.signIn.verifyBearer(access_token);
    if (!bearer.ok) throw new Error(bearer.refusal.reason);
    await server.signIn.revoke(bearer.value.signInId);
    replica.advance(2_100);
    expect(await replica.signIn.verifyBearer(access_token)).toEqual({
      ok: false,
      refusal: { reason: "session_revoked" },
    });
  });

  test("signed with a key made since the keys were read is accepted", async () => {
    await server.signIn.verifyBearer(tokens.access_token);
    await database.pool.query(`update auth."jwks" set "expiresAt" = now() - interval '1 second'`);
    const fresh = await signInOverHttp(server.url, PERSON);
    expect(fresh.access_token.split(".")[0]).not.toBe(tokens.access_token.split(".")[0]);
    replica.advance(6_000);
    expect((await replica.signIn.verifyBearer(fresh.access_token)).ok).toBe(true);
    expect((await replica.signIn.verifyBearer(tokens.access_token)).ok).toBe(true);
  });

  test("checked a thousand times asks the database hardly ever", async () => {
    const { access_token } = await signInOverHttp(server.url, PERSON);
    let queries = 0;
    const counted = new Proxy(database.pool, {
      get: (pool, name) => {
        if (name === "query" || name === "connect") queries += 1;
        const value: unknown = Reflect.get(pool, name);
        return typeof value === "function" ? value.bind(pool) : value;
      },
    });
    const counting = await startSignInServer({ ...database, pool: counted }, { publicUrl: server.url });
    await counting.signIn.verifyBearer(access_token);
    queries = 0;
    for (let count = 0; count < 1_000; count += 1) await counting.signIn.verifyBearer(access_token);
    expect(queries).toBeLessThan(3);
    await counting.close();
  });

  test("needs a database that answers, and does not call a token invalid without one", async () => {
    const own = await postgresql.open();
    const server = await startSignInServer(own);
    const { access_token, refresh_token } = await signInOverHttp(server.url, PERSON);
    await own.close();
    await expect(server.signIn.verifyBearer(access_token)).rejects.toThrow(/pool/u);
    const response = await requestTokens(server.url, { grant_type: "refresh_token", refresh_token });
    expect(response.status).toBe(500);
    await server.close();
  });
});
