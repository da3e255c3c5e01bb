import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { databases, type TestDatabase } from "../testing/databases.ts";
import { authorize, createProof, EXTENSION_REDIRECT_URI, submitForm } from "../testing/sign-in.ts";
import { DEMO_USER, PERSON, type SignInServer, startSignInServer } from "../testing/sign-in-server.ts";
import type { SignInConfig } from "./sign-in.ts";

const postgresql = databases.find(({ name }) => name === "postgresql")!;

describe("the sign-in page", () => {
  let database: TestDatabase;
  const running: SignInServer[] = [];

  beforeAll(async () => {
    database = await postgresql.open();
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
    await database.pool.query("delete from auth.sign_in_attempt");
  });
  afterAll(() => database.close());

  async function start(config: Partial<SignInConfig> = {}): Promise<SignInServer> {
    const server = await startSignInServer(database, config);
    running.push(server);
    return server;
  }
  const open = (server: SignInServer) => authorize(server.url, { code_challenge: createProof().challenge });
  const shown = async (address: string) => (await fetch(address)).text();

  test("asks for email and password in a form that works without scripts", async () => {
    const html = await shown(await open(await start()));
    expect(html).toContain('<form method="post">');
    expect(html).toMatch(/<label for="email">Email<\/label>/u);
    expect(html).toMatch(/<label for="password">Password<\/label>/u);
    expect(html).not.toMatch(/<script|style=|\son\w+=/u);
  });

  test("lets nothing run, nothing frame it, and forms go to the extension only", async () => {
    const { headers } = await fetch(await open(await start()));
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/form-action 'self' https:\/\/[a-p]{32}\.chromiumapp\.org$/u);
    expect(policy).not.toContain("unsafe");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("has its style sheet", async () => {
    const server = await start();
    const response = await fetch(`${server.url}/sign-in/style.css`);
    expect(response.headers.get("content-type")).toContain("text/css");
    expect(await response.text()).toContain("light-dark(");
  });

  test("offers the demo users in a sandbox that only this machine reaches", async () => {
    const html = await shown(await open(await start()));
    expect(html).toContain("Continue as Ava Brooks");
  });

  test.each([
    ["outside the sandbox", null],
    ["when the listener is bound to every address", { listensOn: "0.0.0.0", demoUsers: [DEMO_USER] }],
    ["when the listener is bound to a network", { listensOn: "192.168.1.20", demoUsers: [DEMO_USER] }],
  ])("neither offers nor accepts a demo user %s", async (_, sandbox) => {
    const page = await open(await start({ sandbox }));
    expect(await shown(page)).not.toContain("Continue as");
    const { location, html, cookie } = await submitForm(page, { demo: DEMO_USER.email });
    expect({ location, cookie }).toEqual({ location: null, cookie: "" });
    expect(html).toContain("This demo user does not exist");
  });

  test("accepts no other person by name alone", async () => {
    const { location } = await submitForm(await open(await start()), { demo: PERSON.email });
    expect(location).toBeNull();
  });

  test("gives a demo user no password to guess", async () => {
    const { location, html } = await submitForm(await open(await start()), {
      email: DEMO_USER.email,
      password: "password",
    });
    expect(location).toBeNull();
    expect(html).toContain("do not belong together");
  });

  test.each([
    ["a wrong password", { password: "wrong" }],
    ["an email nobody has", { email: "nobody@harborpine.example" }],
    ["an email that is none", { email: "dana" }],
  ])("says the same of %s, keeps the email and signs nobody in", async (_, change) => {
    const typed = { ...PERSON, ...change };
    const { location, html, cookie } = await submitForm(await open(await start()), typed);
    expect({ location, cookie }).toEqual({ location: null, cookie: "" });
    expect(html).toContain("This email and password do not belong together");
    expect(html).toContain(`value="${typed.email}"`);
    expect(html).not.toContain(typed.password);
  });

  test.each([
    ["no email", { email: "" }, "Type the email"],
    ["no password", { password: "" }, "Type your password"],
  ])("says what is missing with %s", async (_, change, sentence) => {
    const { html } = await submitForm(await open(await start()), { ...PERSON, ...change });
    expect(html).toContain(sentence);
  });

  test("writes what was typed as text", async () => {
    const email = '"><script>alert(1)</script>@x.example';
    const { html } = await submitForm(await open(await start()), { email, password: "wrong" });
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
  });

  test("still accepts the right password after some wrong ones", async () => {
    const page = await open(await start());
    for (let count = 0; count < 3; count += 1) await submitForm(page, { ...PERSON, password: "wrong" });
    expect((await submitForm(page, PERSON)).location).toContain(EXTENSION_REDIRECT_URI);
  });

  test("stops a guesser, says for how long, and not even the right password helps then", async () => {
    const page = await open(await start());
    for (let count = 0; count < 8; count += 1) {
      expect((await submitForm(page, { ...PERSON, password: `guess ${count}` })).html).toContain("do not belong");
    }
    const { location, html } = await submitForm(page, PERSON);
    expect(location).toBeNull();
    expect(html).toContain("Too many attempts. Try again in 15 minutes");
  });

  test("remembers the guesses over a restart and on another replica", async () => {
    const page = await open(await start());
    for (let count = 0; count < 8; count += 1) await submitForm(page, { ...PERSON, password: "wrong" });
    const { html } = await submitForm(await open(await start()), PERSON);
    expect(html).toContain("Too many attempts");
  });

  test("counts each address by itself, so a guesser elsewhere locks nobody out", async () => {
    let address = "203.0.113.7";
    const page = await open(await start({ clientAddress: () => address }));
    for (let count = 0; count < 9; count += 1) await submitForm(page, { ...PERSON, password: "wrong" });
    address = "198.51.100.4";
    expect((await submitForm(page, PERSON)).location).toContain(EXTENSION_REDIRECT_URI);
  });

  test.each(["https://evil.example", "null"])("ignores a form sent from %s", async (origin) => {
    const { location, html, cookie } = await submitForm(await open(await start()), PERSON, origin);
    expect({ location, cookie }).toEqual({ location: null, cookie: "" });
    expect(html).toContain("sent from another page");
  });

  test("ignores a request it did not sign", async () => {
    const page = new URL(await open(await start()));
    page.searchParams.set("redirect_uri", "https://evil.example/");
    const { location, html, cookie } = await submitForm(page.href, PERSON);
    expect({ location, cookie }).toEqual({ location: null, cookie: "" });
    expect(html).toContain("no longer counts");
  });

  test("says that it is not the person's fault when the database is down", async () => {
    const own = await postgresql.open();
    const server = await startSignInServer(own);
    const page = await open(server);
    await own.close();
    const { html } = await submitForm(page, PERSON);
    expect(html).toContain("Nothing is wrong with yours");
    expect(server.log.join()).toContain("signing in failed");
    await server.close();
  });

  test("says so when it waited too long, or was opened by itself", async () => {
    const server = await start();
    const page = await open(server);
    server.advance(11 * 60_000);
    expect(await shown(page)).toContain("This sign-in waited too long");
    expect((await submitForm(page, PERSON)).location).toBeNull();
    expect(await shown(`${server.url}/sign-in`)).toContain("Sign in from Partyline");
  });
});
