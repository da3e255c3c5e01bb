import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { signInOverHttp } from "../testing/sign-in.ts";
import { DEMO_USER, PERSON, type SignInServer, startSignInServer } from "../testing/sign-in-server.ts";

const postgresql = databases.find(({ name }) => name === "postgresql")!;
const ACCOUNT = { name: "Fay Lund", email: "fay@harborpine.example", password: "long enough" };

describe("an account", () => {
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

  test.each([
    ["an email that is none", { email: "fay" }, { reason: "email_invalid" }],
    ["a short password", { password: "too short" }, { reason: "password_length", min: 10, max: 128 }],
    ["an endless password", { password: "x".repeat(129) }, { reason: "password_length", min: 10, max: 128 }],
  ])("is refused with %s", async (_, change, refusal) => {
    expect(await server.signIn.createUser({ ...ACCOUNT, ...change })).toEqual({ ok: false, refusal });
  });

  test("is refused for an email that has one, however it is written", async () => {
    expect(await server.signIn.createUser({ ...ACCOUNT, email: PERSON.email.toUpperCase() })).toEqual({
      ok: false,
      refusal: { reason: "email_taken", authUserId: server.authUserId },
    });
  });

  test("signs in with its email in any case", async () => {
    await server.signIn.createUser(ACCOUNT);
    const tokens = await signInOverHttp(server.url, { ...ACCOUNT, email: "Fay@HarborPine.example" });
    expect((await server.signIn.verifyBearer(tokens.access_token)).ok).toBe(true);
  });

  test("keeps no readable password", async () => {
    const { rows } = await database.pool.query<{ password: string }>(`select "password" from auth."account"`);
    expect(rows).not.toEqual([]);
    expect(rows.map(({ password }) => password).join()).not.toContain(PERSON.password);
  });

  test("without a password gets one by a reset", async () => {
    expect((await server.signIn.resetPassword(DEMO_USER.email, "from now on")).ok).toBe(true);
    const tokens = await signInOverHttp(server.url, { email: DEMO_USER.email, password: "from now on" });
    expect((await server.signIn.verifyBearer(tokens.access_token)).ok).toBe(true);
  });

  test("cannot be reset when there is none, nor to a short password", async () => {
    expect(await server.signIn.resetPassword("nobody@harborpine.example", "long enough")).toEqual({
      ok: false,
      refusal: { reason: "email_unknown" },
    });
    expect(await server.signIn.resetPassword(PERSON.email, "short")).toEqual({
      ok: false,
      refusal: { reason: "password_length", min: 10, max: 128 },
    });
  });
});
