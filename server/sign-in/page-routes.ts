import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Attempts } from "./attempts.ts";
import type { DemoUser } from "./demo-users.ts";
import { type BrowserSignIn, signInByName, signInByPassword } from "./browser-sign-in.ts";
import { type FormProblem, type Refusal, refusalPage, type SignInForm, signInPage } from "./page.ts";
import type { Provider, SignInLog } from "./provider.ts";

export interface PageRoutesConfig {
  provider: Provider;
  publicUrl: string;
  redirectUris: readonly string[];
  demoUsers: readonly DemoUser[];
  attempts: Attempts;
  clientAddress: (c: Context) => string;
  now: () => Date;
  log: SignInLog;
}

/** An email and a password, with room to spare. */
const FORM_BYTES = 16 * 1024;

const stylesheet = readFileSync(new URL("sign-in.css", import.meta.url), "utf8");

/**
 * The page a sign-in shows. It carries better-auth's signed authorization request in its own query and works without
 * scripts. Everything it shows to a person answers 200: Chromium ends an extension's sign-in, window and all, at the
 * first status of 400 or more, so a mistyped password would close the form.
 */
export function pageRoutes(config: PageRoutesConfig): Hono {
  const routes = new Hono();

  routes.use("/sign-in/*", async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders(config.redirectUris))) c.header(name, value);
  });

  routes.use("/sign-in/*", bodyLimit({ maxSize: FORM_BYTES }));

  routes.get("/sign-in/style.css", (c) =>
    c.body(stylesheet, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "no-cache" }),
  );

  // Where better-auth sends a request whose client or address it cannot trust.
  routes.get("/sign-in/refused", (c) => c.html(refusalPage("client_unknown"), 400));

  routes.get("/sign-in", (c) => {
    const refusal = refusalOf(new URL(c.req.url).searchParams, config.now());
    return c.html(refusal === null ? form(config) : refusalPage(refusal));
  });

  routes.post("/sign-in", async (c) => {
    // A form on somebody else's page must not sign this browser in as somebody else.
    if (c.req.header("Origin") !== new URL(config.publicUrl).origin) return c.html(refusalPage("other_site"));
    const query = new URL(c.req.url).searchParams;
    const refusal = refusalOf(query, config.now());
    if (refusal !== null) return c.html(refusalPage(refusal));
    const fields = await c.req.parseBody();
    return typeof fields["demo"] === "string"
      ? continueAsDemoUser(config, c, fields["demo"], query.toString())
      : signInWithPassword(
          config,
          c,
          { email: text(fields["email"]), password: text(fields["password"]) },
          query.toString(),
        );
  });

  routes.onError((error, c) => {
    config.log("error", `signing in failed: ${error.message}`);
    return c.html(form(config, { problem: { reason: "unavailable" } }));
  });

  return routes;
}

async function signInWithPassword(
  config: PageRoutesConfig,
  c: Context,
  { email, password }: { email: string; password: string },
  oauthQuery: string,
): Promise<Response> {
  const refuse = (problem: FormProblem) => c.html(form(config, { email, problem }));
  if (email === "") return refuse({ reason: "email_missing" });
  if (password === "") return refuse({ reason: "password_missing" });
  const address = config.clientAddress(c);
  const waitSeconds = await config.attempts.count(email, address);
  if (waitSeconds !== null) return refuse({ reason: "too_many_attempts", waitSeconds });
  const outcome = await signInByPassword(config.provider, config.publicUrl, { email, password }, oauthQuery);
  if (outcome.kind === "person_refused") return refuse({ reason: "password_wrong" });
  if (outcome.kind === "signed_in") await config.attempts.forget(email, address);
  return leave(c, outcome);
}

async function continueAsDemoUser(
  config: PageRoutesConfig,
  c: Context,
  email: string,
  oauthQuery: string,
): Promise<Response> {
  const outcome = await signInByName(config.provider, config.publicUrl, email, oauthQuery);
  if (outcome.kind === "person_refused") return c.html(form(config, { problem: { reason: "demo_user_missing" } }));
  return leave(c, outcome);
}

function leave(c: Context, outcome: Exclude<BrowserSignIn, { kind: "person_refused" }>): Response | Promise<Response> {
  if (outcome.kind === "request_refused") return c.html(refusalPage("request_expired"));
  for (const cookie of outcome.cookies) c.header("Set-Cookie", cookie, { append: true });
  return c.redirect(outcome.location, 303);
}

function form({ demoUsers }: PageRoutesConfig, shown: Partial<SignInForm> = {}) {
  return signInPage({ email: "", problem: null, demoUsers, ...shown });
}

/** Whether it is worth showing a form; better-auth checks the signature itself when the form comes back. */
function refusalOf(query: URLSearchParams, now: Date): Refusal | null {
  if (!query.has("sig")) return "opened_directly";
  return Number(query.get("exp")) * 1000 > now.getTime() ? null : "request_expired";
}

function securityHeaders(redirectUris: readonly string[]): Record<string, string> {
  const extensions = [...new Set(redirectUris.map((uri) => new URL(uri).origin))].join(" ");
  return {
    // Chromium applies form-action to the redirect that follows a form too.
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; " +
      `form-action 'self' ${extensions}`,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Under no-referrer a form's Origin would be "null".
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
  };
}

function text(field: unknown): string {
  return typeof field === "string" ? field.slice(0, 300) : "";
}
