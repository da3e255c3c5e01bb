import { html, raw } from "hono/html";
import type { DemoUser } from "./demo-users.ts";

type Html = ReturnType<typeof html>;

/** What the page says above the form, when something is wrong. */
export type FormProblem =
  | { reason: "password_wrong" }
  | { reason: "email_missing" }
  | { reason: "password_missing" }
  | { reason: "too_many_attempts"; waitSeconds: number }
  | { reason: "demo_user_missing" }
  | { reason: "unavailable" };

export interface SignInForm {
  email: string;
  problem: FormProblem | null;
  demoUsers: readonly DemoUser[];
}

/** Why there is no form to show. */
export type Refusal = "opened_directly" | "request_expired" | "other_site" | "client_unknown";

const CROSS_SITE = "The form was sent from another page, so it was ignored.";
const AGAIN = "Close this window, open Partyline in your CRM tab and choose Sign in.";
const REFUSALS: Record<Refusal, { title: string; sentence: string }> = {
  opened_directly: { title: "Sign in from Partyline", sentence: `This page belongs to a sign-in. ${AGAIN}` },
  request_expired: {
    title: "This sign-in waited too long",
    sentence: `It was open for more than ten minutes, so it no longer counts. ${AGAIN}`,
  },
  other_site: { title: "Nothing was signed in", sentence: `${CROSS_SITE} ${AGAIN}` },
  client_unknown: {
    title: "This extension is not known here",
    sentence:
      "Only this backend's own Partyline extension may sign people in. If it is yours, ask whoever runs the backend to " +
      "add its sign-in address to the configuration.",
  },
};

export function signInPage({ email, problem, demoUsers }: SignInForm): Html {
  return page(
    "Sign in",
    html`
      ${problem?.reason === "demo_user_missing" ? notice(problem) : ""}
      ${demoUsers.length === 0 ? "" : demoButtons(demoUsers)}
      <form method="post">
        ${problem === null || problem.reason === "demo_user_missing" ? "" : notice(problem)}
        <label for="email">Email</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          value="${email}"
          ${flaw(problem, ["email_missing", "password_wrong"])}
          ${email === "" && demoUsers.length === 0 ? raw("autofocus") : ""}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="128"
          ${flaw(problem, ["password_missing", "password_wrong"])}
          ${email === "" ? "" : raw("autofocus")}
        />
        <button class="primary" type="submit">Sign in</button>
      </form>
      <p class="aside">Forgot the password? Your workspace's admin can set a new one.</p>
    `,
  );
}

export function refusalPage(refusal: Refusal): Html {
  const { title, sentence } = REFUSALS[refusal];
  return page(title, html`<p>${sentence}</p>`);
}

function demoButtons(demoUsers: readonly DemoUser[]): Html {
  return html`
    <form method="post" aria-labelledby="demo">
      <p class="aside" id="demo">This is a sandbox on this machine, so no password is needed.</p>
      ${demoUsers.map(
        ({ email, name, role }) => html`
          <button type="submit" name="demo" value="${email}">Continue as ${name} <span>${role}</span></button>
        `,
      )}
    </form>
    <p class="or"><span>or with a password</span></p>
  `;
}

function page(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Partyline</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/sign-in/style.css" />
      </head>
      <body>
        <main>
          <p class="brand">${mark()} Partyline</p>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `;
}

/** A speech bubble with three people in it. */
function mark(): Html {
  return html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path d="M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Z" />
    <circle cx="7.5" cy="10" r="1.5" />
    <circle cx="12" cy="10" r="1.5" />
    <circle cx="16.5" cy="10" r="1.5" />
  </svg>`;
}

function notice(problem: FormProblem): Html {
  return html`<p class="problem" role="alert" id="problem">${sentenceFor(problem)}</p>`;
}

function flaw(problem: FormProblem | null, reasons: readonly FormProblem["reason"][]) {
  return problem !== null && reasons.includes(problem.reason)
    ? raw('aria-invalid="true" aria-describedby="problem"')
    : "";
}

function sentenceFor(problem: FormProblem): string {
  switch (problem.reason) {
    case "password_wrong":
      return "This email and password do not belong together. Check both and try again.";
    case "email_missing":
      return "Type the email you sign in with.";
    case "password_missing":
      return "Type your password.";
    case "too_many_attempts":
      return `Too many attempts. Try again in ${minutes(problem.waitSeconds)}, or ask your workspace's admin for a new password.`;
    case "unavailable":
      return "Partyline cannot check passwords at the moment. Nothing is wrong with yours: try again in a minute.";
    case "demo_user_missing":
      return "This demo user does not exist any more. Choose another one, or start the sandbox again.";
  }
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds / 60);
  return whole === 1 ? "a minute" : `${whole} minutes`;
}
